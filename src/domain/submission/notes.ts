import { plainLine, type Untrusted, untrusted } from "../untrusted.ts";
import type { FileKinds } from "./file-kinds.ts";
import { addedLines } from "./patch.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

const MAX_NOTE_CHARS = 1_500;
const MAX_NOTE_FILES = 3;
const MAX_MESSAGES = 20;
const MAX_MESSAGE_CHARS = 200;

/**
 * The candidate's own words, shortened and marked as untrusted, without credentials and without the names that `hide`
 * removes.
 */
export function notesOf(
  s: SubmissionSnapshot,
  { isNote, secrets }: Pick<FileKinds, "isNote" | "secrets">,
  hide: (text: string) => string,
): Untrusted[] {
  const note = (text: string, source: string, max: number) => {
    const cleaned = untrusted(hide(secrets.without(text)), { source, max });
    return { ...cleaned, text: cleaned.text.trim() };
  };
  const messages = s.commits
    .slice(0, MAX_MESSAGES)
    .map((c) => note(c.message, `commit ${c.sha.slice(0, 7)}`, MAX_MESSAGE_CHARS));
  const noteUnlessEmpty = (text: string, source: string, max: number) =>
    text.trim() === "" ? [] : [note(text, source, max)];
  const files = s.files
    .filter((file) => isNote(file.path) && file.patch !== undefined)
    .slice(0, MAX_NOTE_FILES)
    .map((file) => {
      const written = addedLines(file.patch ?? "").map(({ text }) => text);
      return note(written.join("\n"), plainLine(file.path), MAX_NOTE_CHARS);
    });
  return [
    ...noteUnlessEmpty(s.title, "pull request title", MAX_MESSAGE_CHARS),
    ...noteUnlessEmpty(s.body, "pull request text", MAX_NOTE_CHARS),
    ...files,
    ...messages,
  ];
}
