/** Prints the demo so that it can be read from top to bottom by someone who has never seen the product. */

const WIDTH = 100;
const colour = process.stdout.isTTY
  ? (code: number, text: string) => `\u001b[${code}m${text}\u001b[0m`
  : (_: number, text: string) => text;

export function heading(text: string): void {
  console.log(`\n${colour(1, text)}\n${"-".repeat(text.length)}`);
}

/** What the team says to its assistant. */
export function says(text: string): void {
  console.log(`\n${colour(36, "you      ")} ${text}`);
}

/** What the assistant calls. */
export function calls(tool: string, args: Record<string, unknown>): void {
  const shown = Object.entries(args).map(([key, value]) => `${key}: ${short(value)}`);
  console.log(wrap(`${tool}  ${shown.join(", ")}`, `${colour(2, "calls    ")} `));
}

/** What Greenflag answers, as a model reads it. */
export function answers(text: string, most = 40): void {
  const lines = text.split("\n").flatMap((line) => wrap(line, "").split("\n"));
  for (const line of lines.slice(0, most)) console.log(`  ${colour(32, "|")} ${line}`);
  if (lines.length > most) console.log(`  ${colour(32, "|")} ... ${lines.length - most} more lines`);
}

export function note(text: string): void {
  console.log(wrap(text, ""));
}

function short(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** Breaks text at the width; a list entry's further lines stand under its first. */
function wrap(text: string, lead: string): string {
  const indent = " ".repeat((/^ *(?:- )?/.exec(text)?.[0] ?? "").length);
  const lines: string[] = [];
  let line = indent === "" ? "" : text.slice(0, indent.length).replace(/ $/, "");
  for (const word of text.slice(indent.length).split(" ")) {
    if (line.trim().length > 0 && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  const further = lead === "" ? "" : "          ";
  return lead + [...lines, line].join(`\n${further}`);
}
