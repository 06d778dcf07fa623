import { readFileSync } from "node:fs";
import { DomainError } from "../domain/errors.ts";

/** A line that cannot be taken, and why, as in `line 3 names no application`. */
type Wrong = { readonly wrong: string };

/**
 * What a JSON Lines file holds, each line as `read` takes it; blank ones are passed over.
 * @param read gets the line as JSON, undefined where it is none
 * @param told what the lines hold, one of which a file must have, and an example of one
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
