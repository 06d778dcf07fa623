import { describe, expect, it } from "vitest";
import { commitmentLines } from "../../../../src/mcp/text/fields/team.ts";

const NOTHING = { cards: [], panels: [], interviews: [], applications: [], roles: [] };

describe("what somebody was down for, in the terminal's words", () => {
  it("is a line for each kind, with what gives it to somebody else", () => {
    const left = {
      cards: [{ ref: "MLE-1", round: "screen" }],
      panels: [{ role: "MLE", rounds: ["screen", "incident"] }],
      interviews: [{ ref: "MLE-1", round: "screen", start: "2026-11-26T09:00:00.000Z" }],
      applications: ["MLE-2", "MLE-7"],
      roles: ["MLE"],
    };
    expect(commitmentLines(left, "Nobody waits for them any more")).toEqual([
      "Scorecards not submitted: MLE-1 screen. Nobody waits for them any more; to name somebody else: update_role (panel).",
      "On the panel of: MLE screen, MLE incident. To name somebody else: update_role (panel).",
      "Interviews still booked: MLE-1 screen on 2026-11-26T09:00:00.000Z. To move or cancel them: schedule_interview.",
      "Applications they look after: MLE-2, MLE-7. What is owed there is still told as theirs; " +
        "to name somebody else: update_candidate (application, owner).",
      "Roles they own: MLE. What is owed there is still told as theirs; to name somebody else: update_role (owner).",
    ]);
    expect(commitmentLines({ ...NOTHING, cards: left.cards }, "A viewer can do none of it")[0]).toMatch(
      /MLE-1 screen\. A viewer can do none of it/,
    );
  });

  it("is nothing where there was nothing", () => {
    expect(commitmentLines(NOTHING, "Nobody waits for them any more")).toEqual([]);
  });
});
