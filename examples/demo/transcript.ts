/** The demo as it is read: what the team says, what the assistant calls, what Greenflag answers, whom the host asks. */

const WIDTH = 100;

/** One thing that happened, as lines that are ready to be shown. */
export type Event = {
  readonly kind: "heading" | "you" | "calls" | "answers" | "asks" | "note";
  readonly lines: readonly string[];
};

/** Where events go: to the terminal, or wherever a caller of `record` keeps them. */
let show: (event: Event) => void = toTerminal;

/** Keeps the events of some work instead of printing them. */
export async function record(work: () => Promise<void>): Promise<Event[]> {
  const events: Event[] = [];
  show = (event) => events.push(event);
  try {
    await work();
  } finally {
    show = toTerminal;
  }
  return events;
}

export const heading = (text: string): void => show({ kind: "heading", lines: [text] });

/** What the team says to its assistant. */
export const says = (text: string): void => show({ kind: "you", lines: wrap(text) });

/** What the assistant calls. */
export function calls(tool: string, args: Record<string, unknown>): void {
  const given = Object.entries(args).map(([key, value]) => `${key}: ${short(value)}`);
  show({ kind: "calls", lines: wrap(`${tool}  ${given.join(", ")}`) });
}

/** What Greenflag answers, as a model reads it; of a long answer the beginning. */
export function answers(text: string, most = 40): void {
  const all = withShortIds(text).split("\n").flatMap(wrap);
  const rest = all.length > most ? [`... ${all.length - most} more lines`] : [];
  show({ kind: "answers", lines: [...all.slice(0, most), ...rest] });
}

/** What the host asks the person at it before anything is done. */
export const asks = (text: string): void =>
  show({ kind: "asks", lines: withShortIds(text).split("\n").flatMap(wrap) });

export const note = (text: string): void => show({ kind: "note", lines: text.split("\n").flatMap(wrap) });

const LEAD: Record<Event["kind"], string> = {
  heading: "",
  you: "you       ",
  calls: "calls     ",
  answers: "  | ",
  asks: "  ? ",
  note: "",
};

/** An event as lines of text: what stands in front of the first says what it is. */
export function linesOf({ kind, lines }: Event): string[] {
  const lead = LEAD[kind];
  const further = kind === "answers" || kind === "asks" ? lead : " ".repeat(lead.length);
  const text = lines.map((line, n) => `${n === 0 ? lead : further}${line}`.trimEnd());
  if (kind === "heading") return ["", ...text, "-".repeat(lines.join("").length)];
  return kind === "you" ? ["", ...text] : text;
}

const COLOURS: Record<Event["kind"], number> = {
  heading: 1,
  you: 36,
  calls: 2,
  answers: 0,
  asks: 33,
  note: 0,
};

function toTerminal(event: Event): void {
  const colour = process.stdout.isTTY ? COLOURS[event.kind] : 0;
  for (const line of linesOf(event)) console.log(colour === 0 ? line : `\u001b[${colour}m${line}\u001b[0m`);
}

/** Ids of 36 signs tell a reader nothing: their beginning is enough to see which is which. */
const withShortIds = (text: string): string =>
  text.replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "$1...");

function short(value: unknown): string {
  const text = withShortIds(typeof value === "string" ? value : JSON.stringify(value));
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** Breaks a line at the width; a list entry's further lines stand under its first. */
function wrap(text: string): string[] {
  const indent = " ".repeat((/^ *(?:- )?/.exec(text)?.[0] ?? "").length);
  const lines: string[] = [];
  let line = text.slice(0, indent.length).replace(/ $/, "");
  for (const word of text.slice(indent.length).split(" ")) {
    if (line.trim().length > 0 && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
