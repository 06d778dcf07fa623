import { extname } from "node:path";
import type { FileNames } from "../../catalog/export-files.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { ImportedPerson } from "../../domain/transfer/imported.ts";
import { fold, kindIn, nameForms, tokensOf } from "./file-words.ts";
import type { SourceFile } from "./gather.ts";
import { type Attachment, type Draft, type FileKind, groupBy, type Told } from "./vendor.ts";

/** By what people are found in the paths of files. */
type Index = {
  readonly byId: ReadonlyMap<string, readonly Draft[]>;
  readonly byEmail: ReadonlyMap<string, readonly Draft[]>;
  readonly byFile: ReadonlyMap<string, readonly Draft[]>;
  readonly byName: ReadonlyMap<string, readonly Draft[]>;
  /** Words that may stand beside a name. */
  readonly beside: ReadonlySet<string>;
};

type Match = { readonly people: readonly Draft[] } | { readonly why: string } | undefined;
type Matched = { readonly file: SourceFile; readonly name: string; readonly kind: FileKind | undefined };

const MIN_ID_CHARS = 4;
const MIN_JOINED_NAME_CHARS = 8;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const TOO_MANY_NAMES = 5;

/**
 * Gives each file to the person whom its path names: by an id, an e-mail address, a name under which the source itself has
 * the file, or somebody's whole name. What names nobody, or may name two people, is told and given to nobody.
 */
export function matchFiles(
  people: readonly Draft[],
  files: readonly SourceFile[],
  words: FileNames,
  told: Told,
): ImportedPerson[] {
  if (people.length === 0) {
    if (files.length > 0) told({ where: pluralize(files.length, "file"), why: NO_LIST });
    return [];
  }
  const index = indexOf(people, words);
  const filesOf = new Map<Draft, Matched[]>();
  for (const file of files) {
    const match = find(file.name, index);
    const [person, other] = match !== undefined && "people" in match ? match.people : [];
    if (person === undefined || other !== undefined || (match !== undefined && "why" in match)) {
      told({ where: file.name, why: whyNot(match) });
      continue;
    }
    const name = file.name.split("/").at(-1) ?? file.name;
    const own = person.attachments.find((attachment) => fold(attachment.name) === fold(name));
    const kind = own?.kind ?? kindIn(file.name, words);
    filesOf.set(person, [...(filesOf.get(person) ?? []), { file, name, kind }]);
  }
  tellNotThere(people, filesOf, told);
  return people.map((person) => {
    const { attachments: _, ids: __, ...plain } = person;
    return { ...plain, files: [...person.files, ...withKinds(filesOf.get(person) ?? [])] };
  });
}

const NO_LIST =
  "no list says whose they are: put a sheet with at least names and e-mail addresses (name, email) beside them";

function whyNot(match: Match): string {
  if (match === undefined) return "names nobody of the source: left out";
  if ("why" in match) return match.why;
  const places = match.people.slice(0, TOO_MANY_NAMES).map(({ where }) => where);
  return `may belong to ${match.people.length} people (${places.join("; ")}): left out`;
}

/** A file without a word for its kind is the résumé where it is the only one of its person. */
function withKinds(files: readonly Matched[]): ImportedPerson["files"] {
  const plain = files.filter(({ kind }) => kind === undefined);
  const isResume = plain.length === 1 && !files.some(({ kind }) => kind === "resume");
  return files.map(({ file, name, kind }) => ({
    name,
    kind: kind ?? (isResume ? "resume" : "other"),
    path: file.path,
    ...(file.entry !== undefined && { entry: file.entry }),
  }));
}

function tellNotThere(
  people: readonly Draft[],
  filesOf: ReadonlyMap<Draft, readonly Matched[]>,
  told: Told,
): void {
  const isThere = (person: Draft, { name }: Attachment) =>
    filesOf.get(person)?.some((file) => fold(file.name) === fold(name)) ?? false;
  const lacking = people.filter(
    (person) =>
      person.attachments.some(({ kind = "resume" }) => kind === "resume") &&
      !person.attachments.some((attachment) => isThere(person, attachment)) &&
      !filesOf.get(person)?.length,
  );
  if (lacking.length > 0)
    told({
      where: lacking[0]?.where ?? "",
      field: "files",
      why: `the source names résumés of ${pluralize(lacking.length, "person", "people")} that are not beside it: put them into its folder`,
    });
}

function indexOf(people: readonly Draft[], words: FileNames): Index {
  const pairs = (keysOf: (person: Draft) => readonly string[]) =>
    people.flatMap((person) => [...new Set(keysOf(person))].map((key) => ({ key, person })));
  const index = (keysOf: (person: Draft) => readonly string[]) =>
    new Map(
      [...groupBy(pairs(keysOf), ({ key }) => key)].map(([key, list]) => [
        key,
        list.map(({ person }) => person),
      ]),
    );
  const roles = people.flatMap((person) => person.applications.flatMap(({ role }) => tokensOf(role ?? "")));
  const known = [...words.beside_a_name, ...words.kinds.flatMap((kind) => kind.words)].flatMap(tokensOf);
  return {
    byId: index(({ ids }) => ids.filter((id) => id.length >= MIN_ID_CHARS).map((id) => id.toLowerCase())),
    byEmail: index(({ email, otherEmails }) => [email ?? "", ...otherEmails].map((one) => one.toLowerCase())),
    byFile: index(({ attachments }) => attachments.map(({ name }) => fold(name))),
    byName: index(({ name }) => nameForms(name)),
    beside: new Set([...known, ...roles]),
  };
}

function find(path: string, { byId, byEmail, byFile, byName, beside }: Index): Match {
  const segments = path.split("/").reverse();
  const [file = "", ...folders] = segments;
  const stem = file.slice(0, file.length - extname(file).length);
  const parts = [stem, ...folders];
  const pick = (people: readonly Draft[]): Match =>
    people.length === 0 ? undefined : { people: [...new Set(people)] };
  const ids = parts.flatMap((part) => [part, ...(part.match(UUID) ?? []), ...part.split(/[^A-Za-z0-9]+/)]);
  return (
    pick(ids.flatMap((id) => byId.get(id.toLowerCase()) ?? [])) ??
    pick([file, ...folders].flatMap((part) => emailsIn(part, byEmail)).slice(0, 1)) ??
    pick(byFile.get(fold(file)) ?? []) ??
    firstNamed(parts, byName, beside)
  );
}

/** The owner of an address in a name; more than one record with it is one person, and the first gets the file. */
function emailsIn(text: string, byEmail: Index["byEmail"]): Draft[] {
  const at = text.indexOf("@");
  if (at < 1) return [];
  const lower = text.toLowerCase();
  const local = /[a-z0-9.!#$%&'*+/=?^_{|}~-]+$/.exec(lower.slice(0, at))?.[0] ?? "";
  const host = /^[a-z0-9.-]+/.exec(lower.slice(at + 1))?.[0] ?? "";
  const starts = [0, ...[...local.matchAll(/[._-]/g)].map(({ index }) => index + 1)];
  const ends = [host.length, ...[...host.matchAll(/[._-]/g)].map(({ index }) => index).reverse()];
  for (const start of starts)
    for (const end of ends) {
      const [person] = byEmail.get(`${local.slice(start)}@${host.slice(0, end)}`) ?? [];
      if (person !== undefined) return [person];
    }
  return [];
}

function firstNamed(parts: readonly string[], byName: Index["byName"], beside: Index["beside"]): Match {
  for (const part of parts) {
    const match = namedIn(tokensOf(part), byName, beside);
    if (match !== undefined) return match;
  }
  return undefined;
}

/** The person of whom the whole name stands in some words. Words beside it that are no known ones may make it another name. */
function namedIn(tokens: readonly string[], byName: Index["byName"], beside: Index["beside"]): Match {
  for (let size = tokens.length; size > 0; size -= 1)
    for (let start = 0; start + size <= tokens.length; start += 1) {
      const name = tokens.slice(start, start + size).join(" ");
      const people = size === 1 && name.length < MIN_JOINED_NAME_CHARS ? [] : (byName.get(name) ?? []);
      const [person] = people;
      if (person === undefined) continue;
      const others = tokens.filter((_, n) => n < start || n >= start + size);
      const isPlain = others.every((word) => word.length === 1 || /^v?\d+$/.test(word) || beside.has(word));
      if (!isPlain) return { why: `has the name of ${person.where} with other words beside it: left out` };
      return { people: onePerson(people) };
    }
  return undefined;
}

/** Records of one name with one address are one person. */
function onePerson(people: readonly Draft[]): readonly Draft[] {
  const [first, ...others] = people;
  const isSame =
    first?.email !== undefined &&
    others.every(({ email }) => email?.toLowerCase() === first.email?.toLowerCase());
  return isSame && first !== undefined ? [first] : people;
}
