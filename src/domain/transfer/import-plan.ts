import type { KnownBy } from "../candidates/known-by.ts";
import type { ImportMap, ProposedRole, RoleToOpen } from "./import-map.ts";
import type { Unclear } from "./imported.ts";
import type { PersonToImport } from "./join-people.ts";
import type { LeftOut, LeftOutAt } from "./left-out.ts";

/** People of a source, already joined, and how its names are to be read. */
export type ToPlan = {
  /** `sheet`, `greenhouse` and so on. */
  readonly system: string;
  readonly people: readonly PersonToImport[];
  readonly map: ImportMap;
  /** The key of the role for applications that name none. */
  readonly role?: string | undefined;
  /** Rows that are nobody's for certain, and so not among the people. */
  readonly leftOut?: readonly LeftOutAt[];
};

/** Why an application of a source is not added again. */
export type Skipped = "imported" | "here" | "erased" | "own";

/** Somebody who may be one with others, on record or in the source. Nobody has decided whether they are. */
export type Double = {
  readonly where: string;
  readonly name: string;
  readonly others: readonly {
    readonly name: string;
    readonly ref?: string;
    readonly where?: string;
    readonly by: readonly KnownBy[];
  }[];
};

/** A role as the source names it; null for applications that name none. */
export type PlannedRole = {
  readonly name: string | null;
  readonly applications: number;
  /** Keys: one that is meant, or several of one name. */
  readonly keys: readonly string[];
  readonly opens?: RoleToOpen;
  /** What would open one, as far as the name tells. */
  readonly proposed?: ProposedRole;
  readonly leftOut?: LeftOut;
};

/** A stage or an owner as the source names it, and what it is here; `to` is absent where that is unclear. */
export type PlannedName = {
  readonly role?: string;
  readonly name: string;
  readonly applications: number;
  readonly to?: string;
  /** What may stand in the map. */
  readonly allowed: readonly string[];
};

export type ImportCounts = {
  readonly people: number;
  readonly applications: number;
  readonly new_people: number;
  /** Applications that are added, and of these the ones of people who are on record already. */
  readonly added: number;
  readonly added_to_known: number;
  readonly skipped: Readonly<Record<Skipped, number>>;
  readonly left_out: number;
  readonly records: number;
  readonly files: number;
  /** Of those added: the stage's day is not known, so that it counts from the import; the same of the application's day. */
  readonly stage_undated: number;
  readonly applied_undated: number;
  /** Of those added: they have ended, and when is not known. */
  readonly ended_undated: number;
  /** Of those added: active without a résumé. */
  readonly without_resume: number;
};

/** What an import would do. */
export type ImportPlan = {
  readonly counts: ImportCounts;
  readonly roles: readonly PlannedRole[];
  readonly stages: readonly PlannedName[];
  readonly owners: readonly PlannedName[];
  readonly sources: readonly PlannedName[];
  readonly unclear: readonly Unclear[];
  readonly skipped: readonly {
    readonly where: string;
    readonly name: string;
    readonly why: Skipped;
    readonly ref?: string;
  }[];
  readonly left_out: readonly LeftOutAt[];
  readonly doubles: readonly Double[];
  /** The positions of the people of whom something would be added. */
  readonly to_add: readonly number[];
  /** The names of this source, each with what it is here. */
  readonly map: ImportMap;
  /** What may stand in a map: keys of roles, e-mails of members who may look after somebody, and ids of templates. */
  readonly known: {
    readonly roles: readonly string[];
    readonly owners: readonly string[];
    readonly templates: readonly string[];
  };
};
