import { describe, expect, it } from "vitest";
import {
  aggregateOf,
  coverageGaps,
  criteriaOf,
  ratersOf,
  unitsOf,
} from "../../../src/domain/panel/debrief.ts";
import { againstMajority } from "../../../src/domain/panel/decision.ts";
import { dissentOf } from "../../../src/domain/panel/dissent.ts";
import { revise } from "../../../src/domain/panel/revision.ts";
import type { Kit, Scorecard } from "../../../src/domain/panel/scorecard.ts";
import { majorityOf, type Verdict } from "../../../src/domain/panel/verdict.ts";

const anchors = { 1: "a", 2: "b", 3: "c", 4: "d" };
const kit: Kit = {
  ...{ round: "incident", purpose: "p", minutes: 60, questions: [], do_not_ask: [] },
  criteria: ["x", "y", "z"].map((id) => ({ id, label: id.toUpperCase(), anchors })),
};
const card = (member: string, levels: number[], recommendation: Verdict = "yes"): Scorecard => ({
  ...{ id: member, round: "incident", member, version: 1, notes: `notes of ${member}`, reason: null },
  ...{ submittedBy: member, byAdmin: false, client: "c", submittedAt: new Date(0), recommendation },
  ratings: levels.map((level, n) => ({
    criterion: "xyz"[n] ?? "",
    level,
    evidence: `${member} heard ${level}`,
  })),
});
const criteria = criteriaOf([kit], [card("a", [1, 2, 3]), card("b", [3, 2, 4]), card("c", [4, 2])]);

describe("a debrief", () => {
  it("takes means and spreads by arithmetic", () => {
    expect(
      aggregateOf(criteria).map(({ criterion, n, mean, spread }) => [criterion, n, mean, spread]),
    ).toEqual([
      ["x", 3, 2.67, { low: 1, high: 4, sd: 1.25 }],
      ["y", 3, 2, { low: 2, high: 2, sd: 0 }],
      ["z", 2, 3.5, { low: 3, high: 4, sd: 0.5 }],
    ]);
    expect(unitsOf(criteria)).toEqual([
      [1, 3, 4],
      [2, 2, 2],
      [3, 4],
    ]);
  });

  it("names what one person alone has rated, or nobody", () => {
    expect(coverageGaps(criteria)).toEqual([]);
    expect(coverageGaps(criteriaOf([kit], [card("a", [1, 2])])).map((g) => [g.criterion, g.n])).toEqual([
      ["x", 1],
      ["y", 1],
      ["z", 0],
    ]);
  });

  /** Five rounds of three criteria: what it takes to say something about a rater. */
  const rounds = ["r1", "r2", "r3", "r4", "r5"];
  const kits = rounds.map((round) => ({ ...kit, round }));
  const cards = (member: string, levels: number[]) =>
    rounds.map((round) => ({ ...card(member, levels), round }));

  it("computes leniency over shared criteria only", () => {
    const [a, b] = ratersOf(criteriaOf(kits, [...cards("a", [1, 2, 3]), ...cards("b", [3, 2, 4])]));
    expect(a?.leniency).toEqual({ value: -1, n: 15, needed: 15 });
    expect(b?.leniency).toEqual({ value: 1, n: 15, needed: 15 });
  });

  it("withholds leniency and halo of few ratings, with the count and the least", () => {
    const [a, , c] = ratersOf(criteria);
    expect(a).toMatchObject({
      ratings: 3,
      leniency: { value: null, n: 3, needed: 15 },
      halo: { sd: null, n: 3, needed: 15, cards: 1, flat_cards: null },
    });
    expect(c?.halo).toMatchObject({ n: 0, cards: 0 });
    const alone = ratersOf(criteriaOf(kits, cards("a", [1, 2, 3])))[0];
    expect(alone).toMatchObject({ ratings: 15, leniency: { value: null, n: 0 } });
  });

  it("counts cards with one level throughout, and never short ones", () => {
    const [flat, , short] = ratersOf(
      criteriaOf(kits, [...cards("a", [3, 3, 3]), ...cards("b", [1, 2, 3]), ...cards("c", [2, 2])]),
    );
    expect(flat?.halo).toEqual({ sd: 0, n: 15, needed: 15, cards: 5, flat_cards: 5 });
    expect(short?.halo).toMatchObject({ sd: null, n: 0, cards: 0 });
  });

  it("puts dissent first among those against, with their words", () => {
    const two = [card("a", [1, 2, 3], "no"), card("b", [3, 2, 4])];
    const vote = (member: string, given: Verdict) => ({
      ...{ id: member, member, version: 1, onPanel: true, client: "c", castAt: new Date(0) },
      vote: given,
      reason: `because ${member}`,
    });
    expect(dissentOf(criteria, two, [vote("a", "strong_no"), vote("b", "yes")])).toMatchObject([
      { kind: "votes", against: [{ member: "a", evidence: "because a" }], for: [{ member: "b" }] },
      { kind: "recommendations", against: [{ member: "a", evidence: "notes of a" }], for: [{ member: "b" }] },
      {
        kind: "criterion",
        criterion: "x",
        against: [{ member: "a", gave: 1 }],
        for: [{ member: "c", gave: 4 }],
      },
    ]);
    expect(
      dissentOf(criteriaOf([kit], [card("a", [2, 2, 2]), card("b", [3, 3, 3])]), [card("a", [2])], []),
    ).toEqual([]);
  });
});

describe("a majority", () => {
  it.each<[Verdict[], "for" | "against" | null]>([
    [[], null],
    [["yes"], "for"],
    [["yes", "no"], null],
    [["strong_no", "no", "yes"], "against"],
    [["strong_no", "strong_yes", "yes"], "for"],
  ])("of %j is %s", (verdicts, side) => {
    expect(majorityOf(verdicts)).toBe(side);
  });

  const votes = (given: Verdict, on_panel: boolean) => [
    { id: "v", member: "m", version: 1, vote: given, on_panel },
  ];
  it.each([
    ["offer", "no", true, true],
    ["hired", "yes", true, false],
    ["rejected", "yes", true, true],
    ["rejected", "no", true, false],
    ["offer", "no", false, false],
  ] as const)(
    "against which %s goes when it says %s (on the panel: %s): %s",
    (to, given, onPanel, against) => {
      expect(againstMajority(to, votes(given, onPanel)).against_majority).toBe(against);
    },
  );
});

describe("a revision", () => {
  it.each([
    ["the first", undefined, false, undefined, { kind: "first", version: 1 }],
    ["the same, even late", { version: 2, same: true }, true, undefined, { kind: "same", version: 2 }],
    [
      "a correction before the reveal",
      { version: 1, same: false },
      false,
      undefined,
      { kind: "replace", version: 1 },
    ],
    [
      "a change after it, with a reason",
      { version: 1, same: false },
      true,
      "misread",
      { kind: "append", version: 2 },
    ],
  ])("is %s", (_name, before, revealed, reason, expected) => {
    expect(revise(before, { revealed, reason })).toEqual(expected);
  });

  it("takes no late change without a reason", () => {
    expect(() => revise({ version: 1, same: false }, { revealed: true, reason: " " })).toThrow(
      /reason: missing/,
    );
  });
});
