import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import { requireLawfulReason } from "../../domain/pipeline/lawful-reason.ts";
import type { Lexicon } from "../../domain/text/lexicon.ts";
import type { ImportMap } from "../../domain/transfer/import-map.ts";
import type { ImportedRecord, Unclear } from "../../domain/transfer/imported.ts";
import { addressesOf } from "../../domain/transfer/join-people.ts";
import { readMoment } from "../../domain/transfer/read-moment.ts";
import type { ImportedWay } from "../../store/transfer/imports.ts";
import type { Session } from "../session.ts";
import type { Decision, Entrant } from "./decide.ts";
import type { Names } from "./names.ts";

/** By whom and through what the moves of an import are on record. */
const CLIENT = "greenflag import";

/** An application that is added, with the rows of it. */
export type Stored = { readonly entrant: Entrant; readonly way: ImportedWay };

type WayContext = {
  readonly candidateId: string;
  readonly ref: string;
  readonly decision: Decision;
  readonly names: Names;
  readonly map: ImportMap;
  readonly lexicon: Lexicon;
  /** What is left out is added here. */
  readonly unclear: Unclear[];
};

/** The rows of an application: as it began, its moves with their own days, and where it is now. */
export function wayOf(session: Session, entrant: Entrant, context: WayContext): Stored {
  const { workspaceId, now, member } = session;
  const { role, route, application, owner, source } = entrant;
  if (role === undefined) throw new Error("an application for a role that is not open yet");
  const id = uuidv7();
  const stageEnteredAt = route.begin.at ?? now;
  const begin = {
    ...{ workspaceId, id, ref: context.ref, roleId: role.id, candidateId: context.candidateId },
    ...{ stage: route.begin.stage, status: "active" as const, version: 1, stageEnteredAt },
    appliedAt: route.appliedAt ?? now,
    source: source ?? null,
    referredBy: application.referredBy ?? null,
    ownerId: owner?.id ?? null,
    ...{ importedAt: now, withoutResume: true },
  };
  let at: ImportedWay["now"] = begin;
  const moves: ImportedWay["moves"][number][] = [];
  const move = (to: Pick<ImportedWay["now"], "stage" | "status">, movedAt: Date, reason: string | null) => {
    const version = at.version === undefined ? 2 : at.version + 1;
    moves.push({
      ...{ workspaceId, id: uuidv7(), applicationId: id, version, kind: "move" as const },
      ...{ fromStage: at.stage, fromStatus: at.status, toStage: to.stage, toStatus: to.status },
      ...{
        enteredAt: at.stageEnteredAt,
        reason,
        overridden: [],
        movedBy: member.id,
        client: CLIENT,
        movedAt,
      },
    });
    at = { ...to, version, stageEnteredAt: to.status === "active" ? movedAt : at.stageEnteredAt };
  };
  for (const step of route.moves) move({ stage: step.to, status: "active" }, step.at, null);
  if (route.end !== undefined)
    move({ stage: at.stage, status: route.end.status }, route.end.at ?? now, reasonOf(entrant, context));
  const { stage, status, version, stageEnteredAt: enteredAt } = at;
  return {
    entrant,
    way: {
      begin,
      moves,
      now: { stage, status, version, stageEnteredAt: enteredAt },
      passed: passedBefore(entrant, context),
    },
  };
}

/** A reason that may stay on record; one that speaks of a protected attribute is left out and told. */
function reasonOf({ application }: Entrant, { lexicon, decision, unclear }: WayContext): string | null {
  const { reason } = application;
  if (reason === undefined || reason === "") return null;
  try {
    requireLawfulReason(lexicon, reason);
    return reason;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const why = "it speaks of a protected attribute, and is left out";
    unclear.push({ where: decision.person.where, field: "reason", why });
    return null;
  }
}

/**
 * The stages before the one in which the record begins, where the source does not tell the way: the first, in which everybody
 * begins, and those that the source knows.
 */
function passedBefore({ role, route, stages }: Entrant, { map, names }: WayContext): string[] {
  if (route.isTold || role === undefined) return [];
  const known = Object.entries(map.stages).flatMap(([name, named]) => {
    const meant = names.role(name);
    return "role" in meant && meant.role.id === role.id ? Object.values(named ?? {}) : [];
  });
  const at = stages.findIndex(({ id }) => id === route.begin.stage);
  return stages.slice(0, Math.max(0, at)).flatMap(({ id }, n) => (n === 0 || known.includes(id) ? [id] : []));
}

type OfPerson = { readonly decision: Decision; readonly stored: readonly Stored[] };

/** What came with a person and their applications and is no document. What is the person's is with the last application. */
export function recordsOf(
  { workspaceId, member, now }: Session,
  { decision, stored }: OfPerson,
  source: string,
) {
  const main = stored.findLast(({ way }) => way.now.status === "active") ?? stored.at(-1);
  const further = addressesOf(decision.person).slice(1);
  const addresses: ImportedRecord[] =
    further.length === 0
      ? []
      : [{ kind: "note", title: "Further e-mail addresses", text: further.join(", ") }];
  return stored.flatMap((one) =>
    [...one.entrant.application.records, ...(one === main ? [...decision.person.records, ...addresses] : [])]
      .filter(({ text, recommendation }) => text !== "" || recommendation !== undefined)
      .map(({ kind, text, ...record }) => ({
        ...{ workspaceId, id: uuidv7(), applicationId: one.way.begin.id, kind, text, source },
        title: record.title ?? null,
        author: record.author ?? null,
        recommendation: record.recommendation ?? null,
        writtenAt: writtenAt(record.writtenAt, now),
        ...{ importedBy: member.id, importedAt: now },
      })),
  );
}

function writtenAt(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const moment = readMoment(text, now);
  return "why" in moment ? null : moment.at;
}

/** The keys of a person's applications; the person's own is with the first. */
export function keysOf({ workspaceId, now }: Session, { decision, stored }: OfPerson) {
  const own = decision.personKey;
  return stored.flatMap(({ entrant, way }, n) =>
    [...entrant.keys, ...(n === 0 && own !== undefined ? [own] : [])].map((key) => ({
      ...{ workspaceId, key, applicationId: way.begin.id, importedAt: now },
    })),
  );
}
