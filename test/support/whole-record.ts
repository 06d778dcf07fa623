import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { derivedOf } from "../../src/domain/candidates/known-by.ts";
import { appendEvent, rowsOf } from "../../src/store/events.ts";
import type { Db, Store } from "../../src/store/store.ts";
import * as t from "../../src/store/tables.ts";

/** Stands in every field that may hold a person's words. */
export const QUILL = "canaryquill";
const AT = new Date("2026-11-20T09:00:00Z");
const AHEAD = new Date("2027-01-20T09:00:00Z");

/** Where somebody's record is. */
type Person = { readonly workspaceId: string; readonly applicationId: string; readonly candidateId: string };

export async function personAt(db: Db, workspaceId: string, ref: string): Promise<Person> {
  const [row] = await db
    .select({ applicationId: t.applications.id, candidateId: t.applications.candidateId })
    .from(t.applications)
    .where(and(eq(t.applications.workspaceId, workspaceId), eq(t.applications.ref, ref)));
  if (!row) throw new Error(`no ${ref}`);
  return { workspaceId, ...row };
}

/**
 * Puts a row with the word in every field that can hold one into every table that an erasure touches, beside what is there.
 * For tests of what an erasure leaves: the rows hold no record that a tool could show.
 */
export async function fillRecord(store: Store, ref: string, other: string, word = QUILL): Promise<void> {
  await store.write(new AbortController().signal, async (tx) => {
    const { workspaceId } = store;
    const person = await personAt(tx, workspaceId, ref);
    const { applicationId, candidateId } = person;
    const [ada] = await tx.select().from(t.members).where(eq(t.members.workspaceId, workspaceId));
    if (!ada) throw new Error("no member");
    const by = ada.id;
    const of = () => ({ workspaceId, id: uuidv7(), applicationId });
    const say = (field: string) => `${word} ${field}`;
    const whole = <T>(value: object): T => value as T;
    const email = `${word}@example.test`;
    const links = [`https://example.test/${word}`];
    const name = say("name");
    await tx
      .update(t.candidates)
      .set({
        ...{ name, email, phone: say("0351912345678"), links, location: say("location") },
        ...{ timezone: say("zone"), tags: [say("tag")] },
        ...derivedOf({ name, email, phone: "0351912345678", links }),
      })
      .where(and(eq(t.candidates.workspaceId, workspaceId), eq(t.candidates.id, candidateId)));
    await tx
      .update(t.applications)
      .set({ source: say("source"), referredBy: say("referrer"), presentFlags: ["cost_win"] })
      .where(and(eq(t.applications.workspaceId, workspaceId), eq(t.applications.id, applicationId)));
    const document = of();
    await tx.insert(t.documents).values({
      ...document,
      ...{ kind: "email", name: say("file"), text: say("text"), hiddenTextRemoved: 1 },
      sha256: createHash("sha256").update(say("text")).digest(),
      hidden: whole([{ text: say("hidden") }]),
      warnings: whole([{ text: say("warning") }]),
      apart: whole([{ what: "quoted", text: say("apart") }]),
      mail: whole({ subject: say("subject"), author: "candidate", stated: true }),
      ...{ addedBy: by, createdAt: AT },
    });
    await tx.insert(t.documents).values({
      ...of(),
      ...{ kind: "cover_letter", name: say("letter"), text: say("letter"), hiddenTextRemoved: 0 },
      sha256: createHash("sha256").update(say("letter")).digest(),
      ...{ addedBy: by, createdAt: AT },
    });
    await tx.insert(t.originals).values({
      ...document,
      ...{ extension: ".pdf", bytes: Buffer.from(say("bytes")), reader: 1 },
    });
    await tx.insert(t.submissions).values({
      ...of(),
      ...{ url: say("url"), headSha: say("sha"), facts: whole({ author: say("author") }), createdAt: AT },
    });
    await tx.insert(t.assessments).values({
      ...of(),
      ...{ inputs: "0", findings: whole([{ flag: "cost_win", note: say("finding"), author: "rules" }]) },
      result: whole({ to_read: [], flags: [], quote: say("quote") }),
      ...{ assessedBy: by, createdAt: AT },
    });
    await tx.insert(t.moves).values({
      ...of(),
      ...{ version: 900, kind: "stage_dropped", fromStage: "applied", fromStatus: "active" },
      ...{ toStage: "applied", toStatus: "active", enteredAt: AT, reason: say("reason"), movedBy: by },
      ...{ client: "test", movedAt: AT },
    });
    await tx.insert(t.scorecards).values({
      ...of(),
      ...{ round: "screen", memberId: by, version: 1, recommendation: "yes", notes: say("notes") },
      ratings: [{ criterion: "production_ownership", level: 3, evidence: say("evidence") }],
      ...{ reason: say("reason"), submittedBy: by, byAdmin: false, client: "test", submittedAt: AT },
    });
    await tx.insert(t.votes).values({
      ...of(),
      ...{
        memberId: by,
        version: 1,
        vote: "yes",
        reason: say("vote"),
        onPanel: true,
        client: "test",
        castAt: AT,
      },
    });
    await tx.insert(t.decisions).values({
      ...of(),
      ...{ memberId: by, version: 900, decidedAt: AT },
      evidenceSnapshot: {
        ...{ scorecards: [], assessment: null, votes: [], majority: null, against_majority: false },
        submission: { url: say("url"), head_sha: say("sha") },
      },
    });
    await tx.insert(t.interviews).values({
      ...of(),
      ...{ round: "screen", startsAt: AHEAD, endsAt: new Date(+AHEAD + 3_600_000), location: say("place") },
      ...{
        status: "booked",
        uid: uuidv7(),
        sequence: 0,
        reason: say("reason"),
        scheduledBy: by,
        changedBy: by,
      },
      ...{ createdAt: AT, updatedAt: AT },
    });
    await tx.insert(t.assignments).values({
      ...of(),
      ...{
        exercise: "overprovisioned-serving",
        status: "given",
        url: say("url"),
        githubUsername: say("user"),
      },
      ...{ startSha: say("sha"), dueAt: AHEAD, assignedBy: by, createdAt: AT },
    } as typeof t.assignments.$inferInsert);
    await tx.insert(t.offers).values({
      ...of(),
      ...{ version: 1, status: "extended", base: 180_000, currency: "USD", period: "year", extendedAt: AT },
      ...{ bonus: say("bonus"), equity: say("equity"), note: say("note"), notedBy: by, recordedBy: by },
      ...{ client: "test", recordedAt: AT },
    });
    const message = of();
    await tx.insert(t.messages).values({
      ...message,
      ...{ purpose: "status_update", recipient: email, subject: say("subject"), body: say("body") },
      ...{ status: "sent", madeFrom: whole({ facts: say("fact") }), draftedBy: by, createdAt: AT },
    });
    await tx.insert(t.outbox).values({
      ...{
        workspaceId,
        id: message.id,
        state: "sent",
        sendAt: AT,
        fromName: "Ada",
        fromAddress: "a@example.test",
      },
      ...{
        messageId: `<${message.id}@example.test>`,
        approvedBy: by,
        approvedAt: AT,
        outcome: say("outcome"),
      },
    });
    await tx.insert(t.replies).values({ workspaceId, id: document.id, messageId: message.id });
    const imported = { source: say("system"), importedBy: by, importedAt: AT };
    await tx.insert(t.importedRecords).values({
      ...of(),
      ...{ kind: "note", title: say("title"), text: say("text"), author: say("author"), ...imported },
      recommendation: say("recommendation"),
    });
    await tx.insert(t.importKeys).values({ workspaceId, key: "f00d", applicationId, importedAt: AT });
    await tx.insert(t.uploads).values({
      ...of(),
      ...{ memberId: by, kind: "resume", linkHash: `link ${applicationId}`, keyHash: `key ${applicationId}` },
      ...{ expiresAt: AT, documents: [document.id] },
    });
    const change = { changedBy: by, client: "test", changedAt: AT, documentId: document.id };
    const values = { before: say("before"), after: say("after"), reason: say("reason") };
    const theirs = await personAt(tx, workspaceId, other);
    await tx.insert(t.changes).values([
      { workspaceId, id: uuidv7(), candidateId, applicationId, field: "name", ...values, ...change },
      {
        ...{
          workspaceId,
          id: uuidv7(),
          candidateId: theirs.candidateId,
          applicationId: theirs.applicationId,
        },
        ...{ field: "moved_to", ...values, ...change },
      },
    ]);
    await tx.insert(t.consents).values({
      ...{ workspaceId, id: uuidv7(), candidateId, how: say("how"), recordedBy: by, recordedAt: AT },
    });
    await tx.insert(t.legalHolds).values({
      ...{
        workspaceId,
        id: uuidv7(),
        candidateId,
        reason: say("hold"),
        placedBy: by,
        placedAt: AT,
        releasedAt: AT,
      },
    });
    await tx
      .insert(t.suppressions)
      .values([{ workspaceId, id: uuidv7(), email, reason: say("reason"), candidateId, createdAt: AT }]);
    await tx.insert(t.selfReports).values({ workspaceId, applicationId, question: "sex", answer: "female" });
    for (const [kind, payload] of [
      ["exercise.given", { url: say("url") }],
      ["submission.snapshot", { head_sha: say("sha") }],
    ] as const)
      await appendEvent(tx, {
        ...{ workspaceId, chainId: applicationId, at: AT, kind, memberId: by, client: "test", tool: "test" },
        payload,
      });
  });
}

/** Tables with a workspace's rows. */
export async function tablesOf({ read }: Store): Promise<string[]> {
  const result = await read((db) =>
    db.execute(sql`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'workspace_id' order by 1`),
  );
  return rowsOf<{ name: string }>(result).map(({ name }) => name);
}

/** Columns, as `table.column`, that hold a word somewhere in the workspace; of bytes too. */
export async function columnsWith({ read, workspaceId }: Store, tables: readonly string[], word: string) {
  const columns = new Set<string>();
  const hex = Buffer.from(word).toString("hex");
  for (const table of tables) {
    const result = await read((db) =>
      db.execute(
        sql`select to_jsonb(t) as row from ${sql.identifier(table)} t where workspace_id = ${workspaceId}`,
      ),
    );
    for (const { row } of rowsOf<{ row: Record<string, unknown> }>(result))
      for (const [column, value] of Object.entries(row)) {
        const text = (JSON.stringify(value) ?? "").toLowerCase();
        if (text.includes(word) || text.includes(hex)) columns.add(`${table}.${column}`);
      }
  }
  return columns;
}

/** Files below a directory that hold a word, by their paths. */
export function filesWith(directory: string, word: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(word));
}
