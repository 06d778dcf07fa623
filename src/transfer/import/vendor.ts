import type { ImportedPerson, ImportedRecord, Unclear } from "../../domain/transfer/imported.ts";

/** Takes what could not be understood. */
export type Told = (entry: Unclear) => void;

export type FileKind = ImportedPerson["files"][number]["kind"];

/** A file that a source names without bringing it. */
export type Attachment = { readonly name: string; readonly kind?: FileKind };

/** A person of a source before files are looked for. `ids` are those by which a path may name them. */
export type Draft = ImportedPerson & {
  readonly attachments: readonly Attachment[];
  readonly ids: readonly string[];
};

/** What a vendor keeps in one kind of record. */
export type Kind = {
  readonly id: string;
  /** A record is of this kind where it has all keys of one of these. */
  readonly has: readonly (readonly string[])[];
  /** The value of the field `type`, where that tells it. */
  readonly type?: string;
  /** Why records of this kind are left out; `demographic` ones are refused. */
  readonly left?: "demographic" | "offers" | "unneeded";
};

/** One record as it stands in a file. */
export type Item = { readonly kind: string; readonly value: object; readonly file: string };

export type Vendor = {
  readonly system: string;
  readonly title: string;
  readonly kinds: readonly Kind[];
  /** The people of all records of an export, whatever order its pages are in. */
  readonly assemble: (itemsOf: (kind: string) => readonly Item[], told: Told) => Draft[];
};

const MOST_TOLD = 3;

/** Collects what could not be understood. Of entries that say the same the first few are kept, and how many more there are. */
export function collectUnclear(): { readonly told: Told; readonly entries: () => Unclear[] } {
  const groups = new Map<string, { readonly shown: Unclear[]; more: number }>();
  return {
    told: (entry) => {
      const key = `${entry.field ?? ""} ${entry.why}`;
      const group = groups.get(key) ?? { shown: [], more: 0 };
      groups.set(key, group);
      if (group.shown.length < MOST_TOLD) group.shown.push(entry);
      else group.more += 1;
    },
    entries: () =>
      [...groups.values()].flatMap(({ shown, more }) => [
        ...shown,
        ...shown.slice(-1).flatMap((last) => (more === 0 ? [] : [{ ...last, where: `${more} more` }])),
      ]),
  };
}

/** Tells the same of each of some records. */
export function tellAll(records: readonly { readonly where: string }[], why: string, told: Told): void {
  for (const { where } of records) told({ where, why });
}

/** The ids in a file's path: what stands between `/` and in its name before the extension. */
export const idsInPath = (file: string): string[] => [
  ...file.split("/").reverse(),
  ...(file.split("/").at(-1) ?? "").split(/[^\p{L}\p{N}-]+/u),
];

/** Lists by key. */
export function groupBy<T>(list: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Records by when they were written; those of an unknown time at the end. */
export const byTime = (records: readonly ImportedRecord[]): ImportedRecord[] =>
  records.toSorted((a, b) => order(a.writtenAt ?? "9", b.writtenAt ?? "9") || order(a.text, b.text));

export const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

export const unique = <T>(list: readonly (T | undefined)[]): T[] => [
  ...new Set(list.flatMap((item) => (item === undefined ? [] : [item]))),
];

/** Addresses, each once whatever its case. */
export const addresses = (list: readonly (string | undefined)[]): string[] => [
  ...new Map(unique(list).map((email) => [email.toLowerCase(), email])).values(),
];

/** A link as it is written in a profile, often without its scheme. */
export const linkOf = (text: string): string =>
  !text.includes("://") && /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(text) ? `https://${text}` : text;

export const lines = (...parts: (string | undefined)[]): string => joined("\n", parts);
export const joined = (between: string, parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(between);
