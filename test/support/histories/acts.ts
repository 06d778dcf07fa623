import fc from "fast-check";
import { expect } from "vitest";
import { ALAN, card, GRACE } from "../panel.ts";
import { type Act, agreed, pick, tried } from "./calls.ts";
import { paper } from "./documents.ts";
import {
  begin,
  ENDS,
  joinPeople,
  type Line,
  labelOf,
  lineOf,
  type Model,
  moveTo,
  STAGES,
  sameText,
  standing,
  target,
} from "./model.ts";
import type { Office } from "./office.ts";

const HOUR = 3_600_000;

/** What is done, and two numbers that choose to whom and with what. */
export const act = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      "add",
      "move",
      "move",
      "undo",
      "mend",
      "merge",
      "book",
      "outcome",
      "card",
      "vote",
      "offer",
    ),
    fc.constantFrom("store", "refile", "remove", "replace", "own words", "score", "draft", "by hand"),
    fc.constantFrom("add", "move", "merge", "store", "score", "refile", "offer"),
  ),
  fc.nat(999),
  fc.nat(999),
);

const SOURCES = ["referral", "job board", "fair"];
const OFFERS = ["extended", "accepted", "declined", "withdrawn", "extended"] as const;
/** What an extended offer may become, once more by hand. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  extended: ["accepted", "declined", "withdrawn"],
  accepted: ["declined", "withdrawn"],
  declined: ["accepted"],
};
const SEATS: Readonly<Record<string, string>> = { screen: GRACE, incident: ALAN };
const ROUNDS = Object.keys(SEATS);

/** Whose turn it is: mostly somebody with whom there is something to do, by any reference of theirs. */
function whose(model: Model, what: string, n: number): string {
  const isReady: Readonly<Record<string, (line: Line) => boolean>> = {
    outcome: ({ meetings }) => meetings.length > 0,
    card: ({ seats }) => seats.length > 0,
    vote: ({ at }) => labelOf(at) === "debrief",
    offer: ({ at, offers }) => labelOf(at) === "offer" || offers.length > 0,
    "by hand": ({ letters }) => letters.some(({ status }) => status === "draft"),
  };
  const all = [...model.lines.keys()];
  const ready = all.filter((ref) => isReady[what]?.(lineOf(model, ref)));
  return pick(n % 5 > 0 && ready.length > 0 ? ready : all, n);
}

/** One act on the record and in the model; what the model says is refused has to be. */
export async function take(office: Office, model: Model, [what, a, b]: Act): Promise<void> {
  const { clock, services } = office;
  clock.now = new Date(+clock.now + (1 + (a % 30)) * HOUR);
  const now = +clock.now;
  const application = whose(model, what, a);
  const line = lineOf(model, application);
  const isAs = (expected: boolean, answer: unknown) =>
    expect(answer !== undefined, `${what} ${application} is ${expected ? "done" : "refused"}`).toBe(expected);
  const other = pick([...model.lines.keys()], b);

  switch (what) {
    case "add":
      return add(office, model, { person: a % 9, role: pick(["MLE", "OPS"], b), source: pick(SOURCES, b) });
    case "move": {
      const to = pick([...STAGES, ...ENDS, "rejected", "debrief", "offer"], b);
      const input = { application, to, override: true, reason: "As they asked" };
      const answer = await agreed(office, services.moves.move, input);
      const place = target(line, to);
      isAs(place !== "refused", answer);
      expect(answer?.moved !== undefined).toBe(typeof place === "object");
      if (typeof place === "object") moveTo(line, "move", place, now);
      return;
    }
    case "undo": {
      const last = line.moves.at(-1);
      const isDone = last?.kind === "move";
      const answer = await tried(office, (session) => services.moves.undo(session, { application }));
      expect(answer?.undone !== null).toBe(isDone);
      if (isDone) moveTo(line, "undo", last.from, now);
      return;
    }
    case "mend": {
      const [phone, source] = [`+351 912 345 ${100 + (b % 900)}`, pick(SOURCES, b)];
      const change = { application, phone, source };
      isAs(true, await tried(office, (session) => services.candidates.update(session, change)));
      model.phones.set(line.person, phone);
      line.source = source;
      return;
    }
    case "merge": {
      const [from, into] = [line.person, lineOf(model, other).person];
      const input = { application, merge_into: other };
      isAs(from !== into, await agreed(office, services.candidates.update, input));
      if (from !== into) joinPeople(model, from, into);
      return;
    }
    case "book": {
      const round = pick(ROUNDS, b);
      const start = now + 26 * HOUR + (b % 4) * 60 * HOUR;
      const isTaken = line.meetings.some((m) => m.round === round && m.status === "booked" && m.start > now);
      const isBusy = standing(model).some(({ meetings, person }) =>
        meetings.some(
          (m) =>
            (m.round === round || person === line.person) &&
            ["booked", "held"].includes(m.status) &&
            Math.abs(m.start - start) < HOUR,
        ),
      );
      if (isBusy) return;
      const answer = await tried(office, (session) =>
        services.interviews.schedule(session, {
          ...{ application, round, interviewers: [SEATS[round] ?? ""], minutes: 30, override: true },
          ...{ start: new Date(start).toISOString(), reason: "They asked for it" },
        }),
      );
      isAs(line.at.status === "active" && !isTaken, answer);
      if (answer === undefined) return;
      line.meetings.push({ round, start, end: start + HOUR / 2, status: "booked" });
      if (!line.seats.includes(round)) line.seats.push(round);
      return;
    }
    case "outcome": {
      const [round, outcome] = [pick(ROUNDS, b), pick(["held", "no_show"] as const, b >> 1)];
      const begun = line.meetings.filter((m) => m.round === round && m.start <= now);
      const last = begun.sort((x, y) => x.start - y.start).at(-1);
      const input = { application, round, outcome };
      isAs(
        last !== undefined,
        await tried(office, (session) => services.interviews.schedule(session, input)),
      );
      if (last) last.status = outcome;
      return;
    }
    case "card": {
      const [round, level] = [pick(ROUNDS, b), 1 + (b % 4)];
      const input = card(round, [level], "random", { application, reason: "I thought again" });
      const answer = await tried(
        office,
        (session) => services.panel.submitScorecard(session, input as never),
        SEATS[round],
      );
      isAs(line.seats.includes(round), answer);
      // The same card again changes nothing, so it says of no meeting that it was held.
      if (answer === undefined || line.cards.get(round)?.level === level) return;
      line.cards.set(round, { level, at: now });
      for (const m of line.meetings)
        if (m.round === round && m.status === "booked" && m.end <= now) m.status = "held";
      return;
    }
    case "vote": {
      const vote = { application, vote: pick(["yes", "no"] as const, b), reason: "What they showed" };
      const answer = await tried(office, (session) => services.panel.castVote(session, vote));
      isAs(labelOf(line.at) === "debrief", answer);
      if (answer && line.vote?.level !== b % 2) line.vote = { level: b % 2, at: now };
      return;
    }
    case "offer":
      return offer(office, line, application, pick(OFFERS, b));
    case "draft": {
      const purpose = line.at.status === "rejected" ? "rejection" : "status_update";
      const { draft } = services.outreach;
      const answer = await tried(office, (session) =>
        draft(session, { application, purpose, note: `Note ${b % 3}.` }),
      );
      if (answer?.result !== "drafted") return;
      const { id } = answer.message;
      for (const letter of line.letters)
        if (letter.purpose === purpose && letter.status === "draft") letter.status = "discarded";
      line.letters.push({ id, purpose, status: "draft" });
      return;
    }
    case "by hand": {
      const letter = line.letters.findLast(({ status }) => status === "draft");
      if (letter === undefined) return;
      isAs(true, await agreed(office, services.sending.send, { message: letter.id, sent_by_hand: true }));
      Object.assign(letter, { status: "sent", sentAt: now });
      return;
    }
    case "score": {
      const answer = await tried(office, (session) => services.assessments.score(session, { application }));
      isAs(
        line.documents.some(({ kind }) => kind !== "note"),
        answer,
      );
      if (answer?.unchanged === false) line.assessed.push({ at: now });
      else if (answer) expect(line.assessed.at(-1)?.stale).toBeUndefined();
      return;
    }
    default:
      return paper(office, model, [what, a, b]);
  }
}

type Adding = { readonly person: number; readonly role: string; readonly source: string };

/** Adds one of nine people, every third without an e-mail; whoever applied for the role before is the same person. */
export async function add(office: Office, model: Model, { person: n, role, source }: Adding): Promise<void> {
  const text = `I am number ${n}`;
  const isNamed = n % 3 === 0;
  const input = { role, name: `Person ${n}`, source };
  const how = isNamed ? { resume_text: text } : { email: `p${n}@example.test` };
  const answer = await tried(office, (session) =>
    office.services.candidates.add(session, { ...input, ...how }),
  );
  const owner = isNamed ? undefined : model.owners.get(n);
  const isSame = ({ person, documents }: Line) =>
    isNamed
      ? model.names.get(person) === n && sameText(documents, { kind: "resume", text }) !== undefined
      : person === owner;
  const same = standing(model).find((line) => line.role === role && isSame(line));
  if (same) {
    expect(answer).toMatchObject({ duplicate_of: same.ref, already_applied: {} });
    return;
  }
  const { ref } = answer?.application ?? { ref: "" };
  expect(model.lines.has(ref)).toBe(false);
  const person = owner ?? model.names.size;
  begin(model, ref, { role, person, source });
  if (owner === undefined) model.names.set(person, n);
  if (!isNamed) model.owners.set(n, person);
  const id = answer?.document?.id;
  if (id) lineOf(model, ref).documents.push({ id, kind: "resume", text, own: true });
}

async function offer(
  office: Office,
  { offers, at }: Line,
  application: string,
  status: (typeof OFFERS)[number],
): Promise<void> {
  const input = { application, status, ...(status === "extended" && { base: 150_000 }) };
  const answer = await agreed(office, office.services.offers.record, input);
  const current = offers.at(-1);
  const isTold = current === "extended" || current === "accepted";
  const mayExtend = status === "extended" && labelOf(at) === "offer";
  const mayAnswer = current !== undefined && (ANSWERS[current]?.includes(status) ?? false);
  const isSame = status === current || (status === "extended" && isTold);
  expect(answer !== undefined, `${current} becomes ${status}`).toBe(isSame || mayExtend || mayAnswer);
  if (isSame) return;
  if (mayExtend) offers.push(status);
  else if (mayAnswer) offers[offers.length - 1] = status;
}
