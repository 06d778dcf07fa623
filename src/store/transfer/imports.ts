import { and, asc, eq, sql } from "drizzle-orm";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { CandidateRow } from "../candidates/candidates.ts";
import type { Db } from "../store.ts";
import { applications, candidates, importedRecords, importKeys, moves } from "../tables.ts";

/** Rows of one statement: with the columns of the widest table they stay below what the protocol takes. */
const MAX_ROWS = 1_000;

export type ImportedRecordRow = typeof importedRecords.$inferSelect;

async function inParts<T>(rows: readonly T[], insert: (part: T[]) => PromiseLike<unknown>): Promise<void> {
  for (let n = 0; n < rows.length; n += MAX_ROWS) await insert(rows.slice(n, n + MAX_ROWS));
}

/** Adds people. False where somebody else has added one of their addresses meanwhile: then the transaction is of no use. */
export async function insertPeople(
  tx: Db,
  rows: readonly (typeof candidates.$inferInsert)[],
): Promise<boolean> {
  let made = 0;
  await inParts(rows, async (part) => {
    const added = await tx
      .insert(candidates)
      .values(part)
      .onConflictDoNothing()
      .returning({ id: candidates.id });
    made += added.length;
  });
  return made === rows.length;
}

/** Makes somebody's record a member's own. */
export async function tieTo(
  tx: Db,
  { workspaceId, id }: Pick<CandidateRow, "workspaceId" | "id">,
  memberId: string,
): Promise<void> {
  await tx
    .update(candidates)
    .set({ memberId })
    .where(and(eq(candidates.workspaceId, workspaceId), eq(candidates.id, id)));
}

type ImportedRow = typeof applications.$inferInsert & {
  readonly status: ApplicationStatus;
  readonly importedAt: Date;
};

/** An application as it began, the moves since then, and where it is now. */
export type ImportedWay = {
  readonly begin: ImportedRow;
  readonly moves: readonly (typeof moves.$inferInsert)[];
  readonly now: Pick<ImportedRow, "stage" | "status" | "stageEnteredAt" | "version">;
  /** Stages that it must have passed before the one in which its record begins. Nobody knows when. */
  readonly passed: readonly string[];
};

/** Stores applications with their history. Triggers make of it what reports count. */
export async function insertWays(tx: Db, ways: readonly ImportedWay[]): Promise<void> {
  if (ways.length === 0) return;
  await inParts(
    ways.map(({ begin }) => begin),
    (part) => tx.insert(applications).values(part),
  );
  await passStages(tx, ways);
  await inParts(
    ways.flatMap((way) => way.moves),
    (part) => tx.insert(moves).values(part),
  );
  const moved = ways
    .filter((way) => way.moves.length > 0)
    .map(({ begin, now }) => ({
      ...{ workspace_id: begin.workspaceId, id: begin.id, stage: now.stage, status: now.status },
      ...{ stage_entered_at: now.stageEnteredAt, version: now.version },
    }));
  if (moved.length === 0) return;
  await tx.execute(sql`
    update applications a set stage = x.stage, status = x.status, stage_entered_at = x.stage_entered_at, version = x.version
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb)
      as x(workspace_id uuid, id uuid, stage text, status text, stage_entered_at timestamptz, version int)
    where a.workspace_id = x.workspace_id and a.id = x.id`);
}

/** Stays of unknown length, with versions before the first: reports count who came through these stages. */
async function passStages(tx: Db, ways: readonly ImportedWay[]): Promise<void> {
  const stays = ways.flatMap(({ begin, passed }) =>
    passed.map((stage, n) => ({
      ...{ workspace_id: begin.workspaceId, application_id: begin.id, version: n + 1 - passed.length, stage },
      left_for: passed[n + 1] ?? begin.stage,
    })),
  );
  if (stays.length === 0) return;
  await tx.execute(sql`
    insert into stays (workspace_id, application_id, version, role_id, stage, position, source, applied_at, entered_at,
                       first_visit, left_at, left_version, tenths, first_pass, left_for)
    select a.workspace_id, a.id, x.version, a.role_id, x.stage,
           coalesce((select s.n from jsonb_array_elements(r.stages) with ordinality as s(stage, n) where s.stage->>'id' = x.stage), 1),
           a.source, a.applied_at, a.applied_at, true, a.imported_at, null, null, true, x.left_for
    from jsonb_to_recordset(${JSON.stringify(stays)}::jsonb)
      as x(workspace_id uuid, application_id uuid, version int, stage text, left_for text)
    join applications a on a.workspace_id = x.workspace_id and a.id = x.application_id
    join roles r on r.workspace_id = a.workspace_id and r.id = a.role_id`);
}

export async function insertImportedRecords(
  tx: Db,
  rows: readonly (typeof importedRecords.$inferInsert)[],
): Promise<void> {
  await inParts(rows, (part) => tx.insert(importedRecords).values(part));
}

export async function insertImportKeys(
  tx: Db,
  rows: readonly (typeof importKeys.$inferInsert)[],
): Promise<void> {
  await inParts(rows, (part) => tx.insert(importKeys).values(part).onConflictDoNothing());
}

/** What came in about an application beside documents, oldest first; what has no date comes first. */
export function listImportedRecords(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<ImportedRecordRow[]> {
  return db
    .select()
    .from(importedRecords)
    .where(and(eq(importedRecords.workspaceId, workspaceId), eq(importedRecords.applicationId, id)))
    .orderBy(sql`${importedRecords.writtenAt} asc nulls first`, asc(importedRecords.id));
}
