import type { Withheld } from "./report-rows.ts";

/** Counts for one role and one answer at one stage: people decided on, and those among them who passed. */
export type Cell = {
  readonly role: string;
  readonly answer: string;
  readonly decided: number;
  readonly passed: number;
};
export type Group = { readonly answer: string; readonly decided: number; readonly passed: number };

/** No rate is published for fewer people, directly or by computing it from other published figures. */
export const MIN_GROUP_SIZE = 10;

/**
 * A group is published only if at least this many passed and at least this many did not. The team knows who was
 * selected but not what these people answered. So small outcomes would reveal answers: of 13 passed out of 14, the one
 * who did not; of two, each knows the other; and if none passed, everybody who passed gave another answer. Three is the
 * usual minimum for a cell in official statistics. A cell is published exactly or not at all. A rounded rate would not
 * help, because the exact count could be computed by subtracting the other groups from the total.
 */
export const MIN_OUTCOME_SIZE = 3;

/** The groups of one question at one stage that may be published, and why others are withheld. */
type PublishedGroups = { readonly groups: readonly Group[]; readonly withheld: Withheld | null };
export type Published = {
  readonly all: PublishedGroups;
  /** Figures for the roles that may be published separately. A role that is missing here may not. */
  readonly roles: ReadonlyMap<string, PublishedGroups>;
};

const isLarge = ({ decided, passed }: Group): boolean =>
  decided >= MIN_GROUP_SIZE && passed >= MIN_OUTCOME_SIZE && decided - passed >= MIN_OUTCOME_SIZE;
const isSafe = (group: Group): boolean => group.decided === 0 || isLarge(group);

/**
 * Decides what is published about one question at one stage, in total and by role. No small group or small outcome may
 * be shown, and none may be computable by subtracting published figures from each other or from totals. Two rules
 * ensure that. First, answers that are too small, or have an outcome that is, are withheld together. The next smallest
 * answers are added until at least two are withheld and together they are large enough. Second, a role is published
 * separately only if each of its groups is empty or large enough, and if the same holds for all roles together that are
 * not published. Every sum and difference of published figures is then a sum of groups that are empty or large enough,
 * in people and in both outcomes.
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
