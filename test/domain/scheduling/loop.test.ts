import { describe, expect, it } from "vitest";
import type { Interviewer } from "../../../src/domain/scheduling/availability.ts";
import { parseHours } from "../../../src/domain/scheduling/hours.ts";
import { MINUTE } from "../../../src/domain/scheduling/interval.ts";
import { type LoopRound, planLoop } from "../../../src/domain/scheduling/loop.ts";

const at = (text: string) => Date.parse(text);
const person = (email: string, more: Partial<Interviewer> = {}): Interviewer => ({
  email,
  timezone: "Europe/Berlin",
  hours: parseHours("mon-fri 09:00-17:00", "hours").hours,
  weeklyLimit: null,
  bufferMinutes: 0,
  busy: [],
  interviews: [],
  ...more,
});
const ada = person("ada@x");
const rounds = (who: Interviewer = ada): LoopRound[] => [
  { round: "architecture", minutes: 45, seats: [[who]] },
  { round: "incident", minutes: 60, seats: [[who]] },
  { round: "exercise", minutes: 75, seats: [[who]] },
  { round: "on_call_fit", minutes: 45, seats: [[who]] },
];
const window = { start: at("2026-11-30T00:00Z"), end: at("2026-12-05T00:00Z") };
const candidate = { timezone: "Europe/Berlin", hours: null, interviews: [] };
const plan = (made: readonly LoopRound[], more = {}) =>
  planLoop({ window, rounds: made, candidate, zone: "Europe/Berlin", ...more });

describe("the loop", () => {
  it("holds the rounds in order with a break, two a day at most, in several plans", () => {
    const { plans, stuck } = plan(rounds());
    expect(stuck).toBeUndefined();
    expect(plans).toHaveLength(3);
    for (const one of plans) {
      expect(one.map((p) => p.round)).toEqual(["architecture", "incident", "exercise", "on_call_fit"]);
      for (const [n, next] of one.slice(1).entries())
        expect(next.start - (one[n]?.end ?? 0)).toBeGreaterThanOrEqual(15 * MINUTE);
      const days = one.map((p) => new Date(p.start).toISOString().slice(0, 10));
      for (const day of days) expect(days.filter((d) => d === day).length).toBeLessThanOrEqual(2);
    }
    expect(new Set(plans.map((p) => new Date(p[0]?.start ?? 0).getUTCDate())).size).toBe(3);
  });

  it("counts what it adds towards a weekly limit", () => {
    const limited = person("ada@x", { weeklyLimit: 3 });
    expect(plan(rounds(limited))).toMatchObject({ plans: [], stuck: "on_call_fit" });
    const longer = { start: window.start, end: at("2026-12-12T00:00Z") };
    const { plans } = plan(rounds(limited), { window: longer });
    expect(new Date(plans[0]?.[3]?.start ?? 0).toISOString()).toMatch(/^2026-12-07/);
  });

  it("keeps booked interviews, and plans the rounds after them", () => {
    const held = { start: at("2026-12-02T09:00Z"), end: at("2026-12-02T09:45Z") };
    const [first, ...rest] = rounds();
    const { plans } = plan([{ ...(first as LoopRound), scheduled: held }, ...rest]);
    expect(plans[0]?.map((p) => p.round)).toEqual(["incident", "exercise", "on_call_fit"]);
    expect(plans[0]?.[0]?.start).toBe(at("2026-12-02T10:00Z"));
  });

  it("says which round has no time left", () => {
    const away = person("away@x", { busy: [{ start: window.start, end: window.end }] });
    const made = rounds().map((r) => (r.round === "exercise" ? { ...r, seats: [[away]] } : r));
    expect(plan(made)).toEqual({ plans: [], stuck: "exercise" });
  });
});
