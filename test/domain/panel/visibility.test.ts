import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PanelState, panelCounts, panelProgress, votersOf } from "../../../src/domain/panel/panel.ts";
import { redactFor } from "../../../src/domain/panel/redact.ts";
import { isOwnApplication, mayOwe, visibilityFor } from "../../../src/domain/panel/visibility.ts";
import type { Position } from "../../../src/domain/pipeline/application.ts";
import { panelOf as panel, stages } from "../../support/builders.ts";

const at = (stage: string, status: Position["status"] = "active"): Position => ({ stage, status });
const assignedAt = new Date("2026-11-24T09:00:00Z");
const seat = (member: string, round: string, submitted = false, onTeam = true) => ({
  member,
  round,
  submitted,
  onTeam,
  assignedAt,
});
/** What is hidden from a member, and whose words and votes are left for them. */
const see = (position: Position, state: PanelState, member = "g", earlierRoundsOpen = false) => {
  const visibility = visibilityFor({ stages, earlierRoundsOpen }, position, state, member);
  const redact = redactFor({ id: `id-${member}`, email: member }, visibility);
  return {
    ...visibility,
    canRead: (author: string) => redact.scorecards([{ member: author, round: "" }]).shown.length > 0,
    canReadVote: (author: string) => redact.votes([{ member: author }]).shown.length > 0,
  };
};

describe("the cards of earlier rounds", () => {
  const graceOwes = (screen: boolean) =>
    panel({ seats: [seat("a", "screen", screen), seat("b", "screen", true), seat("g", "incident")] });
  const open = (position: Position, state: PanelState, setting = true) =>
    see(position, state, "g", setting).openRounds;

  it.each([
    [
      "are open once all of them are in",
      at("incident"),
      graceOwes(true),
      ["applied", "screen", "architecture"],
    ],
    ["are not as long as one is missing", at("incident"), graceOwes(false), ["applied", "architecture"]],
    [
      "are not of the round itself or a later one",
      at("debrief"),
      graceOwes(true),
      ["applied", "screen", "architecture"],
    ],
    ["are not of a round that is not over", at("screen"), graceOwes(true), ["applied"]],
    [
      "are not where a card of theirs is missing",
      at("incident"),
      panel({ seats: [seat("g", "screen"), seat("a", "screen", true)] }),
      ["applied"],
    ],
  ])("%s", (_what, position, state, rounds) => expect(open(position, state)).toEqual(rounds));

  it("are named as what is not hidden, where one is in and open", () => {
    const hidden = (setting: boolean) => see(at("incident"), graceOwes(true), "g", setting).hidden;
    expect(hidden(true)).toEqual({ until: "scorecards", rounds: ["incident"], except: ["screen"] });
    expect(hidden(false)).toEqual({ until: "scorecards", rounds: ["incident"] });
  });

  it("are hidden with the others where the role says so", () =>
    expect(open(at("incident"), graceOwes(true), false)).toEqual([]));
});

describe("what is hidden from a member", () => {
  it.each([
    ["somebody who is on nothing", panel({ seats: [seat("a", "screen")] }), at("screen"), []],
    ["somebody whose card is in", panel({ seats: [seat("g", "screen", true)] }), at("screen"), []],
    ["an empty panel", panel({}), at("screen"), []],
    [
      "rounds that are behind, by the role's panel only",
      panel({ planned: [{ member: "g", round: "screen" }] }),
      at("incident"),
      [],
    ],
    [
      "rounds ahead that somebody else was named for",
      panel({ planned: [{ member: "g", round: "incident" }], seats: [seat("a", "incident")] }),
      at("screen"),
      [],
    ],
    [
      "rounds ahead once it was rejected",
      panel({ planned: [{ member: "g", round: "incident" }] }),
      at("screen", "rejected"),
      [],
    ],
    ["a card that is owed", panel({ seats: [seat("g", "screen")] }), at("screen"), ["screen"]],
    ["a card of a round that was passed", panel({ seats: [seat("g", "screen")] }), at("debrief"), ["screen"]],
    [
      "a card that is owed after the end",
      panel({ seats: [seat("g", "screen")] }),
      at("screen", "rejected"),
      ["screen"],
    ],
    ["a round ahead", panel({ planned: [{ member: "g", round: "incident" }] }), at("screen"), ["incident"]],
    [
      "a round ahead, whatever is in by now",
      panel({ planned: [{ member: "g", round: "incident" }], seats: [seat("g", "screen", true)] }),
      at("screen"),
      ["incident"],
    ],
    [
      "a round ahead of a withdrawal, which is free to take back",
      panel({ planned: [{ member: "g", round: "incident" }] }),
      at("screen", "withdrawn"),
      ["incident"],
    ],
  ])("follows from %s", (_name, state, position, owes) => {
    const seen = see(position, state);
    expect(seen.hidden).toEqual(owes.length === 0 ? null : { until: "scorecards", rounds: owes });
    expect([seen.canRead("a"), seen.canRead("g"), seen.canRead("id-g")]).toEqual([
      owes.length === 0,
      true,
      true,
    ]);
  });

  it("hides votes at debrief from a member who still has to vote, and hides no cards", () => {
    const state = panel({ seats: [seat("g", "screen", true), seat("a", "screen", true)], voted: ["a"] });
    const seen = see(at("debrief"), state);
    expect([seen.hidden, seen.canRead("a"), seen.canReadVote("a"), seen.canReadVote("g")]).toEqual([
      null,
      true,
      false,
      true,
    ]);
    expect(see(at("debrief"), state, "stranger").votesHidden).toBeNull();
    expect(see(at("debrief"), { ...state, voted: ["a", "g"] }).votesHidden).toBeNull();
    expect(see(at("screen"), state).votesHidden).toEqual({ until: "vote" });
    expect(see(at("screen"), { ...state, voted: [] }).votesHidden).toBeNull();
    expect(see(at("offer"), state).votesHidden).toBeNull();
  });

  it("is known without the panel for a member who is on none, or whose rounds are over", () => {
    const planned = [{ member: "g", round: "incident" }];
    const asks = (position: Position, openSeat = false) =>
      mayOwe(stages, position, { openSeat, planned }, "g");
    expect(asks(at("screen"))).toBe(true);
    expect(asks(at("incident"))).toBe(false);
    expect(asks(at("screen", "rejected"))).toBe(false);
    expect(asks(at("screen", "rejected"), true)).toBe(true);
    expect(mayOwe(stages, at("screen"), { openSeat: false, planned }, "a")).toBe(false);
  });

  it("never shows a blind member a word of anybody else, whatever the state", () => {
    const member = fc.constantFrom("g", "a", "b");
    const round = fc.constantFrom("screen", "architecture", "incident", "exercise");
    const state = fc.record({
      seats: fc.array(
        fc.tuple(member, round, fc.boolean(), fc.boolean()).map(([m, r, s, t]) => seat(m, r, s, t)),
        { maxLength: 8 },
      ),
      planned: fc.array(fc.record({ member, round }), { maxLength: 6 }),
      voted: fc.uniqueArray(member),
    });
    const position = fc.record({
      stage: fc.constantFrom(...stages.map((s) => s.id)),
      status: fc.constantFrom("active", "withdrawn", "rejected", "hired" as const),
    });
    fc.assert(
      fc.property(state, position, (has, where) => {
        const seen = see(where, panel(has));
        const openSeat = has.seats.some((s) => s.member === "g" && !s.submitted);
        if (openSeat) expect(seen.hidden).not.toBeNull();
        // Without looking the seats of others up it may be thought that something is hidden, never that nothing is.
        if (seen.hidden !== null)
          expect(mayOwe(stages, where, { openSeat, planned: has.planned }, "g")).toBe(true);
        for (const other of ["a", "b"]) {
          expect(seen.canRead(other)).toBe(seen.hidden === null);
          if (seen.canReadVote(other)) expect(seen.hidden).toBeNull();
        }
      }),
    );
  });
});

describe("a panel", () => {
  it("votes without those who have left, and with those who are still to come", () => {
    const state = panel({
      seats: [seat("a", "screen", true), seat("gone", "screen", true, false), seat("b", "incident")],
      planned: [
        { member: "c", round: "exercise" },
        { member: "d", round: "incident" },
      ],
    });
    expect(votersOf(state)).toEqual(["a", "b", "c"]);
  });

  it("counts cards of those who left, and asks no more of them", () => {
    const state = panel({
      seats: [seat("a", "screen", true, false), seat("b", "screen", false, false), seat("c", "screen")],
    });
    expect(panelProgress(state, "screen").scorecards).toEqual({ submitted: 1, of: 2, missing: ["c"] });
    expect(panelCounts(state).scorecards).toEqual({ submitted: 1, of: 2 });
  });
});

describe("one's own application", () => {
  it("is the one that is tied to the member, and no other", () => {
    const zoe = { id: "zoe" };
    expect(isOwnApplication(zoe, { memberId: "zoe" })).toBe(true);
    expect(isOwnApplication(zoe, { memberId: "alan" })).toBe(false);
    expect(isOwnApplication(zoe, { memberId: null })).toBe(false);
  });
});
