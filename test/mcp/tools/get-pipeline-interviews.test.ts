import { expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { ALAN, GRACE, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const ROUND = { application: "MLE-1", round: "screen" };

it("shows the interview that is next, and raises no alarm before it; then whose card is due, or another booking", async () => {
  const { ada } = await startPanel(await database.workspace());
  const look = async () => {
    const { roles, needs_attention } = await ada.ok("get_pipeline", { role: "MLE" });
    const [person] = roles[0]?.stages.find(({ id }) => id === "screen")?.applications ?? [];
    return {
      ...{ waits_for: person?.waits_for, next_interview: person?.next_interview },
      owed: person?.tasks.map(({ what, by }) => [what, ...by].join(" ")),
      alarm: needs_attention.some(({ ref }) => ref === "MLE-1"),
    };
  };
  const late = { alarm: true, next_interview: undefined, waits_for: "us" };
  ada.clock.now = new Date("2026-12-02T09:00:00Z");
  expect(await look()).toEqual({ ...late, owed: ["booking ada@example.test"] });
  const start = "2026-12-04T09:00:00Z";
  await ada.ok("schedule_interview", { ...ROUND, start, override: true, reason: "Agreed by phone." });
  expect(await look()).toEqual({
    ...{ waits_for: "interview", owed: [], alarm: false },
    next_interview: { round: "screen", start: "2026-12-04T09:00:00+00:00", interviewers: [ALAN, GRACE] },
  });
  expect((await ada.ok("find_candidates", { owed_by: GRACE })).total).toBe(0);
  ada.clock.now = new Date("2026-12-04T12:00:00Z");
  expect(await look()).toEqual({ ...late, owed: [`scorecards ${ALAN}`, `scorecards ${GRACE}`] });
  await ada.ok("schedule_interview", { ...ROUND, outcome: "no_show" });
  expect(await look()).toEqual({ ...late, owed: ["booking ada@example.test"] });
});
