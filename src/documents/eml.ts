import { type ParsedMail, type Attachment as Part, simpleParser } from "mailparser";
import {
  type Attachment,
  calendarIn,
  factsOfHeaders,
  type MailFacts,
  reportIn,
} from "../domain/mail/facts.ts";
import { plainLine } from "../domain/untrusted.ts";
import type { Extracted, FromMail } from "./extract.ts";
import { readMailPage } from "./html/read.ts";

const HTML_CHARS = 400_000;
const MAX_ATTACHMENTS = 50;

/** A mail with the text of its plain parts alone, and with its pages as they came. */
const parse = (mail: Buffer): Promise<ParsedMail> =>
  simpleParser(mail, { skipTextLinks: true, skipTextToHtml: true, skipHtmlToText: true });

/** A mail with all of its parts in its text, and all of them in its page. */
const parseWhole = (mail: Buffer): Promise<ParsedMail> =>
  simpleParser(mail, { maxHtmlLengthToParse: HTML_CHARS, skipImageLinks: true, skipTextLinks: true });

/** A stored e-mail made readable: sender, date, subject and text, and what its headers and parts say. */
export async function readEml(bytes: Uint8Array): Promise<Extracted> {
  const file = withLines(bytes);
  const mail = await parse(file);
  const facts = factsOf(mail, file.toString("latin1"));
  const head = [
    mail.from && `From: ${mail.from.text}`,
    mail.date && `Date: ${mail.date.toISOString()}`,
    mail.subject && `Subject: ${mail.subject}`,
  ].filter((line) => typeof line === "string");
  const page = await pageOf(mail, file);
  const { hidden = [], signs_without_letter = 0, warnings = [] } = page ?? {};
  const text = (page ? page.pages.join("\n") : mail.text)?.trim() ?? "";
  const hasNoWords = text === "" && facts.calendar === null && facts.report === null;
  const isEmpty = hasNoWords && !mail.subject && facts.attachments.length === 0;
  const pages = isEmpty ? [] : [[...head, "", text].join("\n")];
  return { pages, hidden, signs_without_letter, warnings, mail: facts };
}

/** The page that a mail's text comes from; undefined where it comes from plain parts, and pages only repeat them. */
async function pageOf(mail: ParsedMail, file: Buffer): Promise<Extracted | undefined> {
  const plain = mail.text?.trim() ?? "";
  if (mail.html === false || mail.html === undefined || mail.html.length > HTML_CHARS) return undefined;
  if (plain === "") return readMailPage(mail.html);
  const { text, html } = await parseWhole(file);
  return text?.trim() === plain || !html ? undefined : readMailPage(html);
}

/** A file that came with a mail, by its name. */
export async function readAttachment(bytes: Uint8Array, name: string): Promise<FromMail> {
  const files = filesOf(await parse(withLines(bytes)));
  const names = files.map(nameOf);
  const at = names.findIndex((each) => each.toLowerCase() === name.trim().toLowerCase());
  const content = files[at]?.content.toString("base64");
  return content === undefined ? { names } : { content };
}

/** Some old programs end lines in a carriage return alone, which no parser takes for the end of a line. */
function withLines(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes);
  return file.includes("\n") ? file : Buffer.from(file.toString("latin1").replaceAll("\r", "\n"), "latin1");
}

function factsOf(mail: ParsedMail, raw: string): MailFacts {
  const facts = factsOfHeaders(raw);
  const parts = mail.attachments.filter(isCalendar).map(({ content }) => calendarIn(content.toString()));
  // The mail that a report returns may be encoded; its Message-ID is then not among those of the raw text.
  const returned = mail.attachments.filter(({ contentType }) => contentType.startsWith("message/"));
  const named = returned.flatMap(({ content }) => factsOfHeaders(content.toString()).named);
  return {
    ...facts,
    named: [...new Set([...facts.named, ...named])],
    report: facts.report && reportIn(raw),
    calendar: parts.find((part) => part !== null) ?? null,
    attachments: filesOf(mail).map(
      (part, n): Attachment => ({
        name: nameOf(part, n),
        type: plainLine(part.contentType),
        bytes: part.size,
      }),
    ),
  };
}

/** What a person attached: not the pictures in the text, nor what a calendar or a delivery report brings. */
const filesOf = (mail: ParsedMail): Part[] =>
  mail.attachments
    .filter(
      (part) =>
        !part.related && !isCalendar(part) && !(part.contentType.startsWith("message/") && !part.filename),
    )
    .slice(0, MAX_ATTACHMENTS);

const isCalendar = ({ contentType }: Part): boolean => contentType === "text/calendar";
const nameOf = ({ filename }: Part, n: number): string => plainLine(filename ?? "") || `file ${n + 1}`;
