import type { Catalog } from "../../catalog/load.ts";
import { DAY } from "../../domain/days.ts";
import { purposesAt } from "../../domain/outreach/purpose.ts";
import type { Position } from "../../domain/pipeline/application.ts";
import type { ApplicationFacts } from "../../domain/pipeline/next-step.ts";
import {
  MAX_DAYS_LISTED,
  type NotToldReason,
  type ToTell,
  tellingStep,
  type Unreachable,
  whyUnreachable,
} from "../../domain/pipeline/not-told.ts";
import type { NextStep } from "../../domain/pipeline/step.ts";
import {
  countOldNotTold,
  listNotTold,
  MAX_COUNTED,
  type NotToldFilter,
  type NotToldRow,
} from "../../store/pipeline/not-told.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { loadUnsentForReader } from "../panel/load-for-reader.ts";
import { loadPanels } from "../panel/load-panel.ts";
import type { Session } from "../session.ts";

/** Somebody who has to be told, and the step by which this reader tells them. */
export type NotTold = {
  readonly application: string;
  readonly name: string;
  readonly why: NotToldReason;
  /** When they were rejected, or their role was closed. */
  readonly since?: string;
  /** The interview that still stands although the application has ended. */
  readonly interview?: { readonly id: string; readonly round: string; readonly start: string };
  readonly cannot_be_written_to?: Unreachable;
  readonly next: NextStep;
};

/** A count that stops at a limit. */
export type Counted = { readonly n: number; readonly isMore: boolean };

/** Counts of the store, which counts one beyond the limit, together. */
export const countedUpTo = (limit: number, ...counts: readonly number[]): Counted => ({
  n: counts.reduce((sum, n) => sum + Math.min(n, limit), 0),
  isMore: counts.some((n) => n > limit),
});

type Asked = Omit<NotToldFilter, "workspaceId" | "now" | "oldBefore"> & {
  readonly roles: readonly RoleRow[];
  readonly limit: number;
};

/** Somebody who has to be told, with the row of the store and the role. */
export type PersonToTell = Person & { readonly row: NotToldRow; readonly role: RoleRow };

const filterOf = (
  { workspaceId, now }: Session,
  { roles: _, limit: __, ...asked }: Asked,
): NotToldFilter => ({
  ...asked,
  workspaceId,
  now,
  oldBefore: new Date(now.getTime() - MAX_DAYS_LISTED * DAY),
});

/** Who has to be told, longest first: at most `limit`, and how many there are, without the old ones. */
export async function findNotTold(db: Db, session: Session, asked: Asked) {
  const { rows, total } = await listNotTold(db, filterOf(session, asked), asked.limit);
  const byId = new Map(asked.roles.map((role) => [role.id, role]));
  const people = rows.flatMap((row): PersonToTell[] => {
    const role = byId.get(row.roleId);
    return role ? [{ ...personOf(row), row, role }] : [];
  });
  return { people, total };
}

/** Who has to be told, longest first: at most `limit`, and how many there are. Old ones are only counted. */
export async function loadNotTold(
  db: Db,
  session: Session,
  { catalog, ...asked }: Asked & { readonly catalog: Catalog },
) {
  const [{ people, total }, older] = await Promise.all([
    findNotTold(db, session, asked),
    countOldNotTold(db, filterOf(session, asked)),
  ]);
  const steps = await tellingSteps(db, session, catalog, people);
  return {
    people: people.map(({ row }, n) => notToldOf(row, steps[n])),
    total: countedUpTo(MAX_COUNTED, total),
    older: countedUpTo(MAX_COUNTED, older),
  };
}

type Person = ToTell & Position & { readonly id: string };

const personOf = (row: NotToldRow): Person => ({
  id: row.id,
  ref: row.ref,
  stage: row.stage,
  status: row.status,
  why: row.why,
  contact: row,
  perhapsTold: row.perhapsTold,
  ...(row.interview !== null && { interview: { id: row.interview, round: row.round ?? row.stage } }),
});

function notToldOf(row: NotToldRow, told: { readonly next: NextStep } | undefined): NotTold {
  if (!told) throw new Error("somebody to be told without a step");
  const { ref: application, name, why, at, interview, round } = row;
  const start = at.toISOString();
  return {
    ...{ application, name, why },
    ...(interview === null
      ? { since: start }
      : { interview: { id: interview, round: round ?? row.stage, start } }),
    ...told,
  };
}

/** The step by which each of these is told, with why somebody cannot be written to. In the order in which they came. */
export async function tellingSteps(
  db: Db,
  session: Session,
  catalog: Catalog,
  people: readonly (Person & { readonly role: RoleRow })[],
): Promise<Pick<NotTold, "next" | "cannot_be_written_to">[]> {
  const writing = await loadWriting(db, session, catalog, people);
  return people.map((person) => {
    const written = writing.get(person.id);
    if (!written) throw new Error("somebody to be told whose messages were not looked up");
    const unreachable = whyUnreachable(person.contact);
    return {
      next: tellingStep(session.member, person, written),
      ...(unreachable && { cannot_be_written_to: unreachable }),
    };
  });
}

/** What may be written to somebody, and what is written and has not left. */
export type Writing = Pick<ApplicationFacts, "purposes" | "unsent" | "recruitersSend">;

/** What may be written to each of these, and what is written already, by the application's id. */
export async function loadWriting(
  db: Db,
  session: Session,
  catalog: Catalog,
  people: readonly (Position & { readonly id: string; readonly ref: string; readonly role: RoleRow })[],
): Promise<Map<string, Writing>> {
  if (people.length === 0) return new Map();
  const panels = await loadPanels(db, session, people);
  const messages = await loadUnsentForReader(
    db,
    session,
    people.map((person) => ({ ...person, panel: panels.get(person.id) })),
  );
  return new Map(
    people.map(({ id, ref, stage, status, role }) => {
      const standing = { ref, stage, status, stages: role.stages, roleStatus: role.status };
      // Without its template nothing can be written to them: the step is to look.
      const templates = catalog.ifUsable(role.template) ? catalog.forRole(role).messages : [];
      const unsent = messages
        .filter(({ applicationId }) => applicationId === id)
        .map((m) => ({ id: m.id, purpose: m.purpose, sendable: m.status === "draft" && m.readable }));
      const purposes = purposesAt({ ...standing, hasExercise: false, hasSubmission: false }, templates);
      return [id, { recruitersSend: role.recruitersSend, purposes, unsent }];
    }),
  );
}
