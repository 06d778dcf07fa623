/** People at one stage: which role, what they answered, how many were decided on and how many of them passed. */
export type Cell = {
  readonly role: string;
  readonly answer: string;
  readonly decided: number;
  readonly passed: number;
};
export type Group = { readonly answer: string; readonly decided: number; readonly passed: number };

/** A rate is never told, nor can one be worked out, of fewer people. */
export const SMALLEST = 10;

type Table = { readonly groups: readonly Group[]; readonly withheld: boolean };
export type Published = {
  readonly all: Table;
  /** Roles that may be told apart; what is missing here may not. */
  readonly roles: ReadonlyMap<string, Table>;
};

const small = (n: number): boolean => n > 0 && n < SMALLEST;

/**
 * What of one question at one stage may be told, in all and by role, so that neither a small group is shown nor one comes
 * out by taking shown figures from each other or from totals. Answers that are too few are withheld together, with the
 * next smallest added until they are two answers and enough people. A role is told apart only when each of its groups is
 * empty or large enough, and so is what is left when all roles told apart are taken from the whole: every sum and
 * difference of what is told is then a sum of groups that are empty or large enough.
 */
export function publish(cells: readonly Cell[]): Published {
  const total = groupsOf(cells);
  const hidden = hiddenAnswers(total);
  const fold = (of: readonly Cell[]) =>
    groupsOf(of.map((c) => (hidden.has(c.answer) ? { ...c, answer: "" } : c)));
  const roles = new Map<string, Cell[]>();
  for (const cell of cells) roles.set(cell.role, [...(roles.get(cell.role) ?? []), cell]);
  const isSafe = (groups: readonly Group[]) => groups.every((g) => !small(g.decided));
  const size = (of: readonly Cell[]) => of.reduce((sum, c) => sum + c.decided, 0);
  const apart = [...roles]
    .filter(([, of]) => isSafe(fold(of)))
    .sort(([a, m], [b, n]) => size(n) - size(m) || (a < b ? -1 : 1));
  const rest = () => cells.filter((cell) => !apart.some(([role]) => role === cell.role));
  while (apart.length > 0 && !isSafe(fold(rest()))) apart.pop();
  const table = (of: readonly Cell[]): Table => {
    const groups = fold(of).filter((g) => g.answer !== "" && g.decided > 0);
    return { groups: groups.length < 2 ? [] : groups, withheld: hidden.size > 0 || groups.length < 2 };
  };
  return { all: table(cells), roles: new Map(apart.map(([role, of]) => [role, table(of)])) };
}

function groupsOf(cells: readonly Cell[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { answer, decided, passed } of cells) {
    const g = groups.get(answer);
    groups.set(answer, { answer, decided: decided + (g?.decided ?? 0), passed: passed + (g?.passed ?? 0) });
  }
  return [...groups.values()].sort((a, b) => b.decided - a.decided || (a.answer < b.answer ? -1 : 1));
}

function hiddenAnswers(total: readonly Group[]): Set<string> {
  const hidden = total.filter((g) => small(g.decided));
  if (hidden.length === 0) return new Set();
  const shown = total.filter((g) => g.decided >= SMALLEST);
  const people = () => hidden.reduce((sum, g) => sum + g.decided, 0);
  while (hidden.length < 2 || people() < SMALLEST) {
    const next = shown.pop();
    if (!next) break;
    hidden.push(next);
  }
  return new Set(hidden.map((g) => g.answer));
}
