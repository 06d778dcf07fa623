import { describe, expect, it } from "vitest";
import { BS, INES, moveTo, PLAN, useBoats } from "./set-up.ts";

const { begin } = useBoats();
const submissionOf = async (greenflag: Awaited<ReturnType<typeof begin>>["ada"]) =>
  (await greenflag.ok("get_candidate", { ...BS, include: ["submission"] })).submission;

describe("assign_exercise of a work sample", () => {
  it.each([
    ["plan", "written", "2026-12-01", "add_document"],
    ["past_work", "portfolio", "2026-11-29", "add_document"],
    ["buyer", "role_play", "2026-11-30", "submit_scorecard"],
    ["pitch", "talk", "2026-11-30", "submit_scorecard"],
  ])("gives %s without a repository, due when the template says", async (exercise, form, due, tool) => {
    const { ada } = await begin();
    const { submission, steps, next } = await ada.ok("assign_exercise", { ...BS, exercise });
    expect(submission).toEqual({
      ...{ exercise, form, status: "given", repository: null, github_username: null, start_sha: null },
      due: `${due}T09:00:00.000Z`,
    });
    expect(steps.join(" ")).toContain(tool);
    expect(next).toMatchObject({ tool: "draft_outreach", arguments: { purpose: "exercise_invite" } });
    expect(await submissionOf(ada)).toMatchObject({
      at: null,
      assignment: { exercise, form, status: "given" },
    });
  });

  it("says with preview what it would do, and does nothing", async () => {
    const { ada } = await begin();
    const { submission, steps, preview, next } = await ada.ok("assign_exercise", { ...PLAN, preview: true });
    expect([submission.status, preview, next]).toEqual(["planned", true, undefined]);
    expect(steps.join(" ")).toMatch(/Would give plan, a written task, due 2026-12-01.*Nothing was changed/);
    expect(await submissionOf(ada)).toBeNull();
  });

  it("changes nothing when repeated, and moves the due day when another is given", async () => {
    const { ada } = await begin();
    await ada.ok("assign_exercise", PLAN);
    expect((await ada.ok("assign_exercise", PLAN)).steps).toEqual([
      "It was given already: nothing was changed.",
    ]);
    const later = await ada.ok("assign_exercise", { ...PLAN, due: "2026-12-05", preview: true });
    expect(later.steps.join(" ")).toMatch(/Would change when it is due to 2026-12-05/);
    const { submission } = await ada.ok("assign_exercise", { ...PLAN, due: "2026-12-05" });
    expect(submission.due).toBe("2026-12-05T23:59:59.000Z");
    expect(await submissionOf(ada)).toMatchObject({ assignment: { due: submission.due } });
  });

  it("is due at the interview where one is booked for its round, unless a day is named", async () => {
    const { ada, interviewer } = await begin();
    await moveTo(ada, "quay");
    await interviewer("quay");
    const at = { round: "quay", interviewers: [INES], start: "2026-11-26T10:00+01:00" };
    await ada.ok("schedule_interview", { ...BS, ...at, override: true, reason: "For the test" });
    const pitch = { ...BS, exercise: "pitch" };
    const { submission } = await ada.ok("assign_exercise", pitch);
    expect(submission.due).toBe("2026-11-26T09:00:00.000Z");
    const named = await ada.ok("assign_exercise", { ...pitch, due: "2026-11-25" });
    expect(named.submission.due).toBe("2026-11-25T23:59:59.000Z");
  });

  it.each([
    ["a GitHub user", { github_username: "mira" }, /github_username: a written task has no repository/],
    [
      "a repository",
      { repository: "https://github.com/a/b" },
      /repository: a written task has no repository/,
    ],
    ["a due day in the past", { due: "2026-11-01" }, /due: this is in the past/],
    ["a due day that is none", { due: "soon" }, /due: this is no date/],
    ["an unknown exercise", { exercise: "nope" }, /"nope" is not known.*plan, past_work, buyer, pitch/],
    ["an unknown candidate", { application: "BS-9" }, /BS-9/],
  ])("refuses %s, and records nothing", async (_name, changed, text) => {
    const { ada } = await begin();
    expect(await ada.refused("assign_exercise", { ...PLAN, ...changed })).toMatch(text);
    expect(await submissionOf(ada)).toBeNull();
  });

  it("takes one exercise for one application, also when two are given at the same time", async () => {
    const { ada } = await begin();
    const both = await Promise.all(
      ["plan", "past_work"].map((exercise) => ada.call("assign_exercise", { ...BS, exercise })),
    );
    expect(both.filter(({ isError }) => isError).map(({ text }) => text)).toEqual([
      expect.stringMatching(/BS-1 was given (plan|past_work) already/),
    ]);
  });

  it("is not given for a role that is closed, or once the application has ended", async () => {
    const { ada } = await begin();
    await ada.ok("move_candidate", { ...BS, to: "withdrawn", reason: "Took another job" });
    expect(await ada.refused("assign_exercise", PLAN)).toMatch(/BS-1 has ended \(withdrawn\)/);
    await ada.ok("undo_move", BS);
    await ada.ok("update_role", { role: "BS", status: "filled" });
    expect(await ada.refused("assign_exercise", PLAN)).toMatch(/BS is filled.*update_role/s);
  });

  it("is not given by an interviewer", async () => {
    const { interviewer } = await begin();
    const ines = await interviewer("task");
    expect(await ines.refused("assign_exercise", PLAN)).toMatch(/access/);
  });

  it("shows its form in the template's section", async () => {
    const { ada } = await begin();
    const { text } = await ada.call("get_role_template", { template: "boat-seller", section: "exercises" });
    for (const form of ["written", "portfolio", "role_play", "talk"]) expect(text).toContain(form);
  });
});
