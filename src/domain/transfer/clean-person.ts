import { isSafeEmailAddress } from "../outreach/address.ts";
import { isMarkup, plainLine, untrusted } from "../untrusted.ts";
import type { ImportedApplication, ImportedRecord, Unclear } from "./imported.ts";
import type { PersonToImport } from "./join-people.ts";

const MAX_NAME_CHARS = 200;
const MAX_LINE_CHARS = 200;
const MAX_TAG_CHARS = 60;
const MAX_LINK_CHARS = 500;
const MAX_TEXT_CHARS = 20_000;
const MAX_REASON_CHARS = 2_000;

/** A person as they may be stored: one line where a line is meant, and nothing that cannot be what it says. */
export function cleanPerson(
  person: PersonToImport,
  { isZone }: { readonly isZone: (zone: string) => boolean },
): { readonly person: PersonToImport; readonly unclear: readonly Unclear[] } {
  const { where } = person;
  const unclear: Unclear[] = [];
  const kept = (field: string, value: string, isRight: boolean, what: string): boolean => {
    if (!isRight) unclear.push({ where, field, why: `${JSON.stringify(plainLine(value))} is ${what}` });
    return isRight;
  };
  const addresses = [...(person.email === undefined ? [] : [person.email]), ...person.otherEmails]
    .map((email) => email.trim().toLowerCase())
    .filter((email) => kept("email", email, isSafeEmailAddress(email), "no e-mail address"));
  const [email, ...otherEmails] = new Set(addresses);
  const zone = person.timezone;
  return {
    person: {
      ...person,
      name: plainLine(person.name, MAX_NAME_CHARS).trim(),
      ...{ email, otherEmails },
      phone: line(person.phone),
      location: line(person.location),
      timezone: zone !== undefined && kept("timezone", zone, isZone(zone), "no time zone") ? zone : undefined,
      links: person.links.filter((link) => kept("link", link, isLink(link), "no link")),
      tags: person.tags.map((tag) => plainLine(tag, MAX_TAG_CHARS).trim()).filter((tag) => tag !== ""),
      records: person.records.map(cleanRecord),
      applications: person.applications.map(cleanApplication),
    },
    unclear,
  };
}

const isLink = (link: string): boolean =>
  link.length <= MAX_LINK_CHARS && URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);

/** One line; undefined where nothing is left of it. */
const line = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : plainLine(text, MAX_LINE_CHARS).trim() || undefined;

const cleanApplication = (application: ImportedApplication): ImportedApplication => ({
  ...application,
  role: line(application.role),
  stage: line(application.stage),
  source: line(application.source),
  referredBy: line(application.referredBy),
  owner: line(application.owner),
  reason: application.reason && prose(application.reason, MAX_REASON_CHARS),
  records: application.records.map(cleanRecord),
});

const cleanRecord = (record: ImportedRecord): ImportedRecord => ({
  ...record,
  title: line(record.title),
  author: line(record.author),
  recommendation: line(record.recommendation),
  text: prose(record.text, MAX_TEXT_CHARS),
});

const prose = (text: string, max: number): string =>
  untrusted(text, { source: "import", max, markup: isMarkup(text) }).text.trim();
