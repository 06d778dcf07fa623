import { describe, expect, it } from "vitest";
import type { Attention, Delay } from "../../../../src/domain/pipeline/attention.ts";
import { searchClock } from "../../../../src/domain/pipeline/search-clock.ts";
import { attentionText, paceText } from "../../../../src/mcp/text/fields/pipeline.ts";

const clock = (weeks: number) =>
  searchClock(weeks, {
    clean: { low_weeks: 4, high_weeks: 7 },
    mis_scoped: { low_weeks: 9, high_weeks: 14 },
  });
const pressing = { severity: "error", days_over: 6, closeness: 0.5 } as const;
const delay = (kind: Delay["kind"], days: number, more: Partial<Delay> = {}): Delay => ({
  ...{ kind, days, stage: "screen", goal_days: 3, waits_for: "us", ...more },
});
const zoe = (...delays: [Delay, ...Delay[]]): Attention => ({
  ...{ ...pressing, kind: delays[0].kind, ref: "MLE-1", name: "Zoë", delays, step: "work" },
});
const role = (
  kind: "no_outcomes" | "no_loop" | "no_panel" | "search_late" | "search_mis_scoped",
  more = {},
) => attentionText({ ...pressing, kind, ref: "MLE", step: { act: "change_role", role: "MLE" }, ...more });

describe("what waits, in words", () => {
  it("is the worse delay of an application first, then the other", () => {
    expect(attentionText(zoe(delay("over_goal", 9), delay("unanswered", 10)))).toBe(
      "MLE-1 Zoë has been in screen for 9 days and waits for us; the goal is 3. " +
        "Also has had no answer from us on record for 10 days; screen promises one within 3.",
    );
    expect(attentionText(zoe(delay("unanswered", 20), delay("over_goal", 4)))).toBe(
      "MLE-1 Zoë has had no answer from us on record for 20 days; screen promises one within 3. " +
        "Also has been in screen for 4 days and waits for us; the goal is 3.",
    );
  });

  it("says whom an application waits for", () => {
    const out = attentionText(zoe(delay("over_goal", 9, { waits_for: "candidate" })));
    expect(out).toContain("and waits for the candidate");
    expect(attentionText(zoe(delay("over_goal", 9), delay("unanswered", 4)))).toContain("and waits for us");
  });

  it("says when an offer ages, and that its answer is due as well", () => {
    expect(attentionText(zoe(delay("offer_ageing", 9), delay("unanswered", 4)))).toContain(
      "has had an offer for 9 days; offers age after 3. Also has had no answer",
    );
  });

  it("names what a role lacks, with the argument that takes it", () => {
    expect(role("no_outcomes")).toMatch(/update_role takes them as outcomes/);
    expect(role("no_panel")).toMatch(/update_role takes them as panel/);
    expect(role("no_loop")).toMatch(/no interview loop/);
  });

  it("says how long a search has taken beside such searches", () => {
    expect(role("search_late", { clock: clock(8) })).toBe(
      "MLE has been open for 8 weeks, longer than a clean search takes (4 to 7 weeks).",
    );
  });

  it.each([
    [7, "within the time of a clean search"],
    [8, "longer than a clean search takes"],
    [9, "within the time of mis-scoped searches"],
    [14.1, "longer than even mis-scoped searches take"],
  ])("says of %d weeks that they are %s", (weeks, text) => {
    const pace = clock(weeks);
    expect(pace && paceText(pace)).toBe(text);
  });
});
