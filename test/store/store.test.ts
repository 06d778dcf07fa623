import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { translate, UnansweredCommit } from "../../src/store/database/failures.ts";
import { members } from "../../src/store/tables.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();

describe("a write", () => {
  it("is rolled back when the caller has gone away by its end", async () => {
    const store = await database.workspace();
    const caller = new AbortController();
    const writing = store.write(caller.signal, async (tx) => {
      await tx.update(members).set({ name: "Changed" }).where(eq(members.workspaceId, store.workspaceId));
      caller.abort();
    });
    await expect(writing).rejects.toMatchObject({ code: "declined" });
    const [member] = await store.read((db) =>
      db.select().from(members).where(eq(members.workspaceId, store.workspaceId)),
    );
    expect(member?.name).toBe("Ada Byron");
  });

  it("is rolled back when it throws, and what it threw passes through", async () => {
    const store = await database.workspace();
    const defect = new Error("a defect");
    const writing = store.write(new AbortController().signal, async (tx) => {
      await tx.update(members).set({ name: "Changed" }).where(eq(members.workspaceId, store.workspaceId));
      throw defect;
    });
    await expect(writing).rejects.toBe(defect);
    const [member] = await store.read((db) =>
      db.select().from(members).where(eq(members.workspaceId, store.workspaceId)),
    );
    expect(member?.name).toBe("Ada Byron");
  });

  it("runs again when the database asks for it, and gives up after the third time", async () => {
    const store = await database.workspace();
    let tries = 0;
    const writing = store.write(new AbortController().signal, async () => {
      tries += 1;
      throw Object.assign(new Error("serialization"), { code: "40001" });
    });
    await expect(writing).rejects.toMatchObject({ code: "unavailable" });
    expect(tries).toBe(3);
  });
});

describe("translate", () => {
  const with_ = (code: string) =>
    new Error("drizzle", { cause: Object.assign(new Error("s3cret"), { code }) });
  it.each([
    ["ECONNREFUSED", /did not answer/],
    ["57P01", /did not answer/],
    ["53300", /did not answer/],
    ["57014", /took too long/],
    ["55P03", /took too long/],
    ["3D000", /does not exist/],
    ["28P01", /refused the sign-in/],
    ["28000", /refused the sign-in/],
    ["42501", /lacks rights/],
    ["25006", /read-only copy/],
    ["53100", /is full/],
    ["ENOSPC", /is full/],
  ])("puts %s into our words", (code, words) => {
    expect(() => translate(with_(code))).toThrow(
      expect.objectContaining({ code: "unavailable", message: expect.stringMatching(words) }),
    );
    expect(() => translate(with_(code))).not.toThrow(/s3cret/);
  });

  it.each([
    ["Query read timeout", /did not answer/],
    ["SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", /refused the sign-in/],
    ["The server does not support SSL connections", /encrypted/],
  ])("puts the driver's own %j, which has no code, into our words", (said, words) => {
    const failing = () => translate(new Error("drizzle", { cause: new Error(said) }));
    expect(failing).toThrow(
      expect.objectContaining({ code: "unavailable", message: expect.stringMatching(words) }),
    );
  });

  it("does not say that nothing was changed when the answer to a commit is lost", () => {
    expect(() => translate(new UnansweredCommit(with_("ECONNRESET")))).toThrow(
      /not known whether this was saved; repeating is safe/,
    );
  });

  it("lets a defect through for the edge to hide", () => {
    const defect = with_("23505");
    expect(() => translate(defect)).toThrow(defect);
  });
});
