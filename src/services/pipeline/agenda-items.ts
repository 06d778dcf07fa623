import type { Catalog } from "../../catalog/load.ts";
import { DAY } from "../../domain/days.ts";
import { STAGE } from "../../domain/outreach/outdated.ts";
import { type AgendaItem, inOrder, taskStep } from "../../domain/pipeline/agenda.ts";
import { statusLabel } from "../../domain/pipeline/application.ts";
import { messageStep, stepFor } from "../../domain/pipeline/next-step.ts";
import { DAYS_TO_TELL } from "../../domain/pipeline/not-told.ts";
import { type NextStep, type Step, sendStep } from "../../domain/pipeline/step.ts";
import { submissionAct, type Task } from "../../domain/pipeline/tasks.ts";
import type { AgendaEntry, AgendaPart, AgendaScope } from "../../store/pipeline/agenda.ts";
import { type AgendaRow, agendaRows } from "../../store/pipeline/agenda-rows.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import { loadWriting, type PersonToTell, tellingSteps, type Writing } from "./not-told.ts";
import type { OwnedRole } from "./waiting-applications.ts";

type LoadedKind = Exclude<AgendaItem["kind"], "not_told">;

type Loaded = {
  readonly catalog: Catalog;
  readonly roles: readonly OwnedRole[];
  readonly scope: AgendaScope;
  readonly parts: readonly (AgendaPart & { readonly kind: LoadedKind })[];
  readonly toTell: readonly PersonToTell[];
};

/** The items of an agenda that are shown, in their order, each with the step that this member is told. */
export async function agendaItems(
  db: Db,
  session: Session,
  { catalog, roles, scope, parts, toTell }: Loaded,
): Promise<AgendaItem[]> {
  const entries = parts.flatMap(({ kind, entries: ofKind }) =>
    ofKind.map((entry): Entry => ({ ...entry, kind })),
  );
  const untold = toTell.map((person): Untold => {
    const { at, interview } = person.row;
    const due = interview === null ? new Date(at.getTime() + DAYS_TO_TELL * DAY) : at;
    return { ...person, kind: "not_told", due };
  });
  // Only of what is shown is it looked up who it is, what was written to them, and what is to be done.
  const first = inOrder([...entries, ...untold], session.now);
  const rows = await rowsOf(
    db,
    scope,
    roles,
    first.filter((item) => item.kind !== "not_told"),
  );
  const shown = first.flatMap((item): (Row | Untold)[] => {
    if (item.kind === "not_told") return [item];
    const row = rows.get(item);
    return row ? [row] : [];
  });
  const toWrite = shown.filter(
    (item) => item.kind === "offer" || (item.kind === "message" && isOutdated(item)),
  );
  const writing = await loadWriting(db, session, catalog, toWrite);
  const people = shown.filter((item) => item.kind === "not_told");
  const steps = await tellingSteps(db, session, catalog, people);
  const telling = new Map(people.map((person, n) => [person, steps[n]]));
  return shown.map((item): AgendaItem => {
    if (item.kind === "not_told") return untoldItem(item, telling.get(item));
    const { kind, ref, name, round, due, at, by, purpose, thing, staleWhy } = item;
    return {
      ...{ kind, application: ref, name },
      ...(round !== null && { round }),
      due,
      ...(at && { at }),
      ...(purpose && { purpose }),
      ...(kind === "assessment" && thing !== null && { again: true }),
      ...(staleWhy !== null && { stale_why: staleWhy }),
      ...(isOutdated(item) && outdatedFacts(item)),
      by: by?.split(" ") ?? [],
      next: nextOf(session, catalog, item, writing.get(item.id)),
    };
  });
}

type Untold = PersonToTell & { readonly kind: "not_told"; readonly due: Date };

function untoldItem(
  { kind, due, why, row }: Untold,
  telling: Awaited<ReturnType<typeof tellingSteps>>[number] | undefined,
): AgendaItem {
  if (!telling) throw new Error("somebody to be told without a step");
  return {
    ...{ kind, application: row.ref, name: row.name, why, by: [row.owner], ...telling },
    ...(row.round !== null && { round: row.round }),
    due,
  };
}

type Entry = AgendaEntry & { readonly kind: LoadedKind };
type Row = Entry & Omit<AgendaRow, "n"> & { readonly role: RoleRow };

async function rowsOf(
  db: Db,
  scope: AgendaScope,
  roles: readonly OwnedRole[],
  entries: readonly Entry[],
): Promise<Map<Entry, Row>> {
  const byId = new Map(roles.map(({ role }) => [role.id, role]));
  const rows = await agendaRows(db, scope, entries);
  return new Map(
    rows.flatMap(({ n, ...row }) => {
      const entry = entries[n];
      const role = byId.get(row.roleId);
      return entry && role ? [[entry, { ...entry, ...row, role }] as const] : [];
    }),
  );
}

const TASKS = {
  assessment: "assessment",
  submission: "submission",
  booking: "booking",
  scorecard: "scorecards",
  vote: "votes",
} as const satisfies Partial<Record<LoadedKind, Task["what"]>>;

function nextOf(session: Session, catalog: Catalog, row: Row, written: Writing | undefined): NextStep {
  const { member, now } = session;
  const { kind, ref: application, role, due, thing, by } = row;
  const round = row.round ?? row.stage;
  switch (kind) {
    case "interview":
      return row.isOver
        ? stepFor(member, { act: "say_outcome", application, round, interview: thing ?? "" })
        : preparing(catalog, role, application, round);
    case "message":
      if (isOutdated(row)) return renewing(session, row, written);
      return stepFor(member, sendStep(role, thing ?? ""));
    case "offer":
      return due < now || !written
        ? stepFor(member, { act: "settle_offer", application })
        : messageStep(member, "offer_followup", application, written);
    default: {
      const step = taskOf(kind, row, round);
      return taskStep(member, { what: TASKS[kind], by: by?.split(" ") ?? [] }, step);
    }
  }
}

const isOutdated = ({ outdated }: Row): boolean => outdated !== null && outdated.length > 0;

function outdatedFacts({ outdated, writtenFor, stage, status }: Row) {
  const isLeft = outdated?.includes(STAGE);
  return {
    outdated: outdated ?? [],
    ...(isLeft && writtenFor !== null && writtenFor !== stage && { written_for: writtenFor }),
    ...(isLeft && { now_at: statusLabel({ stage, status }) }),
  };
}

/** To write an outdated draft anew; where nothing of the kind may be written now, to throw it away. */
function renewing({ member }: Session, row: Row, written: Writing | undefined): NextStep {
  const { ref: application, purpose, thing } = row;
  const step: Step =
    purpose && written?.purposes.includes(purpose)
      ? { act: "draft_message", application, purpose }
      : { act: "discard", application, discard: thing ?? "" };
  return stepFor(member, step);
}

function taskOf(kind: keyof typeof TASKS, { ref: application, assigned }: Row, round: string): Step {
  switch (kind) {
    case "assessment":
      return { act: "assess", application };
    case "submission":
      return { act: submissionAct(assigned), application };
    case "booking":
      return { act: "book", application, round };
    case "scorecard":
      return { act: "submit_card", application, round };
    case "vote":
      return { act: "vote", application };
  }
}

/** To read the brief of a round; where it has no kit, to look at the record. */
function preparing(catalog: Catalog, role: RoleRow, application: string, round: string): NextStep {
  const kits = catalog.ifUsable(role.template) ? catalog.forRole(role).interviews : [];
  return kits.some((kit) => kit.round === round)
    ? { act: "prepare", application, round }
    : { act: "look", application };
}
