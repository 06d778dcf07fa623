import { describe, expect, it } from "vitest";
import { ERAS } from "../support/clients.ts";
import { useDatabase } from "../support/database.ts";
import { type Harness, start } from "../support/harness.ts";
import { ALAN, addMember, card, GRACE, startPanel } from "../support/panel.ts";

const database = useDatabase();
const at = (day: number, hour = 9) => new Date(Date.UTC(2026, 10, day, hour));
const RITA = "rita@example.test";

/** What somebody has to do by their agenda, each as its kind and the application. */
const agenda = async (who: Harness, args = {}): Promise<string[]> =>
  (await who.ok("get_agenda", args)).items.map(({ kind, application }) => `${kind} ${application}`);

const sentByHand = async (who: Harness, application: string, more = {}): Promise<string> => {
  const { message } = await who.ok("draft_outreach", { application, ...more });
  await who.agreed("send_message", { message: message.id, sent_by_hand: true });
  return message.purpose;
};

describe.each(ERAS)("a recruiter's week, %s", (era) => {
  it("mends what was mistyped, joins one person's two records, and tells everybody how it ended", async () => {
    const { store, ada } = await startPanel(await database.workspace(), { era });
    await addMember(store, RITA, "recruiter");
    const rita = await start({ store, member: RITA, clock: ada.clock, era });

    // Monday: somebody by phone, and somebody who is there already under another address.
    const kim = await rita.ok("add_candidate", {
      ...{ role: "MLE", name: "Kim Prak", phone: "+351 912 345 678", source: "referral" },
      resume_text: "Ran 12 models in production on Triton.",
    });
    const again = await rita.ok("add_candidate", {
      ...{ role: "MLE", name: "Zoe Okafor", email: "zoe.okafor@mail.test", source: "careers page" },
    });
    expect(again.possible_duplicates).toContainEqual(
      expect.objectContaining({ ref: "MLE-1", name: "Zoë Okafor" }),
    );
    const [kimRef, zoeRef] = [kim.application.ref, again.application.ref];
    const mended = await rita.ok("update_candidate", { application: kimRef, name: "Kim Park" });
    expect(mended.changed).toEqual([{ field: "name", before: "Kim Prak", after: "Kim Park" }]);
    const asked = await rita.ok("update_candidate", { application: zoeRef, merge_into: "MLE-1" });
    expect(asked.confirmation?.summary).toMatch(/cannot be undone/);
    await rita.agreed("update_candidate", { application: zoeRef, merge_into: "MLE-1" });
    expect((await rita.ok("get_candidate", { application: zoeRef })).ref).toBe("MLE-1");

    // Tuesday: a letter was stored with the wrong person.
    ada.clock.now = at(25);
    const { document } = await rita.ok("add_document", {
      ...{
        application: "MLE-1",
        kind: "cover_letter",
        text: "I would move your Ray clusters to spot capacity.",
      },
    });
    const moved = await rita.ok("update_document", {
      ...{ application: "MLE-1", document: document.id, move_to: kimRef },
    });
    expect(moved.moved).toEqual({ from: "MLE-1", to: kimRef });
    const found = await rita.ok("find_candidates", { query: '"spot capacity" -kubeflow' });
    expect(found.applications.map(({ ref }) => ref)).toEqual([kimRef]);

    // Wednesday: she may not reject; a hiring manager does, with a kind of reason, and it stays on the list until told.
    ada.clock.now = at(26);
    const rejection = {
      ...{ application: kimRef, to: "rejected", reason: "No on call work in the letter" },
      reason_category: "skills",
    };
    expect(await rita.refused("move_candidate", rejection)).toMatch(/recruiter/);
    await ada.agreed("move_candidate", rejection);
    const { not_told } = await rita.ok("get_pipeline", {});
    expect(not_told?.people[0]).toMatchObject({
      ...{ application: kimRef, name: "Kim Park", why: "rejected", cannot_be_written_to: "no_address" },
    });
    await rita.ok("update_candidate", { application: kimRef, email: "kim.park@mail.test" });
    expect(await agenda(ada)).toContain(`not_told ${kimRef}`);
    expect(await sentByHand(rita, kimRef)).toBe("rejection");
    expect(await agenda(ada)).not.toContain(`not_told ${kimRef}`);

    // What was changed is read in one place.
    const { changes, history } = await rita.ok("get_candidate", {
      application: kimRef,
      include: ["history"],
    });
    expect(changes?.map(({ field }) => field)).toEqual(["name", "moved_from", "email"]);
    expect(history?.at(-1)).toMatchObject({ to: "rejected", reason_category: "skills" });
  });
});

describe.each(ERAS)("an interviewer's week, %s", (era) => {
  it("owes nothing before they met, reads the brief, and gives a card the day after", async () => {
    const { ada, grace, alan } = await startPanel(await database.workspace(), { era });
    expect(await agenda(grace)).toEqual([]);
    expect(await agenda(ada)).toEqual(["booking MLE-1"]);
    const { interview } = await ada.ok("schedule_interview", {
      ...{ application: "MLE-1", round: "screen", interviewers: [GRACE, ALAN] },
      ...{ start: "2026-11-25T10:00:00Z", override: true, reason: "Hours are not on record" },
    });
    expect(await agenda(ada)).toEqual([]);
    const [mine] = (await grace.ok("get_agenda", {})).items;
    expect(mine).toMatchObject({ kind: "interview", round: "screen", next: { tool: "get_candidate" } });
    expect((await grace.ok("get_candidate", mine?.next.arguments)).brief).toMatchObject({ round: "screen" });

    // They did not come: it is booked again, and nobody owes a card.
    ada.clock.now = at(25, 11);
    const missed = { application: "MLE-1", round: "screen", interview: interview.id, outcome: "no_show" };
    await ada.ok("schedule_interview", missed);
    expect(await agenda(grace)).toEqual([]);
    expect(await agenda(ada)).toEqual(["booking MLE-1"]);
    await ada.ok("schedule_interview", {
      ...{ application: "MLE-1", round: "screen", interviewers: [GRACE, ALAN] },
      ...{ start: "2026-11-26T10:00:00Z", override: true, reason: "Hours are not on record" },
    });

    // The next day they met: each has a day for the card, and neither reads the other's before.
    ada.clock.now = at(26, 12);
    await ada.ok("schedule_interview", { application: "MLE-1", round: "screen", outcome: "held" });
    expect(await agenda(grace)).toEqual(["scorecard MLE-1"]);
    await alan.ok("submit_scorecard", card("screen", [3], "alan-said", { recommendation: "strong_no" }));
    const hidden = await grace.call("get_candidate", { application: "MLE-1", include: ["scorecards"] });
    expect(hidden.text).not.toContain("alan-said");
    await grace.ok("submit_scorecard", card("screen", [3]));
    expect(await agenda(grace)).toEqual([]);

    // Whoever moves them on reads who was against it.
    const { dissent } = await ada.ok("move_candidate", { application: "MLE-1", to: "architecture" });
    expect(dissent).toEqual([expect.objectContaining({ member: ALAN, gave: "strong_no" })]);
  });
});
