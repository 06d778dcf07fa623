import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { ALAN, assign, card, EDSGER, GRACE, met, setAccess, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };

describe("interviewers named for one application", () => {
  it("take the place of those who have not scored, and leave those who have", async () => {
    const { store, ada, alan } = await startPanel(await database.workspace());
    await alan.ok("submit_scorecard", card("screen", [3]));
    await assign(store, "screen", [EDSGER]);
    await assign(store, "screen", [EDSGER]);
    const { tasks, panel } = await ada.ok("get_candidate", { ...MLE, include: [] });
    expect(tasks.map((o: { by: string[] }) => o.by)).toEqual([[EDSGER]]);
    expect(panel.scorecards).toEqual({ submitted: 1, of: 2 });
  });

  it("stand against the role's panel when their round is entered, owe nothing before, and are blind from the start", async () => {
    const { store, ada, alan, grace } = await startPanel(await database.workspace());
    await assign(store, "incident", [ALAN]);
    await alan.ok("submit_scorecard", card("screen", [3]));
    const answer = await grace.ok("submit_scorecard", card("screen", [3]));
    expect(answer.revealed).toBe(true);
    expect((await alan.ok("get_debrief", MLE)).hidden).toMatch(/incident/);
    expect((await ada.ok("get_candidate", { ...MLE, include: [] })).tasks).toEqual([]);
    await ada.ok("move_candidate", { ...MLE, to: "architecture" });
    await ada.ok("move_candidate", { ...MLE, to: "incident" });
    const { tasks } = await ada.ok("get_candidate", { ...MLE, include: [] });
    expect(tasks).toMatchObject([{ what: "booking", round: "incident" }]);
    await met(ada, "incident");
    const owed = await ada.ok("get_candidate", { ...MLE, include: [] });
    expect(owed.tasks).toMatchObject([{ what: "scorecards", round: "incident", by: [ALAN] }]);
  });

  it("cannot be left by a member whom that would show others' scorecards", async () => {
    const { store, alan } = await startPanel(await database.workspace());
    await alan.ok("submit_scorecard", card("screen", [3]));
    await setAccess(store, GRACE, "recruiter");
    await expect(assign(store, "screen", [EDSGER], GRACE)).rejects.toThrow(/still owe a scorecard/);
  });
});
