import * as z from "zod";
import { searchKey } from "../pipeline/application.ts";

/** By what two records may be one person. */
export const KnownBy = z.enum(["email", "profile", "phone", "name"]);
export type KnownBy = z.infer<typeof KnownBy>;

type Person = {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly links: readonly string[];
};

/** What a person is found by: folded name and e-mail, and what else tells that two records may be one person. */
export function derivedOf({ name, email, phone, links }: Person): { searchKey: string; knownBy: string[] } {
  const profiles = links.map(profileOf).filter((profile) => profile !== "");
  const number = phone === null ? "" : numberOf(phone);
  const forms: readonly (readonly [KnownBy, string])[] = [
    ["name", searchKey(name)],
    ...(email === null ? [] : [["email", mailboxOf(email)] as const]),
    ...(number === "" ? [] : [["phone", number] as const]),
    ...profiles.map((profile) => ["profile", profile] as const),
  ];
  return {
    searchKey: searchKey([name, email ?? ""].join(" ")),
    knownBy: [
      ...new Set(forms.map(([by, form]) => `${by}:${form}`)),
      ...endsOf(number).map((end) => `phone_end:${end}`),
    ],
  };
}

/**
 * The forms of which a person's record has one where they have this telephone number. Of two numbers, one may lack its
 * country's code or trunk zero: then it is the end of the other.
 * @returns none for a text that is no number, or too short for one
 */
export function phoneFormsOf(text: string): string[] {
  const number = NUMBER.test(text) ? numberOf(text) : "";
  if (number === "") return [];
  return [`phone_end:${number}`, ...[number, ...endsOf(number)].map((form) => `phone:${form}`)];
}

/** By what two people may be one, the strongest first. */
export function sharedBy(some: readonly string[], others: readonly string[]): KnownBy[] {
  const shared = some.filter((form) => others.includes(form));
  return KnownBy.options.filter((by) => shared.some((form) => form.startsWith(`${by}:`)));
}

/** Whether two records of one role are the same person although an e-mail is missing: name and phone are equal. */
export function isSameByPhone(some: readonly string[], others: readonly string[]): boolean {
  const by = sharedBy(some, others);
  return by.includes("name") && by.includes("phone");
}

/** An address without what its owner adds to sort their mail: `zoe+jobs@example.test` is a mailbox of `zoe`. */
const mailboxOf = (email: string): string => email.toLowerCase().replace(/\+[^@]*@/, "@");

/** Host and path of a link, without what does not change whose page it is. */
function profileOf(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url === undefined) return "";
  const host = url.hostname.replace(/^www\./, "").replace(/^[a-z]{2}\.(?=linkedin\.com$)/, "");
  return `${host}${url.pathname}`.toLowerCase().replace(/\/+$/, "");
}

const NUMBER = /^[\d\s+()./\p{Pd}]+$/u;
const MIN_DIGITS = 6;
/** So many digits at the end are the same with a country's code, without it, and with a trunk zero in its place. */
const DIGITS_COMPARED = 9;

/** The shorter numbers that this one ends with. */
const endsOf = (number: string): string[] =>
  Array.from({ length: Math.max(0, number.length - MIN_DIGITS) }, (_, n) => number.slice(n + 1));

function numberOf(phone: string): string {
  const digits = phone.replace(/\(0\)/, "").replace(/\D/g, "");
  return digits.length < MIN_DIGITS ? "" : digits.replace(/^0+/, "").slice(-DIGITS_COMPARED);
}
