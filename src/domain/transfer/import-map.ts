import * as z from "zod";
import { searchKey } from "../pipeline/application.ts";
import { Level } from "../roles/role.ts";

/** In a map: whoever stands there is not imported. */
export const LEAVE_OUT = "leave out";

/** A role that the import opens from a template. */
export type RoleToOpen = {
  readonly template: string;
  readonly level: Level;
  readonly location: string;
  readonly key?: string;
  /** The day on which it was opened, where that is known. */
  readonly opened?: string;
};

/** A role to open of which something is still empty: as an import proposes it, for a person to fill in. */
export const ProposedRole = z.strictObject({
  template: z.string().nullable(),
  level: Level.nullable(),
  location: z.string().trim().nullable(),
  key: z.string().nullish(),
  opened: z.iso.date().nullish(),
});
export type ProposedRole = z.infer<typeof ProposedRole>;

/** What of a proposal is still empty. */
export const emptyIn = (proposed: ProposedRole): string[] =>
  (["template", "level", "location"] as const).filter((part) => !proposed[part]);

/** The role that a proposal is for, once nothing of it is empty. */
export function roleToOpen({ template, level, location, key, opened }: ProposedRole): RoleToOpen | undefined {
  if (!template || !level || !location) return undefined;
  return { template, level, location, ...(key && { key }), ...(opened && { opened }) };
}

/** A name of the source, and what it is here. Nothing where that is still unclear. */
const names = <To extends z.ZodType>(to: To) =>
  z
    .record(z.string(), to.nullable())
    .nullish()
    .transform((entries) => entries ?? {});

/** What the names of a source are here, as a person may edit it. */
export const ImportMap = z.strictObject({
  /** Key of a role, a role to open, or `leave out`. */
  roles: names(z.union([z.string(), ProposedRole])),
  /** By role as the source names it: the id of a stage, or `leave out`. */
  stages: names(z.record(z.string(), z.string().nullable())),
  /** E-mail of a member. */
  owners: names(z.string()),
  /** The source under which reports count an application. */
  sources: names(z.string()),
});
export type ImportMap = z.infer<typeof ImportMap>;

export const EMPTY_MAP: ImportMap = { roles: {}, stages: {}, owners: {}, sources: {} };

/** A name as it is compared: without case and accents, and with one space for spaces, `_` and `-`. */
export const nameKey = (name: string): string =>
  searchKey(name)
    .replace(/[\s_-]+/g, " ")
    .trim();

/** The entry of a map for a name, however it is written there. */
export function entryFor<To>(
  entries: Readonly<Record<string, To | null>>,
  name: string,
): { readonly written: string; readonly to: To } | undefined {
  const written = Object.keys(entries).find((entry) => nameKey(entry) === nameKey(name));
  const to = written === undefined ? undefined : entries[written];
  return written === undefined || to === undefined || to === null ? undefined : { written, to };
}
