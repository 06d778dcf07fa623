import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { type ImportMap, LEAVE_OUT } from "../../domain/transfer/import-map.ts";
import type { ImportPlan, PlannedName, PlannedRole, ToPlan } from "../../domain/transfer/import-plan.ts";
import type { ImportedApplication } from "../../domain/transfer/imported.ts";
import type { LeftOut } from "../../domain/transfer/left-out.ts";
import { applicationsOf } from "./decide.ts";
import type { MeantRole, Names } from "./names.ts";

const ENDS: readonly ApplicationStatus[] = ["hired", "rejected", "withdrawn"];

/** What each name of a source means here, and the map that says so. */
export function planNames(
  { people, role: given }: ToPlan,
  names: Names,
): Pick<ImportPlan, "roles" | "stages" | "owners" | "sources" | "map"> {
  const applications = people.flatMap(applicationsOf).filter(({ unclear }) => unclear === undefined);
  const byRole = counted(applications, ({ role }) => role ?? "");
  const roles = [...byRole].map(([name, n]) =>
    plannedRole(name, n, names.role(name === "" ? undefined : name)),
  );
  const stages = [...byRole.keys()].flatMap((name) => plannedStages(name, applications, { names, given }));
  const owners = [...counted(applications, ({ owner }) => owner ?? "")]
    .filter(([name]) => name !== "")
    .map(([name, n]): PlannedName => {
      const email = names.owner(name)?.email;
      return { name, applications: n, allowed: [], ...(email !== undefined && { to: email }) };
    });
  const sources = [...counted(applications, ({ source }) => source ?? "")]
    .filter(([name]) => name !== "")
    .map(([name, n]): PlannedName => ({ name, applications: n, to: names.source(name), allowed: [] }));
  return { roles, stages, owners, sources, map: mapOf({ roles, stages, owners, sources }) };
}

function counted(
  applications: readonly ImportedApplication[],
  nameOf: (application: ImportedApplication) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const application of applications) {
    const name = nameOf(application);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const WHY_NONE = {
  not_named: "role_not_named",
  left_out: "role_left_out",
} as const satisfies Record<string, LeftOut>;

function plannedRole(name: string, applications: number, meant: MeantRole): PlannedRole {
  const about = { name: name === "" ? null : name, applications };
  if ("role" in meant) return { ...about, keys: [meant.role.key] };
  if ("opens" in meant) return { ...about, keys: [], opens: meant.opens };
  if ("proposed" in meant) return { ...about, keys: [], proposed: meant.proposed, leftOut: "role_unknown" };
  if ("several" in meant) return { ...about, keys: meant.several, leftOut: "roles_of_one_name" };
  return { ...about, keys: [], leftOut: WHY_NONE[meant.none] };
}

function plannedStages(
  role: string,
  all: readonly ImportedApplication[],
  { names, given }: { readonly names: Names; readonly given: string | undefined },
): PlannedName[] {
  const named = role === "" ? undefined : role;
  const meant = names.role(named);
  if (!("role" in meant || "stages" in meant)) return [];
  const { stages } = "role" in meant ? meant.role : meant;
  const ofRole = all.filter((application) => application.role === named);
  const counts = new Map<string, number>();
  for (const { stage, history } of ofRole)
    for (const name of new Set([...(stage === undefined ? [] : [stage]), ...history.map((one) => one.stage)]))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  const allowed = stages.length === 0 ? [] : [...stages.map(({ id }) => id), ...ENDS, LEAVE_OUT];
  return [...counts].map(([name, applications]) => {
    const to = names.stage(named, { stages }, name);
    const written = to === undefined || to === LEAVE_OUT ? to : "stage" in to ? to.stage : to.end;
    return {
      role: named ?? given ?? "",
      name,
      applications,
      allowed,
      ...(written !== undefined && { to: written }),
    };
  });
}

/** Every name of the source with what it is here; null where that is unclear. */
function mapOf({ roles, stages, owners, sources }: Omit<ReturnType<typeof planNames>, "map">): ImportMap {
  const byRole: Record<string, Record<string, string | null>> = {};
  for (const { role = "", name, to } of stages) byRole[role] = { ...byRole[role], [name]: to ?? null };
  const entries = (some: readonly PlannedName[]) =>
    Object.fromEntries(some.map(({ name, to }) => [name, to ?? null] as const));
  return {
    roles: Object.fromEntries(
      roles.flatMap(({ name, keys, opens, proposed, leftOut }) => {
        if (name === null) return [];
        const to =
          opens ??
          proposed ??
          (leftOut === "role_left_out" ? LEAVE_OUT : keys.length === 1 ? keys[0] : undefined);
        return [[name, to ?? null] as const];
      }),
    ),
    stages: byRole,
    owners: entries(owners),
    sources: entries(sources),
  };
}
