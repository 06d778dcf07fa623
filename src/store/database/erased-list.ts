import { existsSync, statSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { DomainError } from "../../domain/errors.ts";

/** An erased person as a list beside a database or in a backup has them: hashes, and nobody's words. */
const ErasedPerson = z.object({
  candidate_id: z.uuid(),
  hashes: z.array(z.string()),
  erased_at: z.string(),
});
export type ErasedPerson = z.infer<typeof ErasedPerson>;

/** The list that an embedded database leaves beside itself, and what a backup calls the same table. */
const ERASED_LIST = "erased.jsonl";
const IN_BACKUP = "erasures.jsonl";

/** Adds people to the list in a directory. It outlives the database, so that a restored backup can be erased again. */
export async function appendErased(directory: string, people: readonly ErasedPerson[]): Promise<void> {
  const file = join(directory, ERASED_LIST);
  const known = existsSync(file) ? await readErasedList(file) : [];
  const lines = new Map([...known, ...people].map((one) => [one.candidate_id, `${JSON.stringify(one)}\n`]));
  // Whole or not at all: the end of a process leaves the list as it was.
  await writeFile(`${file}.new`, [...lines.values()].join(""), { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
}

/**
 * Who was erased, from a list or from the directory of one: that of an embedded database, or of a backup. A person who is
 * there twice is named once; a directory without a list names nobody.
 * @throws DomainError `invalid` for a file that is not there or is no such list
 */
export async function readErasedList(path: string): Promise<ErasedPerson[]> {
  if (!existsSync(path)) throw new DomainError("invalid", `${path}: there is no such file or directory.`);
  const isDirectory = statSync(path).isDirectory();
  const names = isDirectory ? [ERASED_LIST, IN_BACKUP].map((name) => join(path, name)) : [path];
  const people = new Map<string, ErasedPerson>();
  for (const file of names.filter((name) => existsSync(name))) {
    const lines = (await readFile(file, "utf8")).split("\n");
    for (const [n, line] of lines.entries()) {
      if (line.trim() === "") continue;
      const person = parse(line);
      if (person) people.set(person.candidate_id, person);
      else throw noList(file, n + 1);
    }
  }
  return [...people.values()];
}

function parse(line: string): ErasedPerson | undefined {
  try {
    return ErasedPerson.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

const noList = (file: string, line: number): DomainError =>
  new DomainError(
    "invalid",
    `${file}, line ${line}: this is no list of erased people.`,
    "Name another file.",
  );
