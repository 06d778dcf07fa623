import { isSameByPhone, sharedBy } from "../../domain/candidates/known-by.ts";
import { isOwnApplication } from "../../domain/panel/visibility.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import { requireZone } from "../../domain/scheduling/wall-clock.ts";
import { cleanPerson } from "../../domain/transfer/clean-person.ts";
import { applicationForms, erasureForms, personForm } from "../../domain/transfer/import-keys.ts";
import type { Double, Skipped } from "../../domain/transfer/import-plan.ts";
import type { ImportedApplication, Unclear } from "../../domain/transfer/imported.ts";
import {
  addressesOf,
  joinApplications,
  knownFormsOf,
  type PersonToImport,
} from "../../domain/transfer/join-people.ts";
import type { LeftOutOne } from "../../domain/transfer/left-out.ts";
import { type Route, routeOf } from "../../domain/transfer/route.ts";
import type { CandidateRow } from "../../store/candidates/candidates.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Session } from "../session.ts";
import type { KnownRecords } from "./known-records.ts";
import type { MeantRole, NamedMember, Names } from "./names.ts";

/** An application that is added. */
export type Entrant = {
  readonly application: ImportedApplication;
  /** The role's name in the source. */
  readonly named: string | undefined;
  /** Undefined for a role that is to be opened first. */
  readonly role: RoleRow | undefined;
  readonly stages: readonly Stage[];
  readonly route: Route;
  /** Hashes by which it is known when it comes again. */
  readonly keys: readonly string[];
  readonly owner: NamedMember | undefined;
  readonly source: string | undefined;
};

/** What becomes of one person of a source. */
export type Decision = {
  readonly person: PersonToImport;
  /** Who they are on record. */
  readonly candidate: CandidateRow | undefined;
  /** The member whose own record it is. */
  readonly memberId: string | null;
  /** The hash under which the person is known when they come again; undefined without an id. */
  readonly personKey: string | undefined;
  readonly entrants: readonly Entrant[];
  readonly skipped: readonly { readonly why: Skipped; readonly ref?: string }[];
  readonly leftOut: readonly LeftOutOne[];
  readonly unclear: readonly Unclear[];
  readonly double: Double | undefined;
};

/** The forms by which a person and their applications are known again. */
export function formsOf(system: string, person: PersonToImport, names: Names): string[] {
  const own = personForm(system, person);
  const each = applicationsOf(person).flatMap((application) =>
    applicationForms(system, person, application, roleForm(application.role, names)),
  );
  return [...(own === undefined ? [] : [own]), ...each];
}

/** Somebody of whom a source has no application has applied for the role that the import is for. */
export const applicationsOf = ({ applications }: PersonToImport): readonly ImportedApplication[] =>
  applications.length > 0 ? applications : [{ status: "active", history: [], records: [] }];

function roleForm(name: string | undefined, names: Names): string {
  const meant = name === undefined ? names.role(undefined) : undefined;
  return name ?? (meant !== undefined && "role" in meant ? meant.role.key : "");
}

type Deps = {
  readonly system: string;
  readonly session: Session;
  readonly names: Names;
  readonly known: KnownRecords;
};

/** What becomes of a person, by what is on record now. Nothing is written. */
export function decide(given: PersonToImport, deps: Deps): Decision {
  const { session, names, known } = deps;
  const { person, unclear } = cleanPerson(given, { isZone });
  const nothing = {
    ...{ person, candidate: undefined, memberId: null, personKey: undefined },
    ...{ entrants: [], skipped: [], leftOut: [] },
    ...{ unclear, double: undefined },
  };
  const skipAll = (why: Skipped): Decision => ({
    ...nothing,
    skipped: applicationsOf(person).map(() => ({ why })),
  });
  const leaveOut = (field: string, why: string): Decision => ({
    ...nothing,
    leftOut: applicationsOf(person).map(() => ({ why: "person_unclear", field, told: why })),
  });
  const addresses = addressesOf(person);
  const members = names.team.filter(({ email }) => addresses.includes(email));
  if (members.some(({ id }) => id === session.member.id)) return skipAll("own");
  const forms = formsOf(deps.system, person, names);
  const isErased = [...forms, ...erasureForms(person)].some((form) => known.erased.has(known.hash(form)));
  if (isErased) return skipAll("erased");
  if (person.name === "") return leaveOut("name", "there is none");
  if (members.length > 1) return leaveOut("email", "these are the addresses of two members of the team");
  const people = new Map(
    [
      ...addresses.flatMap((email) => known.byEmail.get(email) ?? []),
      ...forms.flatMap((form) => known.byKey.get(known.hash(form))?.candidate ?? []),
    ].map((one) => [one.id, one]),
  );
  const [candidate, ...others] = people.values();
  if (candidate !== undefined && isOwnApplication(session.member, candidate)) return skipAll("own");
  if (candidate !== undefined && others.length > 0)
    return leaveOut(
      "email",
      `by address and earlier import this is ${candidate.name} and somebody else on record`,
    );
  if (candidate !== undefined && candidate.erasedAt !== null) return skipAll("erased");
  const own = personForm(deps.system, person);
  const memberId = candidate?.memberId ?? members[0]?.id ?? null;
  return {
    ...nothing,
    ...{ candidate, memberId, personKey: own && known.hash(own) },
    ...eachApplication(person, { ...deps, candidate, memberId, unclear }),
    double: doubleOf(person, candidate, deps),
  };
}

function isZone(zone: string): boolean {
  try {
    return requireZone(zone, "timezone") !== "";
  } catch {
    return false;
  }
}

type Who = Deps & Pick<Decision, "candidate" | "memberId" | "unclear">;

function eachApplication(
  person: PersonToImport,
  who: Who,
): Pick<Decision, "entrants" | "skipped" | "leftOut" | "unclear"> {
  const { names } = who;
  const skipped: { why: Skipped; ref?: string }[] = [];
  const leftOut: LeftOutOne[] = [];
  const unclear = [...who.unclear];
  const placed = (faults: readonly Fault[]) => faults.map((fault) => ({ where: person.where, ...fault }));
  const byRole = new Map<string, { meant: Meant; all: ImportedApplication[] }>();
  for (const application of applicationsOf(person)) {
    if (application.unclear !== undefined) {
      const { field, why: told } = application.unclear;
      leftOut.push({ why: "person_unclear", field, told });
      continue;
    }
    const meant = names.role(application.role);
    if (!("role" in meant || "opens" in meant)) {
      leftOut.push({ why: whyNoRole(meant), role: application.role });
      unclear.push(...placed(faultyDates(application, who.session.now)));
      continue;
    }
    const id = "role" in meant ? meant.role.id : `opens ${meant.title}`;
    const before = byRole.get(id);
    if (before) before.all.push(application);
    else byRole.set(id, { meant, all: [application] });
  }
  const entrants: Entrant[] = [];
  for (const { meant, all } of byRole.values()) {
    const result = oneApplication(person, meant, all, who);
    if ("why" in result) skipped.push(result);
    else if ("leftOut" in result) leftOut.push(result.leftOut);
    else entrants.push(result.entrant);
    if ("unclear" in result) unclear.push(...placed(result.unclear));
  }
  return { entrants, skipped, leftOut, unclear };
}

type Meant = Extract<MeantRole, { role: RoleRow } | { opens: unknown }>;
type Fault = Omit<Unclear, "where">;

/** What is wrong with the days of an application whose stage nobody knows yet. */
function faultyDates({ stage: _, ...application }: ImportedApplication, now: Date): readonly Fault[] {
  const routed = routeOf({ ...application, history: [] }, { stages: [], meant: () => undefined, now });
  return "route" in routed ? routed.unclear : [];
}

const whyNoRole = (meant: Exclude<MeantRole, Meant>): LeftOutOne["why"] =>
  "several" in meant
    ? "roles_of_one_name"
    : ({ not_named: "role_not_named", unknown: "role_unknown", left_out: "role_left_out" } as const)[
        meant.none
      ];

function oneApplication(
  person: PersonToImport,
  meant: Meant,
  all: readonly ImportedApplication[],
  { system, session, names, known, candidate, memberId }: Who,
):
  | { readonly why: Skipped; readonly ref?: string }
  | { readonly leftOut: LeftOutOne; readonly unclear: readonly Fault[] }
  | { readonly entrant: Entrant; readonly unclear: readonly Fault[] } {
  const role = "role" in meant ? meant.role : undefined;
  const keys = [
    ...new Set(
      all.flatMap((one) => applicationForms(system, person, one, roleForm(one.role, names))).map(known.hash),
    ),
  ];
  const imported = keys.flatMap((key) => known.byKey.get(key) ?? [])[0];
  if (imported !== undefined) return { why: "imported", ref: imported.ref };
  const here = role && (hereBefore(candidate, role, known) ?? hereByPhone(person, role, known));
  if (here !== undefined) return { why: "here", ref: here };
  const application = joinApplications(all);
  const stages = "role" in meant ? meant.role.stages : meant.stages;
  const routed = routeOf(application, {
    stages,
    meant: (name) => names.stage(application.role, { stages }, name),
    now: session.now,
  });
  const { role: named } = application;
  if ("leftOut" in routed)
    return {
      leftOut: { why: routed.leftOut, role: named, stage: routed.stage },
      unclear: faultyDates(application, session.now),
    };
  if (role !== undefined && role.status !== "open" && routed.route.end === undefined)
    return {
      leftOut: {
        why: "role_closed",
        ...{ field: "role", told: `${role.key} is ${role.status} and takes nobody who is active` },
      },
      unclear: routed.unclear,
    };
  const owner = application.owner === undefined ? undefined : names.owner(application.owner);
  return {
    entrant: {
      ...{ application, named: application.role, role, stages, route: routed.route, keys },
      owner: owner?.id === memberId ? undefined : owner,
      source: application.source && names.source(application.source),
    },
    unclear: routed.unclear,
  };
}

const hereBefore = (
  candidate: CandidateRow | undefined,
  role: RoleRow,
  { refs }: KnownRecords,
): string | undefined => candidate && refs.get(candidate.id)?.get(role.id);

/** Without an address, the same name with the same phone is the same person for a role. */
function hereByPhone(person: PersonToImport, role: RoleRow, { alike }: KnownRecords): string | undefined {
  if (addressesOf(person).length > 0) return undefined;
  const forms = knownFormsOf(person);
  return forms
    .flatMap((form) => alike.get(form) ?? [])
    .find((one) => one.roleId === role.id && isSameByPhone(forms, one.knownBy))?.ref;
}

const MAX_OTHERS = 3;

/** Who on record they may be, by other signs than an address. */
function doubleOf(
  person: PersonToImport,
  candidate: CandidateRow | undefined,
  { known, session }: Deps,
): Double | undefined {
  const forms = knownFormsOf(person);
  const rows = forms
    .flatMap((form) => known.alike.get(form) ?? [])
    .filter((one) => one.id !== candidate?.id && one.memberId !== session.member.id);
  const others = [...new Map(rows.map((one) => [one.id, one])).values()];
  if (others.length === 0) return undefined;
  return {
    ...{ where: person.where, name: person.name },
    others: others
      .slice(0, MAX_OTHERS)
      .map(({ name, ref, knownBy }) => ({ name, ref, by: sharedBy(forms, knownBy) })),
  };
}
