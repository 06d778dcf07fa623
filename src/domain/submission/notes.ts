import { plainLine, type Untrusted, untrusted } from "../untrusted.ts";
import { addedLines, withoutSecrets } from "./patch.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

const NOTE_CHARS = 1_500;
const NOTE_FILES = 3;
const IS_NOTE = /(?:^|\/)(?:NOTES?|README|DECISIONS|TRADE-?OFFS)[^/]*\.(?:md|txt|rst)$/i;
const MESSAGES = 20;
const MESSAGE_CHARS = 200;

/** The candidate's own words, bounded and marked, without credentials and without what `hide` takes out. */
export function notesOf(s: SubmissionSnapshot, hide: (text: string) => string): Untrusted[] {
  const note = (text: string, source: string, max: number) => {
    const cleaned = untrusted(hide(withoutSecrets(text)), { source, max });
    return { ...cleaned, text: cleaned.text.trim() };
  };
  const messages = s.commits
    .slice(0, MESSAGES)
    .map((c) => note(c.message, `commit ${c.sha.slice(0, 7)}`, MESSAGE_CHARS));
  const said = (text: string, source: string, max: number) =>
    text.trim() === "" ? [] : [note(text, source, max)];
  const files = s.files
    .filter((file) => IS_NOTE.test(file.path) && file.patch !== undefined)
    .slice(0, NOTE_FILES)
    .map((file) => {
      const written = addedLines(file.patch ?? "").map(({ text }) => text);
      return note(written.join("\n"), plainLine(file.path), NOTE_CHARS);
    });
  return [
    ...said(s.title, "pull request title", MESSAGE_CHARS),
    ...said(s.body, "pull request text", NOTE_CHARS),
    ...files,
    ...messages,
  ];
}
