import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { ADMINISTER } from "../../src/domain/access.ts";
import { rereadDocuments } from "../../src/services/candidates/reread-documents.ts";
import { createStartSession } from "../../src/services/session.ts";
import type { Store } from "../../src/store/store.ts";
import { documents, originals } from "../../src/store/tables.ts";
import { useDatabase } from "../support/database.ts";
import { docx, paragraph, run } from "../support/docx.ts";
import { startWithCandidate } from "../support/record.ts";

const database = useDatabase();
const signal = new AbortController().signal;
const sessionOn = (store: Store) =>
  createStartSession({
    store: async () => store,
    now: () => new Date("2026-11-24T10:00:00Z"),
    member: undefined,
  })({
    ...{ client: "test", tool: "doctor", access: ADMINISTER, signal },
  });

describe("reading stored files again", () => {
  it("replaces what an older reader made of a file, and marks its assessment as stale", async () => {
    const store = await database.workspace();
    const greenflag = await startWithCandidate({ store });
    const bytes = docx({ body: paragraph(run("Ran 12 models in production on KServe 0.13.")) });
    const { document } = await greenflag.ok("add_document", {
      ...{ application: "MLE-1", kind: "cover_letter", name: "letter.docx" },
      base64: Buffer.from(bytes).toString("base64"),
    });
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const reread = async () => rereadDocuments(await sessionOn(store));
    expect(await reread()).toEqual({ files: 0, changed: 0, failed: 0 });

    await store.write(signal, async (tx) => {
      await tx.update(originals).set({ reader: 0 }).where(eq(originals.id, document.id));
      await tx
        .update(documents)
        .set({ text: "Ran12models", sha256: Buffer.from("x") })
        .where(eq(documents.id, document.id));
    });
    expect(await reread()).toEqual({ files: 1, changed: 1, failed: 0 });
    expect(await reread()).toEqual({ files: 0, changed: 0, failed: 0 });
    const read = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["documents"] });
    expect(read.documents[1].untrusted.text).toBe("Ran 12 models in production on KServe 0.13.");
    const again = await greenflag.call("score_candidate", { application: "MLE-1" });
    expect(again.text).not.toContain("nothing was changed");
  });

  it("keeps the bytes of files as they came, and none of pasted texts", async () => {
    const store = await database.workspace();
    const greenflag = await startWithCandidate({ store });
    const bytes = Buffer.from("Zoë, opérations", "latin1");
    await greenflag.ok("add_document", {
      ...{ application: "MLE-1", kind: "cover_letter", name: "letter.TXT", base64: bytes.toString("base64") },
    });
    const kept = await store.read((db) =>
      db.select().from(originals).where(eq(originals.workspaceId, store.workspaceId)),
    );
    expect(kept.map(({ extension }) => extension)).toEqual([".txt"]);
    expect(Buffer.from(kept[0]?.bytes ?? []).equals(bytes)).toBe(true);
  });
});
