/**
 * What a record has to say after any history, kept in plain lists and by rules written again here: it asks the program for
 * nothing but the ids that it gave.
 */

export const STAGES = "applied screen architecture incident exercise on_call_fit debrief offer".split(" ");
export const ENDS = ["hired", "rejected", "withdrawn"];

export type Kept = { readonly id: string; readonly kind: string; readonly text: string; own: boolean };
/** Where somebody stands: a stage, and one of the ends or `active`. */
type Place = { readonly stage: string; readonly status: string };
type Move = { readonly kind: "move" | "undo"; readonly from: Place; readonly to: Place; readonly at: number };
type Meeting = { readonly round: string; readonly start: number; readonly end: number; status: string };
type Letter = { readonly id: string; readonly purpose: string; status: string; sentAt?: number };
type Judged = { readonly level: number; readonly at: number };

export type Line = {
  readonly ref: string;
  readonly role: string;
  person: number;
  /** The reference that it was joined to. */
  into?: string;
  source: string | null;
  at: Place;
  readonly moves: Move[];
  documents: Kept[];
  /** When each assessment was made, and why it no longer stands. */
  assessed: { readonly at: number; stale?: string }[];
  meetings: Meeting[];
  letters: Letter[];
  /** Rounds in which somebody has a seat. */
  seats: string[];
  cards: Map<string, Judged>;
  vote: Judged | undefined;
  /** The status of each version of the offer that was extended. */
  offers: string[];
};

export type Model = {
  readonly lines: Map<string, Line>;
  /** Whose an address is by now. */
  readonly owners: Map<number, number>;
  readonly phones: Map<number, string>;
  /** The number in somebody's name. */
  readonly names: Map<number, number>;
  /** Texts that somebody removed or replaced, wherever they stood. */
  readonly removed: Set<string>;
};

export const newModel = (): Model => ({
  ...{ lines: new Map(), owners: new Map(), phones: new Map(), names: new Map(), removed: new Set() },
});

/** The reference's line, or the one that it was joined to. */
export function lineOf({ lines }: Pick<Model, "lines">, ref: string): Line {
  const line = lines.get(lines.get(ref)?.into ?? ref);
  if (line === undefined) throw new Error(`${ref} is nobody's`);
  return line;
}

/** Everybody's lines that were not joined to another. */
export const standing = ({ lines }: Model): Line[] => [...lines.values()].filter(({ into }) => !into);

export const labelOf = ({ stage, status }: Place): string => (status === "active" ? stage : status);

export function begin(model: Model, ref: string, how: { role: string; person: number; source: string }) {
  model.lines.set(ref, {
    ...{ ref, ...how, at: { stage: "applied", status: "active" }, moves: [], documents: [], assessed: [] },
    ...{ meetings: [], letters: [], seats: [], cards: new Map(), vote: undefined, offers: [] },
  });
}

/** Where a move takes somebody; `same` where they stand there, `refused` where nobody may be moved like that. */
export function target({ at }: Line, to: string): Place | "same" | "refused" {
  if (labelOf(at) === to) return "same";
  const isOver = at.status !== "active";
  if (ENDS.includes(to)) return isOver ? "refused" : { stage: at.stage, status: to };
  if (isOver && STAGES.indexOf(to) > STAGES.indexOf(at.stage)) return "refused";
  return { stage: to, status: "active" };
}

export function moveTo(line: Line, kind: Move["kind"], to: Place, at: number): void {
  line.moves.push({ kind, from: line.at, to, at });
  line.at = to;
}

/** Marks what was assessed with something that has changed; a mark that is there stays. */
export function stale(lines: readonly Line[], why: string, { kind }: Pick<Kept, "kind">): void {
  if (kind === "note") return;
  for (const { assessed } of lines) for (const one of assessed) one.stale ??= why;
}

export const sameText = (documents: readonly Kept[], { kind, text }: Pick<Kept, "kind" | "text">) =>
  documents.find((one) => one.kind === kind && one.text === text);

/** Two people become one, and their lines of one role one line. */
export function joinPeople(model: Model, from: number, into: number): void {
  for (const line of standing(model).filter(({ person }) => person === from)) {
    const kept = standing(model).find(({ person, role }) => person === into && role === line.role);
    if (kept === undefined) continue;
    for (const other of model.lines.values())
      if (other === line || other.into === line.ref) other.into = kept.ref;
    kept.source ??= line.source;
    kept.documents.push(...line.documents.filter((one) => !sameText(kept.documents, one)));
    kept.assessed = [...kept.assessed, ...line.assessed].sort((a, b) => a.at - b.at);
    for (const one of kept.assessed) one.stale ??= "merged";
    kept.meetings.push(...line.meetings);
    const drafts = kept.letters.filter(isDraft).map(({ purpose }) => purpose);
    for (const letter of line.letters)
      if (isDraft(letter) && drafts.includes(letter.purpose)) letter.status = "discarded";
    kept.letters.push(...line.letters);
    kept.seats = [...new Set([...kept.seats, ...line.seats])];
    for (const [round, card] of line.cards) kept.cards.set(round, later(kept.cards.get(round), card));
    if (line.vote !== undefined) kept.vote = later(kept.vote, line.vote);
    if (kept.offers.length === 0) kept.offers = line.offers;
  }
  for (const line of model.lines.values()) if (line.person === from) line.person = into;
  for (const [email, person] of model.owners) if (person === from) model.owners.set(email, into);
  const phone = model.phones.get(into) ?? model.phones.get(from);
  if (phone !== undefined) model.phones.set(into, phone);
}

const isDraft = ({ status }: Letter): boolean => status === "draft";
const later = (a: Judged | undefined, b: Judged): Judged => (a !== undefined && a.at > b.at ? a : b);

/** A line's own moves without those that were taken back. */
const standingMoves = ({ moves }: Line): Move[] =>
  moves.filter(({ kind }, n) => kind === "move" && moves[n + 1]?.kind !== "undo");

/** The stages that somebody ever was in, passed, and is in, as the funnel counts them. */
export function flowOf(line: Line) {
  const moves = standingMoves(line);
  const isPass = ({ from, to }: Move) =>
    from.status === "active" &&
    (to.status === "hired" ||
      (to.status === "active" && STAGES.indexOf(to.stage) > STAGES.indexOf(from.stage)));
  const entered = moves.map(({ to }) => to).filter(({ status }) => status === "active");
  return {
    entered: new Set(["applied", ...entered.map(({ stage }) => stage)]),
    passed: new Set(moves.filter(isPass).map(({ from }) => from.stage)),
    here: line.at.status === "active" ? line.at.stage : undefined,
  };
}

/** How often somebody has to be told something: that they were rejected, and of each interview that still stands. */
export function untold({ at, moves, letters, meetings }: Line, now: number): number {
  if (at.status !== "rejected" && at.status !== "withdrawn") return 0;
  const ended = moves.findLast(({ kind, to }) => kind === "move" && to.status === "rejected")?.at ?? 0;
  const isTold = letters.some(({ sentAt }) => sentAt !== undefined && sentAt >= ended);
  const interviews = meetings.filter(({ status, end }) => status === "booked" && end > now).length;
  return interviews + (at.status === "rejected" && !isTold ? 1 : 0);
}
