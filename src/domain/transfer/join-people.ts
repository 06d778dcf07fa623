import { derivedOf } from "../candidates/known-by.ts";
import { searchKey } from "../pipeline/application.ts";
import type { ImportedApplication, ImportedPerson } from "./imported.ts";
import type { LeftOutAt } from "./left-out.ts";

/** A row of a source. `fingerprint` is a hash of all that it says. */
export type ImportedRow = ImportedPerson & { readonly fingerprint: string };

/** A person of a source, with everything that its rows say of them. `also` are the further places. */
export type PersonToImport = ImportedRow & { readonly also: readonly string[] };

export type JoinedPeople = {
  readonly people: readonly PersonToImport[];
  /** Rows of which it is unclear who they are. */
  readonly leftOut: readonly LeftOutAt[];
};

/** Addresses, in lower case, the one that is written to first. */
export const addressesOf = ({ email, otherEmails }: ImportedPerson): string[] => [
  ...new Set(
    [...(email === undefined ? [] : [email]), ...otherEmails].map((one) => one.trim().toLowerCase()),
  ),
];

/** By what a person is known as derived from what a source says, further addresses among it. */
export function knownFormsOf(person: ImportedPerson): string[] {
  const { name, phone = null, links } = person;
  const addresses = addressesOf(person);
  const each = addresses.length === 0 ? [null] : addresses;
  return [...new Set(each.flatMap((email) => derivedOf({ name, email, phone, links }).knownBy))];
}

/**
 * Rows that are one person: with the same id or address; and, where an address is missing, with the same name and phone or
 * profile, or the same words throughout. One address under two names that have nothing in common is unclear.
 */
export function joinPeople(rows: readonly ImportedRow[]): JoinedPeople {
  const groups: ImportedRow[][] = [];
  const groupOf = new Map<string, ImportedRow[]>();
  const leftOut: LeftOutAt[] = [];
  for (const row of rows) {
    const forms = formsOf(row, knownFormsOf(row));
    const same = forms.filter((form) => isSame(row, form, groupOf.get(form) ?? []));
    const other = forms
      .filter((form) => form.startsWith("email:") && !same.includes(form))
      .flatMap((form) => groupOf.get(form) ?? [])[0];
    if (other !== undefined && same.length === 0) {
      const told = `the address is that of ${other.name} (${other.where})`;
      const { where, name, applications } = row;
      const each = { where, name, why: "person_unclear" as const, field: "email", told };
      leftOut.push(...(applications.length === 0 ? [each] : applications.map(() => each)));
      continue;
    }
    const [group = [], ...more] = new Set(same.flatMap((form) => [groupOf.get(form) ?? []]));
    if (group.length === 0) groups.push(group);
    group.push(row);
    // A row that has something of two people before it makes them one.
    for (const from of more) unite(group, from, groupOf);
    for (const form of forms) if (!groupOf.has(form)) groupOf.set(form, group);
  }
  const place = new Map(rows.map((row, n) => [row, n]));
  const inOrder = (group: readonly ImportedRow[]) =>
    group.toSorted((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  return {
    people: groups.filter((group) => group.length > 0).map((group) => joined(inOrder(group))),
    leftOut,
  };
}

function unite(into: ImportedRow[], from: ImportedRow[], groupOf: Map<string, ImportedRow[]>): void {
  into.push(...from.splice(0));
  for (const [form, group] of groupOf) if (group === from) groupOf.set(form, into);
}

/** Whether a form that a row shares with some others makes it the same person. */
function isSame(row: ImportedRow, form: string, others: readonly ImportedRow[]): boolean {
  if (others.length === 0) return false;
  if (form.startsWith("id:") || form.startsWith("content:")) return true;
  if (form.startsWith("email:")) return others.some((one) => isNamedAlike(one, row));
  return isWithoutAddress(row) || others.every(isWithoutAddress);
}

function formsOf(row: ImportedRow, known: readonly string[]): string[] {
  const name = wordsOf(row.name).toSorted().join(" ");
  const others = known.filter((form) => form.startsWith("phone:") || form.startsWith("profile:"));
  return [
    ...(row.id === undefined ? [] : [`id:${row.id}`]),
    ...addressesOf(row).map((email) => `email:${email}`),
    ...others.map((form) => `${name} ${form}`),
    ...(row.id === undefined && isWithoutAddress(row) ? [`content:${row.fingerprint}`] : []),
  ];
}

const isWithoutAddress = (row: ImportedPerson): boolean => addressesOf(row).length === 0;

/** Whether two names share a word, whatever their order. */
function isNamedAlike(a: { readonly name: string }, b: { readonly name: string }): boolean {
  const others = new Set(wordsOf(b.name));
  return wordsOf(a.name).some((word) => others.has(word)) || searchKey(a.name) === searchKey(b.name);
}

const wordsOf = (name: string): string[] =>
  searchKey(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);

/** One person of several rows: what stands in an earlier row first, lists together. */
function joined(rows: readonly ImportedRow[]): PersonToImport {
  const [first, ...others] = rows;
  if (first === undefined) throw new Error("a person without a row");
  const filled = <K extends "id" | "phone" | "location" | "timezone">(field: K) =>
    rows.find((row) => row[field] !== undefined)?.[field];
  const [email, ...otherEmails] = [...new Set(rows.flatMap(addressesOf))];
  return {
    ...first,
    ...{ email, otherEmails },
    ...{
      id: filled("id"),
      phone: filled("phone"),
      location: filled("location"),
      timezone: filled("timezone"),
    },
    links: [...new Set(rows.flatMap(({ links }) => links))],
    tags: [...new Set(rows.flatMap(({ tags }) => tags))],
    doNotContact: rows.some(({ doNotContact }) => doNotContact),
    files: unlike(rows.flatMap(({ files }) => files)),
    records: unlike(rows.flatMap(({ records }) => records)),
    applications: unlike(rows.flatMap(({ applications }) => applications)),
    also: others.map(({ where }) => where),
  };
}

function unlike<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/**
 * One application of several for the same role: the latest, with the records of all and a note of what the earlier were.
 */
export function joinApplications(all: readonly ImportedApplication[]): ImportedApplication {
  const latest = all.reduce((a, b) => ((b.appliedAt ?? "") >= (a.appliedAt ?? "") ? b : a));
  const others = all.filter((one) => one !== latest);
  const notes = others.filter((one) => standing(one) !== standing(latest)).map(asNote);
  return {
    ...latest,
    records: unlike([...latest.records, ...others.flatMap(({ records }) => records), ...notes]),
  };
}

const standing = ({ stage, status, appliedAt, endedAt, reason }: ImportedApplication): string =>
  JSON.stringify([stage, status, appliedAt, endedAt, reason]);

function asNote({ role, stage, status, appliedAt, endedAt, reason, source }: ImportedApplication) {
  const facts = { role, stage, status, applied: appliedAt, ended: endedAt, reason, source };
  const lines = Object.entries(facts).flatMap(([what, value]) =>
    value === undefined ? [] : [`${what}: ${value}`],
  );
  return { kind: "note" as const, title: "Another application for this role", text: lines.join("\n") };
}
