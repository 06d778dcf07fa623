import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Cell,
  type Group,
  MIN_GROUP_SIZE,
  MIN_OUTCOME_SIZE,
  publish,
} from "../../../src/domain/reports/suppress.ts";

const ROLES = ["A", "B", "C", "D"];
const ANSWERS = ["w", "x", "y", "z"];

type Count = Pick<Group, "decided" | "passed">;
/** Groups of every size, with outcomes from nobody to everybody, the few on either side as likely as the many. */
const group = fc
  .oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 80 }))
  .chain((decided) =>
    fc
      .oneof(
        fc.integer({ min: 0, max: decided }),
        fc.integer({ min: 0, max: Math.min(4, decided) }),
        fc.integer({ min: Math.max(0, decided - 4), max: decided }),
      )
      .map((passed) => ({ decided, passed })),
  );
const anyTables = fc
  .uniqueArray(
    fc.record({ role: fc.constantFrom(...ROLES), answer: fc.constantFrom(...ANSWERS), of: group }),
    { selector: (c) => `${c.role}${c.answer}`, maxLength: 16 },
  )
  .map((cells): Cell[] => cells.map(({ of, ...c }) => ({ ...c, ...of })));
/** Large groups with a few small cells among them: much is told, so that there is much to attack. */
const large = fc
  .integer({ min: 20, max: 90 })
  .chain((decided) => fc.integer({ min: 6, max: decided - 6 }).map((passed) => ({ decided, passed })));
const toldTables = fc
  .record({
    of: fc.array(fc.oneof({ weight: 9, arbitrary: large }, group), { minLength: 16, maxLength: 16 }),
    answers: fc.integer({ min: 2, max: 4 }),
    roles: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ of, answers, roles }): Cell[] =>
    ROLES.slice(0, roles).flatMap((role, r) =>
      ANSWERS.slice(0, answers).map((answer, a) => ({ role, answer, ...(of[r * 4 + a] as Count) })),
    ),
  );
const tables = fc.oneof(anyTables, toldTables);

const NOBODY: Count = { decided: 0, passed: 0 };
const plus = (a: Count, b: Count): Count => ({ decided: a.decided + b.decided, passed: a.passed + b.passed });
const minus = (a: Count, b: Count): Count => ({
  decided: a.decided - b.decided,
  passed: a.passed - b.passed,
});
const sum = (of: readonly Count[]): Count => of.reduce(plus, NOBODY);
const told = (groups: readonly Group[], answer: string): Count =>
  groups.find((g) => g.answer === answer) ?? NOBODY;

/** How many people of an answer are in some roles: what an attacker must not learn when it is few. */
const truth = (cells: readonly Cell[], roles: readonly string[], answer: string): Count =>
  sum(cells.filter((c) => roles.includes(c.role) && c.answer === answer));

/** Nobody at all, or enough people with enough of either outcome. */
function expectEnough({ decided, passed }: Count): void {
  if (decided === 0) return;
  expect(decided).toBeGreaterThanOrEqual(MIN_GROUP_SIZE);
  expect(passed).toBeGreaterThanOrEqual(MIN_OUTCOME_SIZE);
  expect(decided - passed).toBeGreaterThanOrEqual(MIN_OUTCOME_SIZE);
}

const subsets = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, n) => (bits >> n) & 1));

describe("suppression", () => {
  it("shows no small group and no small outcome, in all or in a role", () => {
    let seen = 0;
    fc.assert(
      fc.property(tables, (cells) => {
        const { all, roles } = publish(cells);
        for (const { groups } of [all, ...roles.values()])
          for (const g of groups) {
            expectEnough(g);
            expect(g.decided).toBeGreaterThan(0);
            seen += 1;
          }
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("reveals no small group or outcome to a reader who subtracts filtered reports", () => {
    let attacks = 0;
    fc.assert(
      fc.property(tables, (cells) => {
        const { all, roles } = publish(cells);
        for (const chosen of subsets([...roles.keys()])) {
          const others = ROLES.filter((role) => !chosen.includes(role));
          // A role that shows nothing adds nothing to a sum.
          if (!chosen.every((role) => roles.get(role)?.groups.length)) continue;
          for (const answer of ANSWERS) {
            // Sums of roles that are told apart.
            const shown = sum(chosen.map((role) => told(roles.get(role)?.groups ?? [], answer)));
            expectEnough(shown);
            // The whole without them.
            const whole = told(all.groups, answer);
            if (whole.decided === 0) continue;
            const left = minus(whole, shown);
            expect(left).toEqual(truth(cells, others, answer));
            expectEnough(left);
            if (chosen.length > 0 && left.decided > 0) attacks += 1;
          }
        }
      }),
      { numRuns: 500 },
    );
    expect(attacks).toBeGreaterThan(100);
  });

  it("reveals no small group or outcome to a reader who knows the funnel's totals", () => {
    let attacks = 0;
    fc.assert(
      fc.property(tables, (cells) => {
        const { all, roles } = publish(cells);
        const places: [Cell[], readonly Group[]][] = [
          [cells, all.groups],
          ...[...roles].map(([role, t]): [Cell[], readonly Group[]] => [
            cells.filter((c) => c.role === role),
            t.groups,
          ]),
        ];
        for (const [of, groups] of places) {
          if (groups.length === 0) continue;
          const withheld = minus(sum(of), sum(groups));
          expectEnough(withheld);
          if (withheld.decided > 0) attacks += 1;
        }
        // One answer alone is never what is withheld of the whole.
        if (all.groups.length > 0) {
          const hidden = ANSWERS.filter(
            (a) => truth(cells, ROLES, a).decided > 0 && told(all.groups, a).decided === 0,
          );
          expect(hidden.length).not.toBe(1);
        }
        // Nor do roles taken together leave little of the whole, by totals of both.
        const apart = [...roles].filter(([, { groups }]) => groups.length > 0).map(([role]) => role);
        for (const chosen of subsets(apart)) {
          if (all.groups.length === 0) continue;
          const hiddenIn = (of: readonly Cell[]) =>
            sum(of.filter((c) => told(all.groups, c.answer).decided === 0));
          expectEnough(hiddenIn(cells.filter((c) => !chosen.includes(c.role))));
        }
      }),
      { numRuns: 500 },
    );
    expect(attacks).toBeGreaterThan(20);
  });

  const x = { role: "A", answer: "x", decided: 40, passed: 20 };
  const y = { role: "A", answer: "y", decided: 30, passed: 10 };
  const z = { role: "A", answer: "z", decided: 20, passed: 5 };

  it("tells large groups, in all and by role", () => {
    const { all, roles } = publish(["A", "B"].flatMap((role) => [x, y].map((cell) => ({ ...cell, role }))));
    expect(all).toEqual({
      groups: [
        { answer: "x", decided: 80, passed: 40 },
        { answer: "y", decided: 60, passed: 20 },
      ],
      withheld: null,
    });
    expect([...roles.keys()].sort()).toEqual(["A", "B"]);
  });

  it.each([
    ["one rare answer", [x, y, { ...z, decided: 9, passed: 4 }], [], "small_group"],
    ["one who did not pass", [x, { ...y, decided: 14, passed: 13 }], [], "small_outcome"],
    ["a group in which nobody passed", [x, { ...y, passed: 0 }], [], "small_outcome"],
    [
      "a small group before a small outcome",
      [
        { ...x, passed: 1 },
        { ...y, decided: 4 },
      ],
      [],
      "small_group",
    ],
    ["a single answer", [x], [], "no_comparison"],
    ["no more than is needed", [x, y, z, { ...z, answer: "v", passed: 2 }], ["x", "y"], "small_outcome"],
    ["nothing at the least counts", [x, { ...y, decided: 10, passed: 3 }], ["x", "y"], null],
  ] as [string, Cell[], string[], string | null][])("says why, with %s", (_name, cells, shown, withheld) => {
    const { all } = publish(cells);
    expect(all.groups.map(({ answer }) => answer)).toEqual(shown);
    expect(all.withheld).toBe(withheld);
  });

  it("tells a role apart only where the rest of the whole has no small outcome", () => {
    const others = (passed: number) => [x, y].map((c) => ({ ...c, role: "B", passed }));
    expect([...publish([x, y, ...others(10)]).roles.keys()].sort()).toEqual(["A", "B"]);
    const { all, roles } = publish([x, y, ...others(1)]);
    expect(all.groups).toHaveLength(2);
    expect([...roles.keys()]).toEqual([]);
  });
});
