import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cell, type Group, publish, SMALLEST } from "../../../src/domain/reports/suppress.ts";

const cell = fc.record({
  role: fc.constantFrom("A", "B", "C", "D"),
  answer: fc.constantFrom("w", "x", "y", "z"),
  decided: fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 80 })),
});
const tables = fc
  .uniqueArray(cell, { selector: (c) => `${c.role}${c.answer}`, maxLength: 16 })
  .map((cells): Cell[] => cells.map((c) => ({ ...c, passed: Math.floor(c.decided / 3) })));

const size = (groups: readonly Group[], answer: string) =>
  groups.find((g) => g.answer === answer)?.decided ?? 0;

/** How many people of an answer are in some roles: what an attacker must not learn when it is few. */
const truth = (cells: readonly Cell[], roles: readonly string[], answer: string) =>
  cells.filter((c) => roles.includes(c.role) && c.answer === answer).reduce((sum, c) => sum + c.decided, 0);

const subsets = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, n) => (bits >> n) & 1));

describe("suppression", () => {
  it("shows no small group, in all or in a role", () => {
    fc.assert(
      fc.property(tables, (cells) => {
        const { all, roles } = publish(cells);
        for (const { groups } of [all, ...roles.values()])
          for (const g of groups) expect(g.decided).toBeGreaterThanOrEqual(SMALLEST);
      }),
    );
  });

  it("gives no small group away to whoever takes filters from each other", () => {
    fc.assert(
      fc.property(tables, (cells) => {
        const { all, roles } = publish(cells);
        const everywhere = [...new Set(cells.map((c) => c.role))];
        for (const chosen of subsets([...roles.keys()])) {
          const others = everywhere.filter((role) => !chosen.includes(role));
          for (const answer of ["w", "x", "y", "z"]) {
            // Sums of roles that are told apart.
            const shownInEach = chosen.every((role) => roles.get(role)?.groups.length);
            const sum = chosen.reduce((n, role) => n + size(roles.get(role)?.groups ?? [], answer), 0);
            if (shownInEach && sum > 0) expect(sum).toBeGreaterThanOrEqual(SMALLEST);
            // The whole without them.
            const whole = size(all.groups, answer);
            if (whole === 0 || !shownInEach) continue;
            const left = whole - sum;
            expect(left).toBe(truth(cells, others, answer));
            if (left > 0) expect(left).toBeGreaterThanOrEqual(SMALLEST);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives no small answer away to whoever knows the totals from the funnel", () => {
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
          const total = of.reduce((n, c) => n + c.decided, 0);
          const withheld = total - groups.reduce((n, g) => n + g.decided, 0);
          if (withheld > 0) expect(withheld).toBeGreaterThanOrEqual(SMALLEST);
        }
        // One answer alone is never what is withheld of the whole.
        if (all.groups.length > 0) {
          const hidden = ["w", "x", "y", "z"].filter(
            (a) => truth(cells, ["A", "B", "C", "D"], a) > 0 && size(all.groups, a) === 0,
          );
          expect(hidden.length).not.toBe(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("tells large groups, in all and by role", () => {
    const cells = ["A", "B"].flatMap((role) => [
      { role, answer: "x", decided: 40, passed: 20 },
      { role, answer: "y", decided: 30, passed: 10 },
    ]);
    const { all, roles } = publish(cells);
    expect(all).toEqual({
      groups: [
        { answer: "x", decided: 80, passed: 40 },
        { answer: "y", decided: 60, passed: 20 },
      ],
      withheld: false,
    });
    expect([...roles.keys()].sort()).toEqual(["A", "B"]);
  });
});
