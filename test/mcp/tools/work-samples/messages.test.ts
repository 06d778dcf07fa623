import { describe, expect, it } from "vitest";
import { BS, moveTo, useBoats, WORK } from "./set-up.ts";

const { begin } = useBoats();

const given = async (exercise: string, stage: string) => {
  const { ada } = await begin();
  await moveTo(ada, stage);
  await ada.ok("assign_exercise", { ...BS, exercise });
  return ada;
};
const FORMS = [
  ["plan", "task", "written task"],
  ["past_work", "task", "portfolio"],
  ["buyer", "quay", "role play"],
  ["pitch", "quay", "talk"],
] as const;

describe("a message about a work sample", () => {
  it.each(FORMS)(
    "invites to %s in its own words, with brief, day and how it is handed in",
    async (id, stage, noun) => {
      const ada = await given(id, stage);
      const { message } = await ada.ok("draft_outreach", { ...BS, purpose: "exercise_invite" });
      expect(`${message.subject}\n${message.body}`).toMatchSnapshot();
      expect(message.subject).toContain(`The ${noun}: `);
      expect(message.body).toContain(`The next step is a ${noun}.`);
      expect(message.body).toMatch(/November 2026, 10:00 CET|December 2026, 10:00 CET/);
      expect(`${message.subject} ${message.body}`).not.toMatch(/GitHub|repository|code/i);
      expect(message.body).toMatch(stage === "task" ? /To hand it in: answer/ : /nothing to send beforehand/);
      expect(message.findings.filter((f: { severity: string }) => f.severity === "error")).toEqual([]);
    },
  );

  it.each(FORMS)("reminds of %s in its own words", async (id, stage, noun) => {
    const ada = await given(id, stage);
    const { message } = await ada.ok("draft_outreach", { ...BS, purpose: "exercise_reminder" });
    expect(`${message.subject}\n${message.body}`).toMatchSnapshot();
    expect(message.body).toContain(`A short note about the ${noun}`);
    expect(message.findings.filter((f: { severity: string }) => f.severity === "error")).toEqual([]);
  });

  it("reminds of nothing that is in", async () => {
    const ada = await given("plan", "task");
    await ada.ok("add_document", WORK);
    expect(await ada.refused("draft_outreach", { ...BS, purpose: "exercise_reminder" })).toMatch(
      /contradicts the record/,
    );
  });
});
