import { createHash, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { StoredAssessment } from "../../src/domain/evaluation/stored-assessment.ts";
import type { OutboxState } from "../../src/domain/outreach/outbox.ts";
import type { SubmissionFacts } from "../../src/domain/submission/facts.ts";
import { appendEvent } from "../../src/store/events.ts";
import type { Db, Store } from "../../src/store/store.ts";
import * as t from "../../src/store/tables.ts";
import { randomPipeline, type Story } from "./random-pipeline.ts";
import { randomRounds } from "./random-rounds.ts";
import { TEMPLATE } from "./seeded.ts";

const NOW = new Date("2026-11-24T09:00:00.123Z");
/** Signs that a text format could lose: line ends of several kinds, quotes, a tab, and a letter beyond the basic plane. */
const HARD_WORDS = 'Zoë "Q" O\'Kafor\\\u2028\u2029\u0085\r\n\tRan 12 models in production 🚀 { } \u200b';

/** A workspace with rows in every table: random histories, and one row at least of what they have none of. */
export async function fillWorkspace(
  store: Store,
  { count = 30, seed = 7, outbox = ["sent", "failed"] as readonly OutboxState[] } = {},
): Promise<readonly Story[]> {
  const { workspaceId } = store;
  const { stages } = TEMPLATE;
  const stories = await randomPipeline(store, { count, seed, stages, now: NOW });
  const [admin] = await store.read((db) =>
    db.select().from(t.members).where(eq(t.members.workspaceId, workspaceId)),
  );
  const [story] = stories;
  if (!admin || !story) throw new Error("a filled workspace has an admin and applications");
  await randomRounds(store, stories, { stages, members: [admin.id], seed, now: NOW });
  await store.write(new AbortController().signal, async (tx) => {
    for (const { id } of stories) await addDocuments(tx, { workspaceId, member: admin.id, application: id });
    await addOneOfEach(tx, { workspaceId, member: admin.id, application: story.id });
    for (const state of outbox)
      await addMessage(tx, { workspaceId, member: admin.id, application: story.id }, state);
    // The program's own moments have milliseconds. The database's, such as those of a migration, have more.
    await tx.execute(sql`update candidates set created_at = created_at + interval '456 microseconds'`);
  });
  return stories;
}

type Where = { readonly workspaceId: string; readonly member: string; readonly application: string };

async function addDocuments(tx: Db, { workspaceId, member, application }: Where): Promise<void> {
  for (const extension of [".pdf", "", ".txt"]) {
    const [id, bytes] = [uuidv7(), randomBytes(2_000)];
    const text = `${HARD_WORDS} ${application}`;
    await tx.insert(t.documents).values({
      ...{ workspaceId, id, applicationId: application, kind: "resume", name: `résumé${extension}`, text },
      ...{ sha256: createHash("sha256").update(bytes).digest(), hiddenTextRemoved: 0 },
      ...{ addedBy: member, createdAt: NOW },
    });
    await tx
      .insert(t.originals)
      .values({ workspaceId, id, applicationId: application, extension, bytes, reader: 1 });
  }
}

async function addMessage(tx: Db, where: Where, state: OutboxState): Promise<void> {
  const { workspaceId, member, application } = where;
  const id = uuidv7();
  const status = state === "waiting" || state === "sending" ? "approved" : state;
  await tx.insert(t.messages).values({
    ...{
      workspaceId,
      id,
      applicationId: application,
      purpose: "status_update",
      recipient: "p0@example.test",
    },
    ...{ subject: "Hello", body: HARD_WORDS, status, madeFrom: { note: null, sender: "first@example.test" } },
    ...{ draftedBy: member, createdAt: NOW },
  });
  await tx.insert(t.outbox).values({
    ...{ workspaceId, id, state, sendAt: NOW, fromName: "First", fromAddress: "first@example.test" },
    ...{ messageId: `<${id}@example.test>`, approvedBy: member, approvedAt: NOW },
  });
  const [document] = await tx.select().from(t.documents).where(eq(t.documents.applicationId, application));
  await tx
    .insert(t.replies)
    .values({ workspaceId, id: document?.id ?? "", messageId: id })
    .onConflictDoNothing();
}

async function addOneOfEach(tx: Db, { workspaceId, member, application }: Where): Promise<void> {
  const one = () => ({ workspaceId, id: uuidv7() });
  const its = () => ({ ...one(), applicationId: application });
  const [{ candidateId } = { candidateId: "" }] = await tx
    .select()
    .from(t.applications)
    .where(eq(t.applications.id, application));
  await tx.insert(t.availability).values({
    ...{ ...one(), memberId: member, timezone: "Europe/Lisbon", hours: {} as never, bufferMinutes: 15 },
    ...{ calendar: "https://calendar.example.test/secret.ics", busy: [[1, 2, "x"]], updatedAt: NOW },
  });
  await tx
    .insert(t.retentionSettings)
    .values({ workspaceId, key: "default", months: 12, why: "our plan", setBy: member, setAt: NOW });
  await tx.insert(t.impactSwitch).values({ workspaceId, turnedOnBy: member, turnedOnAt: NOW });
  await tx
    .insert(t.selfReports)
    .values({ workspaceId, applicationId: application, question: "sex", answer: "female" });
  await tx.insert(t.assessments).values({
    ...{ ...its(), inputs: "00", findings: [], result: { flags: [] } as unknown as StoredAssessment },
    ...{ assessedBy: member, createdAt: NOW },
  });
  await tx.insert(t.submissions).values({
    ...{ ...its(), url: "https://git.example.test/a", headSha: "0".repeat(40), createdAt: NOW },
    facts: { ratio: 0.1 + 0.2 } as unknown as SubmissionFacts,
  });
  await tx.insert(t.decisions).values({
    ...{ ...its(), memberId: member, version: 2, decidedAt: NOW },
    evidenceSnapshot: {
      ...{ scorecards: [], assessment: null, submission: null, votes: [], majority: null },
      against_majority: false,
    },
  });
  await tx.insert(t.offers).values({
    ...{
      ...its(),
      version: 1,
      status: "draft",
      base: 9_007_199_254_740_991,
      currency: "EUR",
      period: "year",
    },
    ...{ startDate: "2027-01-04", recordedBy: member, client: "test", recordedAt: NOW },
  });
  await tx
    .insert(t.suppressions)
    .values({ ...one(), email: "stop@example.test", reason: "asked", createdAt: NOW });
  await tx.insert(t.changes).values([
    {
      ...one(),
      candidateId,
      field: "name",
      before: "A",
      after: HARD_WORDS,
      changedBy: member,
      client: "test",
      changedAt: NOW,
    },
    {
      ...one(),
      candidateId,
      field: "tags",
      before: ["a"],
      after: [],
      changedBy: member,
      client: "test",
      changedAt: NOW,
    },
  ]);
  await tx.insert(t.importedRecords).values({
    ...{ ...its(), kind: "note", text: HARD_WORDS, author: "Grace", source: "sheet" },
    ...{ importedBy: member, importedAt: NOW },
  });
  // Upper case before lower case by bytes, and between each other by the rules of a language.
  for (const key of ["b", "A", "a", "B"])
    await tx.insert(t.importKeys).values({ workspaceId, key, applicationId: application, importedAt: NOW });
  await tx
    .insert(t.erasures)
    .values({ ...one(), candidateId: uuidv7(), hashes: ["00", "ff"], erasedAt: NOW, clearedAt: NOW });
  await tx
    .insert(t.legalHolds)
    .values({ ...one(), candidateId, reason: "court", placedBy: member, placedAt: NOW });
  await tx
    .insert(t.consents)
    .values({ ...one(), candidateId, until: "2027-02-28", how: "mail", recordedBy: member, recordedAt: NOW });
  await tx
    .insert(t.confirmations)
    .values({ ...one(), codeHash: "x", memberId: member, tool: "test", argumentsHash: "y", expiresAt: NOW });
  await tx
    .insert(t.tokens)
    .values({ ...one(), memberId: member, name: "laptop", hash: uuidv7(), createdAt: NOW, expiresAt: NOW });
  await tx
    .insert(t.uploads)
    .values({ ...its(), memberId: member, kind: "resume", linkHash: "z", expiresAt: NOW });
  for (const kind of ["application.add", "application.move"])
    await appendEvent(tx, {
      ...{ workspaceId, chainId: application, at: NOW, kind, memberId: member, client: "test", tool: "test" },
      payload: { to: "screen", n: 1.5, list: ["a", null] },
    });
}
