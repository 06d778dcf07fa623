import { simpleParser } from "mailparser";
import type { Extracted } from "./extract.ts";

const HTML_CHARS = 400_000;

/** A stored e-mail made readable: sender, date, subject and text. Attachments are ignored. */
export async function readEml(bytes: Uint8Array): Promise<Extracted> {
  const mail = await simpleParser(Buffer.from(bytes), {
    maxHtmlLengthToParse: HTML_CHARS,
    skipImageLinks: true,
    skipTextLinks: true,
    skipTextToHtml: true,
  });
  const head = [
    mail.from && `From: ${mail.from.text}`,
    mail.date && `Date: ${mail.date.toISOString()}`,
    mail.subject && `Subject: ${mail.subject}`,
  ].filter((line) => typeof line === "string");
  const text = mail.text?.trim() ?? "";
  return {
    pages: text === "" ? [] : [[...head, "", text].join("\n")],
    hidden: [],
    signs_without_letter: 0,
    warnings: [],
  };
}
