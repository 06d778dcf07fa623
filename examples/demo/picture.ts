import { type Event, linesOf } from "./transcript.ts";

const LINE_HEIGHT = 20;
const MARGIN = 24;
const CHARACTER_WIDTH = 8.43;
const COLOURS: Record<Event["kind"], string> = {
  heading: "#ffffff",
  you: "#7fd1ff",
  calls: "#9aa5b1",
  answers: "#e6edf3",
  asks: "#ffd479",
  note: "#9aa5b1",
};

/** A conversation as a picture of a terminal (SVG). */
export function picture(events: readonly Event[]): string {
  const lines = events.flatMap((event) =>
    linesOf(event).map((text) => ({ text, colour: COLOURS[event.kind] })),
  );
  const shown = lines[0]?.text === "" ? lines.slice(1) : lines;
  const width = Math.ceil(Math.max(...shown.map(({ text }) => text.length)) * CHARACTER_WIDTH) + 2 * MARGIN;
  const height = shown.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = shown.map(
    ({ text, colour }, n) =>
      `<text x="${MARGIN}" y="${MARGIN + (n + 0.75) * LINE_HEIGHT}" fill="${colour}" xml:space="preserve">${escaped(text)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">`,
    "<title>A conversation with Greenflag</title>",
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">',
    ...rows,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign);
