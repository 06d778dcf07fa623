import type { Catalog } from "../../catalog/load.ts";
import { loadSheetWords } from "../../catalog/sheet-words.ts";
import { loadStageWords } from "../../catalog/stage-words.ts";
import { may, RUN } from "../../domain/access.ts";
import { notAllowed } from "../../domain/errors.ts";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { fittingTemplates } from "../../domain/role-check/fitting-templates.ts";
import { levelNamed } from "../../domain/role-check/post-metadata.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import {
  entryFor,
  type ImportMap,
  LEAVE_OUT,
  nameKey,
  type ProposedRole,
  type RoleToOpen,
  roleToOpen,
} from "../../domain/transfer/import-map.ts";
import { stageFor } from "../../domain/transfer/match-stage.ts";
import type { MeantStage } from "../../domain/transfer/route.ts";
import { listRoles, type RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { everyMember } from "../../store/transfer/known-people.ts";
import type { Session } from "../session.ts";

/** The role that a name of the source means, or why there is none. */
export type MeantRole =
  | { readonly role: RoleRow }
  | { readonly opens: RoleToOpen; readonly title: string; readonly stages: readonly Stage[] }
  | { readonly none: "not_named" | "left_out" }
  | { readonly none: "unknown"; readonly proposed: ProposedRole; readonly stages: readonly Stage[] }
  | { readonly several: readonly string[] };

export type NamedMember = Awaited<ReturnType<typeof everyMember>>[number];

/** What the names of a source mean here. */
export type Names = {
  /** The roles on record, by id. */
  readonly roles: ReadonlyMap<string, RoleRow>;
  /** Everybody who is or was on the team. */
  readonly team: readonly NamedMember[];
  /** E-mails of members who may look after an application. */
  readonly owners: readonly string[];
  /** Ids of the templates from which a role can be opened. */
  readonly templates: readonly string[];
  role(name: string | undefined): MeantRole;
  /** @param role the role's name in the source */
  stage(role: string | undefined, meant: { readonly stages: readonly Stage[] }, name: string): MeantStage;
  /** The member who looks after an application; undefined where that is not clear. */
  owner(name: string): NamedMember | undefined;
  source(name: string): string;
};

type Given = { readonly map: ImportMap; readonly role?: string | undefined };

const ENDS = ["hired", "rejected", "withdrawn"] as const satisfies readonly ApplicationStatus[];

/**
 * Loads what the names of a source are compared with, and checks the map.
 * @throws DomainError `invalid` naming the line of the map and what may stand there.
 */
export async function loadNames(
  db: Db,
  { workspaceId }: Session,
  catalog: Catalog,
  { map, role: given }: Given,
): Promise<Names> {
  const roles = (await listRoles(db, workspaceId)).map(({ role }) => role);
  const team = await everyMember(db, workspaceId);
  const words = loadStageWords();
  const { cell } = loadSheetWords();
  const isStage = (word: string, stages: readonly Stage[]) => stageFor(word, stages, words) !== undefined;
  const keys = roles.map(({ key }) => key);
  const byKey = (key: string) => roles.find((role) => role.key === key.trim().toUpperCase());
  if (given !== undefined && byKey(given) === undefined) throw notAllowed("--role", given, keys);

  const opened = (title: string, opens: RoleToOpen): MeantRole => {
    const before = roles.filter(
      (role) => nameKey(role.title) === nameKey(title) && role.template === opens.template,
    );
    const [role] = opens.key === undefined ? before : before.filter(({ key }) => key === opens.key);
    return role ? { role } : { opens, title, stages: catalog.get(opens.template).stages };
  };
  const proposed = (role: ProposedRole): MeantRole => {
    const stages = role.template === null ? undefined : catalog.ifUsable(role.template)?.stages;
    return { none: "unknown", proposed: role, stages: stages ?? [] };
  };
  const meantRole = (name: string | undefined): MeantRole => {
    if (name === undefined) {
      const role = given === undefined ? undefined : byKey(given);
      return role ? { role } : { none: "not_named" };
    }
    const entry = entryFor(map.roles, name);
    if (entry !== undefined) {
      if (typeof entry.to !== "string") {
        const toOpen = roleToOpen(entry.to);
        return toOpen === undefined ? proposed(entry.to) : opened(entry.written, toOpen);
      }
      if (entry.to === LEAVE_OUT) return { none: "left_out" };
      const role = byKey(entry.to);
      return role ? { role } : proposed(proposalFor(name, catalog));
    }
    const same = roles.filter(
      ({ key, title }) => nameKey(key) === nameKey(name) || nameKey(title) === nameKey(name),
    );
    const [role, ...others] = same;
    if (role === undefined) return proposed(proposalFor(name, catalog));
    return others.length === 0 ? { role } : { several: same.map(({ key }) => key) };
  };
  const roleNamed = onceEach(meantRole);
  const able = team.filter((member) => member.removedAt === null && may(member, RUN));
  const owners = able.map(({ email }) => email);
  requireKnown(map, { catalog, keys, meantRole: roleNamed, owners, isStage });
  return {
    roles: new Map(roles.map((role) => [role.id, role])),
    ...{ team, owners, templates: catalog.list().map(({ id }) => id) },
    role: roleNamed,
    stage(role, { stages }, name) {
      const to = stageEntry(map, role ?? given ?? "", name);
      if (to === LEAVE_OUT) return to;
      const end = ENDS.find((one) => one === to);
      if (end !== undefined) return { end };
      const stage = stages.find(({ id }) => id === to)?.id ?? stageFor(to ?? name, stages, words);
      if (stage !== undefined) return { stage };
      const named = cell.endOf(name);
      return named === undefined ? undefined : { end: named };
    },
    owner(name) {
      const email = entryFor(map.owners, name)?.to ?? name;
      const key = nameKey(email);
      const same = able.filter(
        (member) => member.email === email.trim().toLowerCase() || nameKey(member.name) === key,
      );
      return same.length === 1 ? same[0] : undefined;
    },
    source: (name) => entryFor(map.sources, name)?.to ?? name,
  };
}

/** A role that could be opened for a name of the source: what its words do not tell stays empty. */
function proposalFor(name: string, catalog: Catalog): ProposedRole {
  const [template = null, another] = fittingTemplates(name, catalog.list());
  const level = levelNamed(catalog.lexicon(), name)?.level ?? null;
  return { template: another === undefined ? template : null, level, location: null };
}

/** Many applications name few roles. */
function onceEach(
  meantRole: (name: string | undefined) => MeantRole,
): (name: string | undefined) => MeantRole {
  const known = new Map<string | undefined, MeantRole>();
  return (name) => {
    const meant = known.get(name) ?? meantRole(name);
    known.set(name, meant);
    return meant;
  };
}

const stageEntry = ({ stages }: ImportMap, role: string, name: string): string | undefined => {
  const ofRole = entryFor(stages, role)?.to;
  return ofRole && entryFor(ofRole, name)?.to;
};

type Known = {
  readonly catalog: Catalog;
  readonly keys: readonly string[];
  readonly meantRole: (name: string) => MeantRole;
  readonly owners: readonly string[];
  /** Whether a word means one of some stages, as an id does. */
  readonly isStage: (word: string, stages: readonly Stage[]) => boolean;
};

/** @throws DomainError `invalid` for what a map names and nobody knows. */
function requireKnown(map: ImportMap, { catalog, keys, meantRole, owners, isStage }: Known): void {
  const templates = catalog.list().map(({ id }) => id);
  for (const [name, to] of Object.entries(map.roles)) {
    const field = `roles > ${name}`;
    if (typeof to === "string" && to !== LEAVE_OUT && !keys.includes(to.trim().toUpperCase()))
      throw notAllowed(field, to, [...keys, LEAVE_OUT, TO_OPEN]);
    if (typeof to === "object" && to?.template && !templates.includes(to.template))
      throw notAllowed(`${field} > template`, to.template, templates);
  }
  for (const [role, named] of Object.entries(map.stages)) {
    const meant = meantRole(role);
    const stages = "role" in meant ? meant.role.stages : "stages" in meant ? meant.stages : [];
    if (stages.length === 0) continue;
    const allowed = [...stages.map(({ id }) => id), ...ENDS, LEAVE_OUT];
    for (const [name, to] of Object.entries(named ?? {}))
      if (to !== null && !allowed.includes(to) && !isStage(to, stages))
        throw notAllowed(`stages > ${role} > ${name}`, to, allowed);
  }
  for (const [name, to] of Object.entries(map.owners))
    if (to !== null && !owners.includes(to.toLowerCase())) throw notAllowed(`owners > ${name}`, to, owners);
}

/** How a role is opened by a map, as the error for anything else says it. */
const TO_OPEN = "or to open it: {template: ID, level: senior, location: CITY}";
