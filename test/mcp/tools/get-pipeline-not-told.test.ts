import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { candidates, outbox } from "../../../src/store/tables.ts";
import { setZone } from "../../support/agenda.ts";
import { useDatabase } from "../../support/database.ts";
import { end, move, sentByHand, write } from "../../support/endings.ts";
import { type Harness, start } from "../../support/harness.ts";
import { addMember, assign } from "../../support/panel.ts";
import { seeded } from "../../support/seeded.ts";
import { readCall } from "../../support/told-call.ts";

const database = useDatabase();
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 9));
const PEOPLE = [1, 2, 3, 4, 5, 6].map((n) => ({ name: `Person ${n}`, email: `p${n}@example.test` }));

async function begin(options: { clock?: { now: Date } } = {}) {
  const store = await seeded(await database.workspace(), PEOPLE);
  return { store, ada: await start({ store, ...options }) };
}

const notTold = async (greenflag: Harness, args = {}) => (await greenflag.ok("get_pipeline", args)).not_told;
const refs = async (greenflag: Harness, args = {}) =>
  ((await notTold(greenflag, args))?.people ?? []).map(({ application }) => application);

describe("who is not told", () => {
  it("is whoever was rejected, until a message to them is on record since", async () => {
    const { ada } = await begin();
    expect(await ada.ok("get_pipeline", {})).not.toHaveProperty("not_told");
    await end(ada, "MLE-1");
    const draft = { tool: "draft_outreach", arguments: { application: "MLE-1", purpose: "rejection" } };
    expect(await notTold(ada)).toEqual({
      total: 1,
      people: [
        {
          ...{ application: "MLE-1", name: "Person 1", why: "rejected", since: "2026-11-24T09:00:00.000Z" },
          next: draft,
        },
      ],
    });
    expect((await ada.call("get_pipeline", {})).text).toContain(
      "- MLE-1 Person 1, rejected on 2026-11-24T09:00:00.000Z. Next: draft_outreach with application: MLE-1, purpose: rejection.",
    );
    const { message } = await ada.ok(draft.tool, draft.arguments);
    const send = { tool: "send_message", arguments: { message: message.id } };
    expect((await notTold(ada)).people[0].next).toEqual(send);
    await sentByHand(ada, message.id);
    expect(await notTold(ada)).toBeUndefined();
  });

  it("is not told by what was sent before the rejection, nor by a message that was called off or failed", async () => {
    const clock = { now: day(24) };
    const store = await seeded(await database.workspace(), PEOPLE);
    const ada = await start({
      store,
      clock,
      mail: { smtpUrl: "smtp://127.0.0.1:9", from: "ada@example.test" },
    });
    const early = await ada.ok("draft_outreach", { application: "MLE-1", purpose: "status_update" });
    await sentByHand(ada, early.message.id);
    clock.now = day(25);
    await end(ada, "MLE-1");
    expect(await refs(ada)).toEqual(["MLE-1"]);
    const { message } = await ada.ok("draft_outreach", { application: "MLE-1", purpose: "rejection" });
    const { confirmation } = await ada.ok("send_message", { message: message.id });
    await ada.ok("send_message", { message: message.id, confirm: confirmation.code });
    expect(await refs(ada)).toEqual([]);
    await ada.ok("send_message", { message: message.id, cancel: true });
    expect(await refs(ada)).toEqual(["MLE-1"]);
    // Whether it left is not known: a person looks, and no second letter is prepared.
    await write(store, async (tx) => {
      await tx.update(outbox).set({ state: "unknown" }).where(eq(outbox.id, message.id));
    });
    expect((await notTold(ada)).people[0].next).toEqual({
      tool: "get_candidate",
      arguments: { application: "MLE-1", include: ["messages"] },
    });
  });

  it("is nobody whose rejection was taken back, and whoever is rejected once more", async () => {
    const { ada } = await begin();
    await end(ada, "MLE-1");
    await ada.ok("undo_move", { application: "MLE-1" });
    expect(await refs(ada)).toEqual([]);
    await end(ada, "MLE-1");
    expect(await refs(ada)).toEqual(["MLE-1"]);
    const { message } = await ada.ok("draft_outreach", { application: "MLE-1", purpose: "rejection" });
    await sentByHand(ada, message.id);
    ada.clock.now = day(26);
    await move(ada, "MLE-1", "applied");
    await end(ada, "MLE-1");
    expect(await refs(ada)).toEqual(["MLE-1"]);
  });

  it("says of whom no message can be written to, and why, and hides nobody", async () => {
    const { store, ada } = await begin();
    for (const ref of ["MLE-1", "MLE-2", "MLE-3"]) await end(ada, ref);
    const set = (email: string, change: Partial<typeof candidates.$inferInsert>) =>
      write(store, (tx) =>
        tx
          .update(candidates)
          .set(change)
          .where(and(eq(candidates.workspaceId, store.workspaceId), eq(candidates.email, email))),
      );
    await set("p2@example.test", { doNotContact: true });
    await set("p3@example.test", { email: "nowhere" });
    const { people, total } = await notTold(ada);
    expect(total).toBe(3);
    const look = (application: string) => ({ tool: "get_candidate", arguments: { application } });
    const told = (application: string) => ({
      tool: "send_message",
      arguments: { application, channel: "phone" },
    });
    expect(
      people.map(({ application, cannot_be_written_to, next }) => [application, cannot_be_written_to, next]),
    ).toEqual([
      ["MLE-1", undefined, expect.objectContaining({ tool: "draft_outreach" })],
      ["MLE-2", "do_not_contact", look("MLE-2")],
      ["MLE-3", "no_address", told("MLE-3")],
    ]);
    expect((await ada.call("get_pipeline", {})).text).toMatch(
      /MLE-2 Person 2, rejected on .*; cannot be written to: do not contact\. Next: get_candidate/,
    );
  });

  it("is whoever has ended while an interview of theirs stands, until it is called off", async () => {
    const { store, ada } = await begin();
    await addMember(store, "grace@example.test");
    for (const ref of ["MLE-1", "MLE-2"]) await move(ada, ref, "screen");
    const book = (application: string, start: string) =>
      ada.ok("schedule_interview", {
        ...{ application, round: "screen", interviewers: ["grace@example.test"], start, minutes: 30 },
        ...{ override: true, reason: "Hours are not on record" },
      });
    const { interview } = await book("MLE-1", "2026-12-01T10:00:00Z");
    await book("MLE-2", "2026-12-01T12:00:00Z");
    await end(ada, "MLE-1", "withdrawn");
    const { people } = await notTold(ada);
    expect(people).toEqual([
      {
        ...{ application: "MLE-1", name: "Person 1", why: "interview_stands" },
        interview: { id: interview.id, round: "screen", start: "2026-12-01T10:00:00.000Z" },
        next: {
          tool: "schedule_interview",
          arguments: {
            ...{ application: "MLE-1", round: "screen", interview: interview.id },
            ...{ cancel: true, reason: "The application has ended" },
          },
        },
      },
    ]);
    const { tool, arguments: args } = readCall(people[0].next);
    await ada.ok(tool, args);
    expect(await notTold(ada)).toBeUndefined();
  });

  it("is whoever is active in a role that was closed, which the closing lists with the step for each", async () => {
    const { ada } = await begin();
    const draft = (application: string) => ({
      ...{ tool: "draft_outreach", arguments: { application, purpose: "status_update" } },
    });
    const { still_active } = await ada.ok("update_role", { role: "MLE", status: "filled" });
    expect(still_active.total).toBe(6);
    expect(still_active.applications.map(({ ref, next }) => [ref, next])).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [`MLE-${n}`, draft(`MLE-${n}`)]),
    );
    expect(await refs(ada)).toHaveLength(5);
    expect(await notTold(ada, { role: "MLE" })).toMatchObject({ total: 6, people: { length: 5 } });
    expect((await ada.call("get_pipeline", {})).text).toContain("- and more, once these are told");
    const [first = ""] = await refs(ada);
    const { message } = await ada.ok("draft_outreach", draft(first).arguments);
    await sentByHand(ada, message.id);
    expect(await notTold(ada)).toMatchObject({ total: 5 });
    await ada.ok("update_role", { role: "MLE", status: "open" });
    expect(await notTold(ada)).toBeUndefined();
  });

  it("is named with the interviews ahead when the role is closed, in the caller's zone, with the call that cancels", async () => {
    const { store, ada } = await begin();
    await addMember(store, "grace@example.test");
    await addMember(store, "p2@example.test", "admin");
    for (const ref of ["MLE-1", "MLE-2"]) await move(ada, ref, "screen");
    const book = async (application: string, start: string) =>
      (
        await ada.ok("schedule_interview", {
          ...{ application, round: "screen", interviewers: ["grace@example.test"], start, minutes: 30 },
          ...{ override: true, reason: "Hours are not on record" },
        })
      ).interview.id;
    const [later, sooner] = [
      await book("MLE-1", "2026-12-02T10:00:00Z"),
      await book("MLE-2", "2026-12-01T12:00:00Z"),
    ];
    await setZone(store, "ada@example.test", "America/New_York");
    const closed = await ada.call("update_role", { role: "MLE", status: "cancelled" });
    const cancel = (application: string, interview: string) => ({
      tool: "schedule_interview",
      arguments: {
        ...{ application, round: "screen", interview, cancel: true, reason: "The role has been closed" },
      },
    });
    expect(closed.facts.interviews_booked).toEqual({
      total: 2,
      interviews: [
        {
          ...{ ref: "MLE-2", name: "Person 2", round: "screen", start: "2026-12-01T07:00:00-05:00" },
          next: cancel("MLE-2", sooner),
        },
        {
          ...{ ref: "MLE-1", name: "Person 1", round: "screen", start: "2026-12-02T05:00:00-05:00" },
          next: cancel("MLE-1", later),
        },
      ],
    });
    expect(closed.text).toContain(
      "Interviews still booked, 2 in all. Each stands until it is called off:\n" +
        "- MLE-2 Person 2: screen at 2026-12-01T07:00:00-05:00. Next: schedule_interview with application: MLE-2,",
    );
    await ada.ok("update_role", { role: "MLE", status: "open" });
    const applicant = await start({ store, member: "p2@example.test", clock: ada.clock });
    const again = await applicant.ok("update_role", { role: "MLE", status: "filled" });
    expect(again.interviews_booked).toMatchObject({ total: 1, interviews: [{ ref: "MLE-1" }] });
    const { tool, arguments: args } = readCall(again.interviews_booked.interviews[0].next);
    expect((await ada.ok(tool, args)).interview).toMatchObject({ id: later, status: "cancelled" });
  });

  it("counts who was rejected more than ninety days ago, and does not list them", async () => {
    const { ada } = await begin();
    await end(ada, "MLE-1");
    ada.clock.now = new Date(day(24).getTime() + 80 * 86_400_000);
    await end(ada, "MLE-2");
    ada.clock.now = new Date(day(24).getTime() + 91 * 86_400_000);
    expect(await notTold(ada)).toMatchObject({
      ...{ total: 1, people: [{ application: "MLE-2" }], older: { total: 1, days: 90 } },
    });
    expect((await ada.call("get_pipeline", {})).text).toContain(
      "Ended more than 90 days ago, with no message to them on record since: 1, not listed.",
    );
  });

  it("names to a viewer whose step it is, and to an interviewer and an applicant only whom they may see", async () => {
    const { store, ada } = await begin();
    await addMember(store, "viewer@example.test", "viewer");
    await addMember(store, "edsger@example.test");
    await addMember(store, "p1@example.test", "admin");
    await assign(store, "screen", ["edsger@example.test"], "ada@example.test", "MLE-2");
    for (const ref of ["MLE-1", "MLE-2"]) await end(ada, ref);
    const as = (member: string) => start({ store, member, clock: ada.clock });
    expect((await notTold(await as("viewer@example.test"))).people[0].next.who).toBe("a recruiter");
    expect(await refs(await as("edsger@example.test"))).toEqual(["MLE-2"]);
    expect(await notTold(await as("p1@example.test"))).toMatchObject({
      total: 1,
      people: [{ application: "MLE-2" }],
    });
  });
});
