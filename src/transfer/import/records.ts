import { isDeepStrictEqual } from "node:util";
import { isObject } from "./read-json.ts";
import { type Item, idsInPath, type Kind, order, type Told, type Vendor } from "./vendor.ts";

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
export type Count = {
  readonly file: string;
  readonly vendor: Vendor;
  readonly kind: Kind;
  readonly count: number;
};

/** A page of a list that says whether another follows it. */
type Page = { readonly vendor: Vendor; readonly kind: string; readonly more: boolean; readonly file: string };

const MAX_DEPTH = 5;

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
    if (!isObject(value)) return undefined;
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
    const taken = depth >= MAX_DEPTH ? [] : wrapped.map((part) => take(part, file, depth + 1));
    const first = taken.find((part) => part !== undefined);
    const more = hasMore(value);
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
      for (const [where, count] of unknown)
        told({ where, why: `${count} records of no known shape: left out` });
      for (const { file, kind, count } of counts.values())
        if (kind.left !== undefined) told({ where: file, why: `${count} ${LEFT[kind.left]}` });
      if (!hasEnd) tellMissingPages(pages, told);
    },
  };
}

const LEFT = {
  demographic:
    "answers of people about themselves (such as sex or origin): never taken as data of a candidate",
  offers: "offers: they are not taken over",
  unneeded: "records that nothing here needs: left out",
};

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
  const lists = new Map<string, Page[]>();
  for (const page of pages)
    lists.set(keyOf(page.vendor, page.kind), [...(lists.get(keyOf(page.vendor, page.kind)) ?? []), page]);
  for (const list of lists.values()) {
    const [first] = list;
    if (first === undefined || list.some(({ more }) => !more)) continue;
    const what = `${first.vendor.title}'s list of ${first.kind}s`;
    told({
      where: list.at(-1)?.file ?? "",
      why: `${what} is incomplete: it says that more follows, and nothing does`,
    });
  }
}

/** Each record once. Of two with one id and other content the later one counts, which is told. */
function withoutTwins(items: readonly Item[], told: Told): Item[] {
  const kept = new Map<string, Item>();
  const loose: Item[] = [];
  for (const item of items) {
    const id: unknown = Reflect.get(item.value, "id");
    const isNamed = typeof id === "string" || typeof id === "number";
    // Ids of lists that lie in folders of their own may be the same in each of them.
    const key = `${id}`;
    const twin = isNamed ? kept.get(key) : undefined;
    if (!isNamed) loose.push(item);
    else if (twin === undefined) kept.set(key, item);
    else if (!isDeepStrictEqual(twin.value, item.value)) {
      const [later, other] = [twin, item].toSorted((a, b) => order(stampOf(b), stampOf(a)));
      if (later !== undefined) kept.set(key, later);
      const why = `the ${item.kind} ${key} stands here and in ${later?.file} with other content: the later one is taken`;
      told({ where: other?.file ?? item.file, why });
    }
  }
  return [...kept.values(), ...loose];
}

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
