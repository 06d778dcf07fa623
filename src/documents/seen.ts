/** Text below this size, in points, cannot be read. */
export const TINY_POINTS = 4;
