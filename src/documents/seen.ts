/** Text below this size, in points, cannot be read. */
export const TINY_POINTS = 4;

const NEAR_WHITE = 240;

/** Whether a colour such as `#fefefe` is white, or near enough to vanish on paper. */
export function isNearWhite(colour: string): boolean {
  const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)?.slice(1) ?? [];
  return channels.length === 3 && channels.every((channel) => Number.parseInt(channel, 16) >= NEAR_WHITE);
}
