import { plainLine, type Untrusted, untrusted } from "../untrusted.ts";
import { BLIND } from "./facts.ts";
import { addedLines } from "./patch.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

const NOTE_CHARS = 1_500;
const NOTE_FILES = 3;
const IS_NOTE = /(?:^|\/)(?:NOTES?|README|DECISIONS|TRADE-?OFFS)[^/]*\.(?:md|txt|rst)$/i;
const MESSAGES = 20;
const MESSAGE_CHARS = 200;

/** The candidate's own words, bounded and marked. In blind mode their handle is taken out of them as well. */
export function notesOf(s: SubmissionSnapshot, blind: boolean): Untrusted[] {
  const hide = (text: string) => (blind ? withoutIdentity(text, s) : text);
  const note = (text: string, source: string, max: number) => {
    const cleaned = untrusted(hide(text), { source, max });
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

const EMAIL = /[^\s@<>()]{1,64}@[^\s@<>()]{1,255}/g;
const HANDLE = /(?<![\w/])@[A-Za-z0-9-]{1,39}/g;

function withoutIdentity(text: string, { identities }: SubmissionSnapshot): string {
  const names = [...new Set(identities)].filter((name) => name.length > 1);
  const hidden = text.replace(EMAIL, BLIND).replace(HANDLE, BLIND);
  return names.reduce(
    (kept, name) => kept.replaceAll(name, BLIND),
    hidden.replace(/^(?:Signed-off-by|Co-authored-by):.*$/gim, BLIND),
  );
}
