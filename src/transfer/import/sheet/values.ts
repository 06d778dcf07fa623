import * as z from "zod";
import { isSafeEmailAddress } from "../../../domain/outreach/address.ts";
import { searchKey } from "../../../domain/pipeline/application.ts";
import type { RichCell } from "./table.ts";

const MAX_NAME_CHARS = 200;
const MAX_LINK_CHARS = 500;
/** Signs that would change how a name reads. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;
/** What UTF-8 looks like when it was read as Windows-1252, and the sign for what could not be read at all. */
const WRONGLY_READ = /[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ]|â€|\ufffd/;

/** A text on one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

export const isName = (text: string): boolean =>
  /\p{L}/u.test(text) && !text.includes("@") && text.length <= MAX_NAME_CHARS && !UNSEEN.test(text);

/** Whether a text seems to have been read in another encoding than it was written in, before it came here. */
export const looksWronglyRead = (text: string): boolean => WRONGLY_READ.test(text);

/** The parts of a name as a sheet may have them in columns. */
export type NameParts = {
  readonly full?: string | undefined;
  readonly first?: string | undefined;
  readonly middle?: string | undefined;
  readonly last?: string | undefined;
  /** "Ash, Zoe". */
  readonly lastFirst?: string | undefined;
};

/** A whole name of its parts. In sheets in some languages the column "Name" holds the family name beside the given one. */
export function nameOf({ full, first, middle, last, lastFirst }: NameParts): string | undefined {
  const [family, given] = lastFirst?.split(",").map(oneLine) ?? [];
  const turned = given && family ? `${given} ${family}` : lastFirst;
  const joined = [first, middle, last].filter((part) => part !== undefined).join(" ");
  if (first !== undefined && last !== undefined) return joined;
  const whole = full ?? turned;
  if (whole === undefined) return joined === "" ? undefined : joined;
  if (first !== undefined) return holds(whole, first) ? whole : oneLine([first, middle, whole].join(" "));
  return last === undefined || holds(whole, last) ? whole : `${whole} ${last}`;
}

const holds = (whole: string, part: string): boolean =>
  ` ${searchKey(whole)} `.includes(` ${searchKey(part)} `);

const ADDRESS = /[^\s<>,;|/()"[\]]+@[^\s<>,;|/()"[\]]*/g;
const Email = z.email().max(254);

/** The addresses in a cell, and whether something in it looks like one and is none. */
export function emailsIn({ text, link }: RichCell): {
  readonly emails: string[];
  readonly isBroken: boolean;
} {
  const linked = !text.includes("@") && link?.startsWith("mailto:") ? link : "";
  const written = (`${text} ${linked}`.match(ADDRESS) ?? []).map((one) =>
    one
      .replace(/^(?:mailto:|e-?mail:)/i, "")
      .replace(/\?.*$/, "")
      .replace(/^['’]+|[.'’:]+$/g, ""),
  );
  const emails = written.filter((one) => isSafeEmailAddress(one) && Email.safeParse(one).success);
  return { emails, isBroken: emails.length < written.length || emails.length === 0 };
}

const MIN_PHONE_DIGITS = 5;
const MAX_PHONE_DIGITS = 20;
const MAX_PHONE_CHARS = 60;

export type ReadPhones = { readonly phones: readonly string[] } | { readonly why: string };

/** The numbers in a cell. What a sheet program has made of a number, such as 4.9E+11, is none. */
export function phonesIn(text: string): ReadPhones {
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(text)) return { why: "a sheet program has cut the number" };
  const parts = text
    .split(/[;,|\n]| \/ |\bor\b/)
    .map((part) => oneLine(part.replace(/^['’](?=[+\d(])/, "").replace(/^tel:/i, "")))
    .filter((part) => part !== "");
  const isPhone = (part: string): boolean => {
    const digits = part.replace(/\D/g, "").length;
    return digits >= MIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS && part.length <= MAX_PHONE_CHARS;
  };
  return parts.length > 0 && parts.every(isPhone)
    ? { phones: parts }
    : { why: "is no telephone number that is understood" };
}

const SITES = { linkedin: "linkedin.com", github: "github.com", link: "" } as const;
export type LinkField = keyof typeof SITES;

/** The links of a cell; undefined for each part of it that is none. */
export function linksIn({ text, link }: RichCell, field: LinkField): (string | undefined)[] {
  const parts = text.split(/[\s,;|]+/).filter((part) => part !== "");
  const links = parts.map((part) => linkOf(part, field));
  const isLinked = link !== undefined && /^https?:/i.test(link) && links.every((one) => one === undefined);
  return isLinked
    ? [urlOf(link)]
    : links.length > 1 && links.every((one) => one === undefined)
      ? [undefined]
      : links;
}

function linkOf(part: string, field: LinkField): string | undefined {
  if (/^https?:\/\//i.test(part)) return urlOf(part);
  const site = SITES[field];
  if (field === "linkedin" && /^\/?(?:in|pub)\/[^/\s]+\/?$/i.test(part))
    return urlOf(`https://www.${site}/${part.replace(/^\//, "")}`);
  if (field === "github" && /^@?[a-z\d](?:[a-z\d-]{0,38})$/i.test(part) && !part.includes("."))
    return urlOf(`https://${site}/${part.replace(/^@/, "")}`);
  return /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}(?:\/\S*)?$/i.test(part)
    ? urlOf(`https://${part}`)
    : undefined;
}

const urlOf = (text: string): string | undefined =>
  text.length <= MAX_LINK_CHARS && URL.canParse(text) ? text : undefined;
