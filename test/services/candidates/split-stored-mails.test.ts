import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { loadMailWords } from "../../../src/catalog/mail-words.ts";
import { splitStoredMails } from "../../../src/services/candidates/split-stored-mails.ts";
import { documents } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const OURS = "What has to change: p99 latency of the ranking endpoint from 420 ms to under 150 ms by June";
const WHOLE = `From: Zoe <zoe@example.test>\nTo: Ada\n\nThursday is fine.\n\nOn 30 Nov 2026, Ada <ada@example.test> wrote:\n> ${OURS}`;

/** A workspace as an earlier release left it: mails are stored whole. */
async function beginBefore(mails: readonly string[]) {
  const store = await database.workspace();
  const { workspaceId } = store;
  const greenflag = await startWithCandidate({ store });
  for (const text of mails) await greenflag.ok("add_document", { application: "MLE-1", kind: "email", text });
  await greenflag.ok("score_candidate", { application: "MLE-1" });
  const ofHere = eq(documents.workspaceId, workspaceId);
  const stored = await database.db.select().from(documents).where(ofHere).orderBy(documents.id);
  const emails = stored.filter(({ kind }) => kind === "email");
  for (const [n, { id }] of emails.entries())
    await database.db
      .update(documents)
      .set({ text: mails[n] ?? "", apart: [], mail: null })
      .where(eq(documents.id, id));
  const loaded: string[] = [];
  const words = async () => {
    loaded.push("words");
    return loadMailWords();
  };
  const upgrade = () => splitStoredMails(store, words, () => greenflag.clock.now);
  return { store, greenflag, emails, upgrade, loaded };
}

describe("mails that an earlier release stored whole", () => {
  it("are split as new ones are, and assessments made from them are stale until they are made anew", async () => {
    const { greenflag, emails, upgrade, loaded } = await beginBefore([WHOLE, "Thank you.", `Ada: ${OURS}`]);
    const assessed = async () => (await greenflag.ok("get_candidate", { application: "MLE-1" })).assessment;
    expect(await assessed()).not.toHaveProperty("stale_at");
    await upgrade();
    for (const before of emails) {
      const [after] = await database.db.select().from(documents).where(eq(documents.id, before.id));
      const { text, apart, mail, pages, sha256 } = before;
      expect(after).toMatchObject({ text, apart, mail, pages, sha256 });
    }
    expect((await assessed()).stale_at).toBe(greenflag.clock.now.toISOString());
    const again = await greenflag.ok("add_document", { application: "MLE-1", kind: "email", text: WHOLE });
    expect(again.note).toMatch(/already there/);

    await upgrade();
    expect(loaded).toHaveLength(1);
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    expect(await assessed()).not.toHaveProperty("stale_at");
  });

  it("are split once, when two processes open the store at the same time", async () => {
    const { store, emails, upgrade } = await beginBefore(
      Array.from({ length: 49 }, (_, n) => `${WHOLE}\n> ${n}`),
    );
    await Promise.all([upgrade(), upgrade()]);
    const rows = await store.read((db) =>
      db
        .select({ n: sql<number>`count(*)::int`, passages: sql<number>`sum(jsonb_array_length(apart))::int` })
        .from(documents)
        .where(sql`workspace_id = ${store.workspaceId} and mail is not null`),
    );
    expect(rows).toEqual([{ n: emails.length, passages: emails.length }]);
  });
});
