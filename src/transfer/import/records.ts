import { isDeepStrictEqual } from "node:util";
import { pluralize } from "../../domain/pluralize.ts";
import { isObject } from "./read-json.ts";
import {
  groupBy,
  type Item,
  idsInPath,
  type Kind,
  order,
  type Told,
  tellAll,
  type Vendor,
} from "./vendor.ts";

/** The records of an export, found in its files by their shape, with whether every page of them is there. */
export type Records = {
  readonly take: (value: unknown, file: string) => void;
  /** The vendors that have records, with how many of a kind each file holds. */
  readonly systems: () => readonly Vendor[];
  readonly counts: () => readonly Count[];
  readonly itemsOf: (vendor: Vendor, kind: string) => readonly Item[];
  /** Tells what was not recognised, what is left out and which pages are missing. */
  readonly finish: (told: Told) => void;
};
type Count = {
  readonly file: string;
  readonly vendor: Vendor;
  readonly kind: Kind;
  readonly count: number;
};

/** A page of a list that says whether another follows it. */
type Page = { readonly vendor: Vendor; readonly kind: string; readonly more: boolean; readonly file: string };

/** How deep a record may lie in what wraps it. */
const MAX_DEPTH = 6;

/** Sorts what files hold into records, by the keys that only a vendor's records have. */
export function createRecords(vendors: readonly Vendor[]): Records {
  const items = new Map<string, Item[]>();
  const counts = new Map<string, Count>();
  const unknown = new Map<string, number>();
  const pages: Page[] = [];
  let hasEnd = false;
  const refused: string[] = [];

  const add = (value: object, file: string): { vendor: Vendor; kind: string } | undefined => {
    for (const vendor of vendors) {
      const kind = vendor.kinds.find((one) => isOf(value, one));
      if (kind === undefined) continue;
      const key = keyOf(vendor, kind.id);
      const count = counts.get(`${file}\n${key}`)?.count ?? 0;
      counts.set(`${file}\n${key}`, { file, vendor, kind, count: count + 1 });
      const list = items.get(key) ?? [];
      list.push({ kind: kind.id, value, file });
      items.set(key, list);
      return { vendor, kind: kind.id };
    }
    return undefined;
  };
  const take = (value: unknown, file: string, depth = 0): ReturnType<typeof add> => {
    if (!isObject(value) || depth > MAX_DEPTH) return undefined;
    if (Array.isArray(value)) {
      const taken = value.map((inner) => take(inner, file, depth + 1));
      return taken.find((one) => one !== undefined);
    }
    const one = add(value, file);
    if (one !== undefined) return one;
    if (Reflect.get(value, "success") === false) {
      refused.push(file);
      return undefined;
    }
    const inner = Object.values(value).filter((part) => isObject(part) && isList(part));
    const wrapped = inner.length === 0 ? Object.values(value).filter((part) => isObject(part)) : inner;
    const taken = wrapped.map((part) => take(part, file, depth + 1));
    const first = taken.find((part) => part !== undefined);
    // The last page of some lists says nothing.
    const more = hasMore(value) ?? (inner.length > 0 ? false : undefined);
    if (more === false && first === undefined) hasEnd = true;
    if (more !== undefined && first !== undefined) pages.push({ ...first, more, file });
    if (first === undefined && !(inner.length > 0 && inner.every((list) => isEmpty(list))))
      unknown.set(file, (unknown.get(file) ?? 0) + 1);
    return first;
  };

  return {
    take: (value, file) => {
      take(value, file);
    },
    systems: () =>
      vendors.filter(({ system }) => [...items.keys()].some((key) => key.startsWith(`${system} `))),
    counts: () => [...counts.values()],
    itemsOf: (vendor, kind) => items.get(keyOf(vendor, kind)) ?? [],
    finish: (told) => {
      for (const [key, list] of items) items.set(key, withoutTwins(list, told));
      for (const file of refused)
        told({ where: file, why: "is an error that the service answered, and no data" });
      for (const [file, count] of unknown)
        told({ where: `${file}: ${records(count)}`, why: "is of no known shape: left out" });
      for (const { file, kind, count } of counts.values())
        if (kind.left !== undefined) told({ where: `${file}: ${records(count)}`, why: LEFT[kind.left] });
      if (!hasEnd) tellMissingPages(pages, told);
    },
  };
}

/** Why something is left out that an export holds. */
export const LEFT = {
  demographic: "holds answers of people about themselves (such as sex or origin): never data of a candidate",
  offers: "holds offers: they are not taken over",
  unneeded: "holds nothing that is needed here: left out",
};

const records = (count: number): string => pluralize(count, "record");

const keyOf = (vendor: Vendor, kind: string): string => `${vendor.system} ${kind}`;

const isOf = (value: object, { has, type }: Kind): boolean =>
  (type === undefined || Reflect.get(value, "type") === type) &&
  has.some((keys) => keys.every((key) => Object.hasOwn(value, key)));

const isList = (part: object): boolean => Array.isArray(part) && part.every((item) => isObject(item));
const isEmpty = (part: unknown): boolean => Array.isArray(part) && part.length === 0;

/** Whether a page says that another follows. Undefined where it says nothing of it. */
function hasMore(page: object): boolean | undefined {
  const { moreDataAvailable, hasNext, next, paging, links }: Record<string, unknown> = { ...page };
  for (const said of [moreDataAvailable, hasNext]) if (typeof said === "boolean") return said;
  if (typeof next === "string") return true;
  for (const part of [paging, links])
    if (isObject(part)) return typeof Reflect.get(part, "next") === "string";
  return undefined;
}

function tellMissingPages(pages: readonly Page[], told: Told): void {
  for (const list of groupBy(pages, ({ vendor, kind }) => keyOf(vendor, kind)).values()) {
    const [first] = list;
    if (first === undefined || list.some(({ more }) => !more)) continue;
    told({
      where: `${list.at(-1)?.file}, ${first.kind}`,
      why: "says that more follows, and nothing does: the export is incomplete",
    });
  }
}

/**
 * Each record once. What stands twice is put together, as a list has fewer fields than a record by itself; where two differ,
 * the later one counts, which is told.
 */
function withoutTwins(items: readonly Item[], told: Told): Item[] {
  const named = groupBy(items, ({ value }) => idOf(value));
  const once = [...named].flatMap(([id, twins]) => {
    const inOrder = twins.toSorted((a, b) => order(stampOf(a), stampOf(b)));
    const latest = inOrder.at(-1);
    if (latest === undefined) return [];
    const others = inOrder.slice(0, -1).filter(({ value }) => isOther(value, latest.value));
    if (!LISTS.has(latest.kind))
      tellAll(
        others.map(({ file, kind }) => ({ where: `${file}, ${kind} ${id}` })),
        "stands twice with other content: the later one counts",
        told,
      );
    return [{ ...latest, value: Object.assign({}, ...inOrder.map(({ value }) => value)) }];
  });
  return [...once, ...items.filter(({ value }) => idOf(value) === undefined)];
}

function idOf(value: object): string | undefined {
  const id: unknown = Reflect.get(value, "id");
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

/** Kinds that only name what ids stand for. */
const LISTS = new Set(["list entry", "user", "stage", "job", "other"]);

const isOther = (one: object, other: object): boolean =>
  Object.entries(one).some(
    ([key, value]) => Object.hasOwn(other, key) && !isDeepStrictEqual(value, Reflect.get(other, key)),
  );

/** When a record was changed last, and all that it says, so that the choice does not hang on the order of pages. */
function stampOf({ value }: Item): string {
  const { updated_at, updatedAt, attributes }: Record<string, unknown> = { ...value };
  const within: unknown = isObject(attributes) ? Reflect.get(attributes, "updated-at") : undefined;
  return `${updated_at ?? updatedAt ?? within ?? ""} ${JSON.stringify(value)}`;
}

/** Where a record belongs by the path of its file, as in `notes/ID.json`. */
export const ownerInPath = (file: string, owners: ReadonlyMap<string, unknown>): string | undefined =>
  idsInPath(file)
    .map((part) => part.replace(/\.\w+$/, ""))
    .find((part) => owners.has(part));
