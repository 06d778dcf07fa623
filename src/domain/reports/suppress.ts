import type { Withheld } from "./report-rows.ts";

/** People at one stage: which role, what they answered, how many were decided on and how many of them passed. */
export type Cell = {
  readonly role: string;
  readonly answer: string;
  readonly decided: number;
  readonly passed: number;
};
export type Group = { readonly answer: string; readonly decided: number; readonly passed: number };

/** A rate is never told, nor can one be worked out, of fewer people. */
export const MIN_GROUP_SIZE = 10;

/**
 * Nor is a group told in which fewer passed, or fewer did not. Who was selected is known in the team, what they answered is
 * not: 13 of 14 passed gives away the one, of two each knows the other, and none at all says that all who passed
 * answered otherwise. Three is the usual least count of a cell in official statistics. Exact cells or none, since a
 * rounded rate or a bound of a group whose size is told comes out again by taking it from the total.
 */
export const MIN_OUTCOME_SIZE = 3;

/** The groups of one question at one stage that may be told, and why others are missing. */
type PublishedGroups = { readonly groups: readonly Group[]; readonly withheld: Withheld | null };
export type Published = {
  readonly all: PublishedGroups;
  /** Roles that may be told apart; what is missing here may not. */
  readonly roles: ReadonlyMap<string, PublishedGroups>;
};

const isLarge = ({ decided, passed }: Group): boolean =>
  decided >= MIN_GROUP_SIZE && passed >= MIN_OUTCOME_SIZE && decided - passed >= MIN_OUTCOME_SIZE;
const isSafe = (group: Group): boolean => group.decided === 0 || isLarge(group);

/**
 * What of one question at one stage may be told, in all and by role, so that neither a small group or outcome is shown
 * nor one comes out by taking shown figures from each other or from totals. Answers that are too few, or have an outcome
 * that is, are withheld together, with the next smallest added until they are two answers and large enough. A role is told
 * apart only when each of its groups is empty or large enough, and so is what is left when all roles told apart are taken
 * from the whole: every sum and difference of what is told is then a sum of groups that are empty or large enough, in
 * people as in both outcomes.
 */
export function publish(cells: readonly Cell[]): Published {
  const total = groupsOf(cells);
  const hidden = hiddenAnswers(total);
  const fold = (of: readonly Cell[]) =>
    groupsOf(of.map((c) => (hidden.has(c.answer) ? { ...c, answer: "" } : c)));
  const roles = new Map<string, Cell[]>();
  for (const cell of cells) roles.set(cell.role, [...(roles.get(cell.role) ?? []), cell]);
  const size = (of: readonly Cell[]) => of.reduce((sum, c) => sum + c.decided, 0);
  const apart = [...roles]
    .filter(([, of]) => fold(of).every(isSafe))
    .sort(([a, m], [b, n]) => size(n) - size(m) || (a < b ? -1 : 1));
  const rest = () => cells.filter((cell) => !apart.some(([role]) => role === cell.role));
  while (apart.length > 0 && !fold(rest()).every(isSafe)) apart.pop();
  const why = hidden.size === 0 ? null : total.every(isOfSize) ? "small_outcome" : "small_group";
  const table = (of: readonly Cell[]): PublishedGroups => {
    const groups = fold(of).filter((g) => g.answer !== "" && g.decided > 0);
    return groups.length < 2 ? { groups: [], withheld: why ?? "no_comparison" } : { groups, withheld: why };
  };
  return { all: table(cells), roles: new Map(apart.map(([role, of]) => [role, table(of)])) };
}

const isOfSize = ({ decided }: Group): boolean => decided === 0 || decided >= MIN_GROUP_SIZE;

function groupsOf(cells: readonly Cell[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { answer, decided, passed } of cells) {
    const g = groups.get(answer);
    groups.set(answer, { answer, decided: decided + (g?.decided ?? 0), passed: passed + (g?.passed ?? 0) });
  }
  return [...groups.values()].sort((a, b) => b.decided - a.decided || (a.answer < b.answer ? -1 : 1));
}

function hiddenAnswers(total: readonly Group[]): Set<string> {
  const hidden = total.filter((g) => !isSafe(g));
  if (hidden.length === 0) return new Set();
  const shown = total.filter(isLarge);
  const together = () => groupsOf(hidden.map((g) => ({ ...g, role: "", answer: "" })));
  while (hidden.length < 2 || !together().every(isLarge)) {
    const next = shown.pop();
    if (!next) break;
    hidden.push(next);
  }
  return new Set(hidden.map((g) => g.answer));
}
