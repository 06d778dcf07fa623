import { expect } from "vitest";
import { brokenChains } from "../../../src/store/events.ts";
import { tablesWith } from "../../mcp/tools/update-document/set-up.ts";
import { flowOf, type Line, labelOf, type Model, STAGES, standing, untold } from "./model.ts";
import { ADA, type Office } from "./office.ts";

const PARTS = [
  "documents",
  "assessment",
  "history",
  "scorecards",
  "votes",
  "messages",
  "interviews",
] as const;
const count = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length;

/** Everything that a user relies on, asked of the program and of the model. */
export async function requireAsModelled(office: Office, model: Model): Promise<void> {
  for (const ref of model.lines.keys()) await requireLine(office, model, ref);
  for (const role of ["MLE", "OPS"]) await requireCounts(office, model, role);
  await requireAgenda(office, model);
  const kept = new Set(standing(model).flatMap(({ documents }) => documents.map(({ text }) => text)));
  for (const text of model.removed)
    if (!kept.has(text)) expect(await tablesWith(office.store, text), text).toEqual([]);
  const { store } = office;
  expect(await store.read((db) => brokenChains(db, store.workspaceId, 5))).toEqual([]);
}

const fold = (moves: readonly { readonly from: string; readonly to: string }[]): string =>
  moves.reduce((at, { from, to }) => {
    expect(from).toBe(at);
    return to;
  }, "applied");

async function requireLine({ services, as }: Office, model: Model, ref: string): Promise<void> {
  const seen = await services.dossiers.read(await as(ADA), { application: ref, include: PARTS });
  const into = model.lines.get(ref)?.into;
  expect(seen.ref, `${ref} leads to`).toBe(into ?? ref);
  const line = model.lines.get(ref);
  if (into !== undefined || line === undefined) return;

  const history = seen.history ?? [];
  expect(history.map(({ at }) => at)).toEqual(history.map(({ at }) => at).toSorted());
  for (const one of model.lines.values()) {
    const isPart = one === line || one.into === ref;
    const own = history.filter(({ application = ref }) => application === one.ref);
    expect(own).toHaveLength(isPart ? one.moves.length : 0);
    if (isPart) expect(fold(own), one.ref).toBe(labelOf(one.at));
  }
  expect(labelOf(seen)).toBe(labelOf(line.at));
  expect(seen.source).toBe(line.source);
  expect(seen.candidate.name).toBe(`Person ${model.names.get(line.person)}`);
  expect(seen.candidate.phone ?? undefined).toBe(model.phones.get(line.person));
  const mended = seen.changes?.findLast(({ field }) => field === "phone");
  expect(mended?.after).toBe(model.phones.get(line.person));
  requireDocuments(seen, line);
  requirePanel(seen, line);
}

type Seen = Awaited<ReturnType<Office["services"]["dossiers"]["read"]>>;

function requireDocuments({ documents = [], assessment }: Seen, line: Line): void {
  const shown = documents.map(({ id, kind, untrusted, own_words: own }) => [
    id,
    kind,
    untrusted?.text,
    own ?? true,
  ]);
  const held = line.documents.map(({ id, kind, text, own }) => [id, kind, text, own]);
  expect(shown.toSorted(), `documents of ${line.ref}`).toEqual(held.toSorted());
  const newest = line.assessed.at(-1);
  expect(assessment !== null && assessment !== undefined, `${line.ref} is assessed`).toBe(
    newest !== undefined,
  );
  if (!assessment || !newest || !("flags" in assessment)) return;
  expect(assessment.stale_why, `${line.ref} is stale`).toBe(newest.stale);
  if (newest.stale !== undefined) return;
  const ids = line.documents.map(({ id }) => id);
  const quoted = assessment.flags.flatMap(({ evidence }) =>
    evidence.flatMap((one) => ("document" in one ? [one.document] : [])),
  );
  expect(quoted.filter((id) => !ids.includes(id))).toEqual([]);
}

function requirePanel(
  { scorecards = [], votes, messages = [], interviews = [], offer }: Seen,
  line: Line,
): void {
  const newest = scorecards.filter(({ current }) => current);
  expect(newest.map(({ round, ratings }) => [round, ratings[0]?.level]).toSorted()).toEqual(
    [...line.cards].map(([round, { level }]) => [round, level]).toSorted(),
  );
  const cast = (Array.isArray(votes) ? votes : []).filter(({ current }) => current);
  expect(cast.map(({ vote }) => vote)).toEqual(line.vote ? [line.vote.level === 0 ? "yes" : "no"] : []);
  expect(messages.map(({ id, status }) => [id, status]).toSorted()).toEqual(
    line.letters.map(({ id, status }) => [id, status]).toSorted(),
  );
  expect(interviews.map(({ round, start, status }) => [round, +new Date(start), status]).toSorted()).toEqual(
    line.meetings.map(({ round, start, status }) => [round, start, status]).toSorted(),
  );
  expect(offer?.status).toBe(line.offers.at(-1));
}

async function requireCounts({ services, as, clock }: Office, model: Model, role: string): Promise<void> {
  const session = await as(ADA);
  const lines = standing(model).filter((line) => line.role === role);
  expect((await services.applications.find(session, { role })).total).toBe(lines.length);

  const { roles, not_told } = await services.pipeline.get(session, { role });
  const flows = lines.map(flowOf);
  for (const { id, count: n } of roles[0]?.stages ?? [])
    expect(n, `${role} at ${id}`).toBe(count(flows, ({ here }) => here === id));
  const toTell = lines.reduce((sum, line) => sum + untold(line, +clock.now), 0);
  expect(not_told.total.n, `not told of ${role}`).toBe(toTell);

  const report = async <N extends "funnel" | "sources" | "offers">(name: N) => {
    const answer = await services.reports.get(session, { report: name, role });
    return answer as Extract<typeof answer, { report: N }>;
  };
  const funnel = await report("funnel");
  expect(funnel.n).toBe(lines.length);
  for (const { stage, ...row } of funnel.rows)
    expect([stage, row.entered, row.passed, row.here]).toEqual([
      stage,
      count(flows, ({ entered }) => entered.has(stage)),
      count(flows, ({ passed }) => passed.has(stage)),
      count(flows, ({ here }) => here === stage),
    ]);
  for (const { source, ...row } of (await report("sources")).rows) {
    const of = lines.filter((line) => line.source === source);
    const ended = (status: string) => count(of, ({ at }) => at.status === status);
    expect(row).toMatchObject({
      ...{ applications: of.length, active: ended("active"), hired: ended("hired") },
      ...{ rejected: ended("rejected"), withdrawn: ended("withdrawn") },
      reached_offer: count(of, (line) => flowOf(line).entered.has("offer")),
    });
  }
  const offers = await report("offers");
  const made = lines.flatMap((line) => line.offers.slice(-1));
  expect(offers.n).toBe(made.length);
  for (const row of offers.rows)
    expect([row.open, row.accepted, row.declined, row.withdrawn]).toEqual(
      ["extended", "accepted", "declined", "withdrawn"].map((status) => count(made, (one) => one === status)),
    );
}

/** The agenda is the same after calls that change nothing, and has the interviews ahead and those to be assessed. */
async function requireAgenda({ services, as, clock }: Office, model: Model): Promise<void> {
  const read = async () => services.agenda.get(await as(ADA), { member: "all", days: 30 });
  const agenda = await read();
  const lines = standing(model);
  for (const { ref: application, at, source } of lines) {
    const { moved } = await services.moves.move(await as(ADA), { application, to: labelOf(at) });
    const { changed } = await services.candidates.update(await as(ADA), {
      application,
      source: source ?? "",
    });
    expect([moved, changed]).toEqual([undefined, []]);
  }
  expect(await read()).toEqual(agenda);
  const of = (kind: string) => agenda.items.filter((item) => item.kind === kind);
  if (agenda.items.length === agenda.total.n) {
    const day = +new Date(clock.now.toISOString().slice(0, 10));
    const booked = lines.flatMap(({ ref, meetings }) =>
      meetings.filter(({ status, end }) => status === "booked" && end > day).map(() => ref),
    );
    expect(
      of("interview")
        .map(({ application }) => application)
        .toSorted(),
    ).toEqual(booked.toSorted());
    const lacking = lines.filter(({ at, assessed }) => labelOf(at) === STAGES[0] && assessed.length === 0);
    const again = lines.filter(
      ({ at, assessed }) => at.status === "active" && assessed.at(-1)?.stale !== undefined,
    );
    expect(
      of("assessment")
        .map(({ application }) => application)
        .toSorted(),
    ).toEqual([...lacking, ...again].map(({ ref }) => ref).toSorted());
  }
}
