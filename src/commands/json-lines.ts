import { readFileSync } from "node:fs";
import { DomainError } from "../domain/errors.ts";

/** Why a line is refused, as in `line 3 names no application`. */
type Wrong = { readonly wrong: string };

/**
 * Reads a JSON Lines file. Blank lines are skipped; a file without any other line is refused.
 * @param read reads one parsed line, or gives the reason to refuse it; its argument is undefined for a line that is no
 *   JSON
 * @param told words for error messages: what a line holds, and an example of a line
 * @throws DomainError `invalid` naming the line that is wrong.
 */
export function readJsonLines<T extends object>(
  file: string,
  read: (line: unknown) => T | Wrong,
  told: { readonly what: string; readonly example: string },
): T[] {
  const wrong = (why: string) => new DomainError("invalid", `${file}: ${why}.`, told.example);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw wrong("cannot be read");
  }
  const lines = text.split("\n").flatMap((line, n) => {
    if (line.trim() === "") return [];
    const taken = read(asJson(line));
    if ("wrong" in taken) throw wrong(`line ${n + 1} ${taken.wrong}`);
    return [taken];
  });
  if (lines.length === 0) throw wrong(`holds no ${told.what}`);
  return lines;
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
