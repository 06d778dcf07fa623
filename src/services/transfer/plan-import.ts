import type { Catalog } from "../../catalog/load.ts";
import { sharedBy } from "../../domain/candidates/known-by.ts";
import type { Double, ImportCounts, ImportPlan, Skipped, ToPlan } from "../../domain/transfer/import-plan.ts";
import type { Unclear } from "../../domain/transfer/imported.ts";
import { knownFormsOf, type PersonToImport } from "../../domain/transfer/join-people.ts";
import { type LeftOutAt, type LeftOutOne, leftOutAt } from "../../domain/transfer/left-out.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import { type Decision, decide, formsOf } from "./decide.ts";
import { loadKnownRecords } from "./known-records.ts";
import { loadNames, type Names } from "./names.ts";
import { planNames } from "./plan-names.ts";

const PEOPLE_AT_ONCE = 500;

/** What an import would do, by what is on record now. It writes nothing. */
export function createImportPlan({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** @throws DomainError `invalid` for a map that names what nobody knows, or an unknown role. */
    plan: (session: Session, source: ToPlan): Promise<ImportPlan> =>
      session.read(async (db) => {
        const names = await loadNames(db, session, catalog, { map: source.map, role: source.role });
        const decisions: Decision[] = [];
        for (let n = 0; n < source.people.length; n += PEOPLE_AT_ONCE) {
          const part = { ...source, people: source.people.slice(n, n + PEOPLE_AT_ONCE) };
          decisions.push(...(await decideAll(db, session, names, part)));
        }
        return planOf(source, decisions, names);
      }),
  };
}

/** What becomes of each of some people. */
export async function decideAll(
  db: Db,
  session: Session,
  names: Names,
  { system, people }: Pick<ToPlan, "system" | "people">,
): Promise<Decision[]> {
  const forms = people.flatMap((person) => formsOf(system, person, names));
  const known = await loadKnownRecords(db, session, people, forms);
  return oncePerRole(people.map((person) => decide(person, { system, session, names, known })));
}

/** People of a source who are one on record, as after a merge: the first of them applies for a role. */
function oncePerRole(decisions: readonly Decision[]): Decision[] {
  const first = new Map<string, string>();
  return decisions.map((decision) => {
    const { candidate, person, entrants } = decision;
    if (candidate === undefined) return decision;
    const { where } = person;
    const leftOut: LeftOutOne[] = [];
    const own = entrants.filter(({ role, named }) => {
      const key = `${candidate.id} ${role?.id ?? named}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, where);
      else
        leftOut.push({
          why: "person_unclear",
          ...{ field: "email", told: `on record this is the same person as that of ${before}` },
        });
      return before === undefined;
    });
    return { ...decision, entrants: own, leftOut: [...decision.leftOut, ...leftOut] };
  });
}

function planOf(source: ToPlan, decisions: readonly Decision[], names: Names): ImportPlan {
  const unclear: Unclear[] = [];
  const skipped: ImportPlan["skipped"][number][] = [];
  const leftOut: LeftOutAt[] = [...(source.leftOut ?? [])];
  const toAdd: number[] = [];
  const inSource = doublesInSource(decisions);
  const doubles: Double[] = [];
  for (const [n, decision] of decisions.entries()) {
    const { person, entrants, skipped: some, unclear: faults, double } = decision;
    unclear.push(...faults);
    const { where, name } = person;
    skipped.push(...some.map((one) => ({ where, name, ...one })));
    leftOut.push(...leftOutAt(decision));
    if (entrants.length > 0) toAdd.push(n);
    if (!mayComeIn(decision)) continue;
    const others = [...(double?.others ?? []), ...(inSource.get(person) ?? [])];
    if (others.length > 0) doubles.push({ where, name, others });
  }
  return {
    counts: countsOf(decisions, source.leftOut ?? []),
    ...planNames(source, names),
    ...{ unclear, skipped, left_out: leftOut, doubles, to_add: toAdd },
    known: {
      roles: [...names.roles.values()].map(({ key }) => key),
      ...{ owners: names.owners, templates: names.templates },
    },
  };
}

function countsOf(decisions: readonly Decision[], apart: readonly LeftOutAt[]): ImportCounts {
  const entrants = decisions.flatMap((one) => one.entrants);
  const skips = decisions.flatMap((one) => one.skipped);
  const leftOut = [...decisions.flatMap((one) => one.leftOut), ...apart];
  const skipped = (why: Skipped) => skips.filter((one) => one.why === why).length;
  const adding = decisions.filter((one) => one.entrants.length > 0);
  const records = adding.flatMap((one) =>
    [one.person, ...one.entrants.map(({ application }) => application)].flatMap((part) => part.records),
  );
  return {
    people: decisions.length + new Set(apart.map(({ where }) => where)).size,
    applications: entrants.length + skips.length + leftOut.length,
    new_people: adding.filter(({ candidate }) => candidate === undefined).length,
    added: entrants.length,
    added_to_known: adding
      .filter(({ candidate }) => candidate !== undefined)
      .reduce((sum, one) => sum + one.entrants.length, 0),
    skipped: {
      imported: skipped("imported"),
      here: skipped("here"),
      erased: skipped("erased"),
      own: skipped("own"),
    },
    left_out: leftOut.length,
    records: records.length,
    files: adding.reduce((sum, { person }) => sum + person.files.length, 0),
    stage_undated: entrants.filter(({ route }) => route.end === undefined && route.begin.at === undefined)
      .length,
    applied_undated: entrants.filter(({ route }) => route.appliedAt === undefined).length,
    ended_undated: entrants.filter(({ route }) => route.end !== undefined && route.end.at === undefined)
      .length,
    without_resume: adding
      .filter(({ person }) => !person.files.some(({ kind }) => kind === "resume"))
      .flatMap((one) => one.entrants)
      .filter(({ route }) => route.end === undefined).length,
  };
}

/** What is settled by saying in the map what a name of the source is. */
const SETTLED_BY_MAP: ReadonlySet<LeftOutOne["why"]> = new Set([
  ...(["role_not_named", "role_unknown", "roles_of_one_name", "stage_unclear"] as const),
]);

/** Whether something of a person is added, or will be once the map is filled in. */
const mayComeIn = ({ entrants, leftOut }: Decision): boolean =>
  entrants.length > 0 || leftOut.some(({ why }) => SETTLED_BY_MAP.has(why));

const MAX_OTHERS = 3;

/** People to be added who share a name, mailbox, phone or profile with somebody else of the source. */
function doublesInSource(decisions: readonly Decision[]): Map<PersonToImport, Double["others"]> {
  const adding = decisions.filter(mayComeIn).map(({ person }) => person);
  const byForm = new Map<string, PersonToImport[]>();
  const forms = new Map(adding.map((person) => [person, knownFormsOf(person)]));
  for (const [person, own] of forms) for (const form of own) push(byForm, form, person);
  return new Map(
    [...forms].map(([person, own]) => {
      const others = new Set(own.flatMap((form) => byForm.get(form) ?? []));
      others.delete(person);
      const shown = [...others].slice(0, MAX_OTHERS).map((other) => ({
        ...{ name: other.name, where: other.where },
        by: sharedBy(own, forms.get(other) ?? []),
      }));
      return [person, shown];
    }),
  );
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const before = map.get(key);
  // One number that thousands share, such as an agency's, is shown with a few of them.
  if (before) before.length <= MAX_OTHERS && before.push(value);
  else map.set(key, [value]);
}
