import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  type AwaitedFromCandidate,
  overdueAnswer,
  waitingSince,
} from "../../../src/domain/outreach/waiting.ts";
import { lastWords } from "../../../src/store/outreach/messages.ts";
import { longestUnanswered } from "../../../src/store/outreach/unanswered.ts";
import { applications, documents, members, messages, outbox } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";

const database = useDatabase();
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 9));

describe("waiting for us", () => {
  it("is the same for one application and for a whole role, longest first", async () => {
    const store = await database.workspace();
    const { workspaceId } = store;
    const greenflag = await start({ store, clock: { now: day(2) } });
    await greenflag.ok("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    for (let n = 1; n <= 7; n += 1)
      await greenflag.ok("add_candidate", { role: "MLE", name: `P ${n}`, email: `p${n}@example.test` });
    await greenflag.ok("move_candidate", { application: "MLE-7", to: "withdrawn" });
    const all = await database.db
      .select()
      .from(applications)
      .where(eq(applications.workspaceId, workspaceId));
    const of = (n: number) => all.find((a) => a.ref === `MLE-${n}`) ?? all[0];
    const [member] = await database.db.select().from(members).where(eq(members.workspaceId, workspaceId));
    const by = member?.id ?? "";
    const wrote = (n: number, at: Date, kind: "email" | "note" = "email") =>
      database.db.insert(documents).values({
        ...{ workspaceId, id: crypto.randomUUID(), applicationId: of(n)?.id ?? "", kind, name: "x" },
        ...{
          text: "x",
          sha256: new Uint8Array([n, at.getDate()]),
          hiddenTextRemoved: 0,
          addedBy: by,
          createdAt: at,
        },
      });
    const sent = async (n: number, at: Date, purpose: "screen_invite" | "status_update") => {
      const id = crypto.randomUUID();
      await database.db.insert(messages).values({
        ...{
          workspaceId,
          id,
          applicationId: of(n)?.id ?? "",
          purpose,
          recipient: "x",
          subject: "x",
          body: "x",
        },
        ...{ status: "sent" as const, madeFrom: {}, draftedBy: by, createdAt: at },
      });
      await database.db.insert(outbox).values({
        ...{
          workspaceId,
          id,
          state: "sent" as const,
          sendAt: at,
          fromName: "x",
          fromAddress: "x",
          messageId: id,
        },
        ...{ approvedBy: by, approvedAt: at, finishedAt: at },
      });
    };
    await wrote(2, day(5)); // 1 never heard a word; 2 wrote again; 3 was asked something; 4 answered that;
    await sent(3, day(4), "screen_invite");
    await sent(4, day(4), "screen_invite");
    await wrote(4, day(8));
    await sent(5, day(6), "status_update"); // 5 was told to wait; 6 was told so today
    await sent(6, day(19), "status_update");
    await wrote(1, day(18), "note");

    const overdue = async (out: AwaitedFromCandidate | null) => {
      const promised = all.map(({ id }) => ({ id, before: day(17), out }));
      const found = await longestUnanswered(database.db, workspaceId, promised);
      return [...found].map(([id, words]) => ({ one: all.find((a) => a.id === id), words }));
    };
    const found = await overdue(null);
    expect(found.map(({ one }) => one?.ref)).toEqual(["MLE-1", "MLE-2", "MLE-5", "MLE-4"]);
    for (const { one, words } of found) expect(one && (await lastWords(database.db, one))).toEqual(words);
    expect(found.map(({ words }) => waitingSince(words, null)?.getUTCDate())).toEqual([2, 5, 6, 8]);
    const longest = found[0]?.words;
    expect(longest && overdueAnswer(longest, null, 3, day(20))).toEqual({ days: 18, days_over: 15 });
    expect(longest && overdueAnswer(longest, null, 18, day(20))).toBeNull();
    const asked = await lastWords(database.db, of(3) as (typeof all)[0]);
    expect(waitingSince(asked, null)).toBeNull();
    expect((await longestUnanswered(database.db, workspaceId, [])).size).toBe(0);

    // With something out with them, only who wrote last still waits: not 5, whom we told to wait on day 6, and not 1,
    // whose exercise was given after they applied.
    for (const [since, refs] of [
      [null, ["MLE-1", "MLE-2", "MLE-4"]],
      [day(4), ["MLE-2", "MLE-4"]],
    ] as const) {
      const left = await overdue({ since });
      expect(left.map(({ one }) => one?.ref)).toEqual(refs);
      for (const { one, words } of found)
        expect(waitingSince(words, { since }) !== null, one?.ref).toBe(refs.some((ref) => ref === one?.ref));
    }
  });
});
