import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { MailWordLists, type MailWords, mailWordsFrom } from "../domain/mail/words.ts";

let words: MailWords | undefined;

/** The words by which mails are read: part of the program, the same for every role, and read when first needed. */
export function loadMailWords(): MailWords {
  words ??= mailWordsFrom(loadMailWordLists());
  return words;
}

/** The same words as they are listed, with the examples that show what each means. */
export const loadMailWordLists = (): MailWordLists =>
  MailWordLists.parse({ quoting: read("quoting"), signs: read("signs"), optOut: read("opt-out") });

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`mail/${name}.yaml`, import.meta.url), "utf8"));
