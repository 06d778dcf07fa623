import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import type { Store } from "../../../src/store/store.ts";
import {
  applications,
  interviewers,
  interviewSeats,
  interviews,
  members,
} from "../../../src/store/tables.ts";
import { findMember } from "../../../src/store/team/workspaces.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { ALAN, addMember, EDSGER, GRACE } from "../../support/panel.ts";
import { randomPipeline } from "../../support/random-pipeline.ts";
import { randomRounds } from "../../support/random-rounds.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const TODAY = +new Date("2026-11-24T00:00:00Z");
const DAY = 86_400_000;
const DAYS = 31;
const SHOWN = 50;
const ADA = "ada@example.test";
const TEAM = [GRACE, ALAN, EDSGER];
const stages = loadCatalog({})
  .get("mlops-engineer")
  .stages.filter(({ id }) => ["applied", "screen", "exercise", "debrief", "offer"].includes(id));

const KINDS: Readonly<Record<string, string>> = { scorecards: "scorecard", votes: "vote" };
/** Kinds that have a day from the moment on at which they can be done. */
const WITH_A_DAY = ["assessment", "submission", "booking", "vote"];

type Item = { kind: string; application: string; round?: string; due: string; overdue?: boolean };
type Expected = {
  readonly ref: string;
  readonly what: string;
  readonly due: number;
  readonly overdue: boolean;
  readonly by: string[];
};
type Listed = {
  ref: string;
  stage: string;
  tasks: { what: string; round?: string; by: string[]; due: string }[];
};

async function begin(seed: number, count: number) {
  const store = await database.workspace();
  const { workspaceId } = store;
  for (const email of TEAM) await addMember(store, email);
  const ids = await store.read((db) =>
    Promise.all(TEAM.map(async (email) => (await findMember(db, workspaceId, email))?.id ?? "")),
  );
  const stories = await randomPipeline(store, { count, seed, stages, now: NOW });
  await randomRounds(store, stories, { stages, members: ids, seed, now: NOW });
  const ada = await start({ store });
  ada.clock.now = NOW;
  const as = async (member: string) => (member === ADA ? ada : start({ store, member, clock: ada.clock }));
  return {
    store,
    ada,
    as,
    expected: [...(await tasksOf(ada)), ...(await interviewsOf(store))].sort(inOrder),
  };
}

const what = (kind: string, ref: string, round = ""): string => `${kind} ${ref} ${round}`.trim();
const rank = ({ overdue }: Expected): number => (overdue ? 0 : 1);
const inOrder = (a: Expected, b: Expected): number => rank(a) - rank(b) || a.due - b.due;

/** What each application waits for, as the rules of the domain have it of its whole record. */
async function tasksOf({ call }: Harness): Promise<Expected[]> {
  const all: Listed[] = [];
  let cursor: string | null = null;
  do {
    const { facts } = await call("find_candidates", { limit: 100, ...(cursor !== null && { cursor }) });
    const page = facts as { applications: Listed[]; next_cursor: string | null };
    all.push(...page.applications);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return all.flatMap(({ ref, tasks }) =>
    tasks.map(({ what: task, round, by, due }) => {
      const [kind, at] = [KINDS[task] ?? task, +new Date(due)];
      const overdue = at + (WITH_A_DAY.includes(kind) ? DAY : 0) < +NOW;
      return { ref, what: what(kind, ref, round), due: at, overdue, by };
    }),
  );
}

/** The interviews on record of the days that are asked for. */
async function interviewsOf(store: Store): Promise<Expected[]> {
  const rows = await store.read((db) =>
    db
      .select({ ref: applications.ref, interview: interviews, by: members.email })
      .from(interviews)
      .innerJoin(applications, eq(applications.id, interviews.applicationId))
      .innerJoin(interviewSeats, eq(interviewSeats.interviewId, interviews.id))
      .innerJoin(members, eq(members.id, interviewSeats.memberId))
      .where(eq(interviews.workspaceId, store.workspaceId)),
  );
  return rows
    .filter(({ interview: { status, startsAt, endsAt } }) => {
      return status === "booked" && +endsAt > TODAY && +startsAt < TODAY + DAYS * DAY;
    })
    .map(({ ref, by, interview: { round, startsAt } }) => ({
      ...{ ref, what: what("interview", ref, round), due: +startsAt, overdue: false, by: [by] },
    }));
}

/** The applications that a member interviews in, and so may see. */
async function seatsOf(store: Store, email: string): Promise<Set<string>> {
  const rows = await store.read((db) =>
    db
      .select({ ref: applications.ref })
      .from(interviewers)
      .innerJoin(applications, eq(applications.id, interviewers.applicationId))
      .innerJoin(members, eq(members.id, interviewers.memberId))
      .where(and(eq(interviewers.workspaceId, store.workspaceId), eq(members.email, email))),
  );
  return new Set(rows.map(({ ref }) => ref));
}

function requireShown({ items, total }: { items: Item[]; total: number }, theirs: readonly Expected[]): void {
  const first = theirs.slice(0, SHOWN);
  expect(total).toBe(theirs.length);
  expect(seconds(shown(items))).toEqual(seconds(first));
  expect(items.map(({ overdue = false }) => overdue)).toEqual(first.map(({ overdue }) => overdue));
  expect(named(theirs)).toEqual(expect.arrayContaining(named(shown(items))));
}

async function agendaOf({ ok }: Harness, member?: string): Promise<{ items: Item[]; total: number }> {
  return ok("get_agenda", { days: DAYS, ...(member !== undefined && { member }) });
}

const shown = (items: readonly Item[]) =>
  items.map(({ kind, application, round, due }) => ({
    what: what(kind, application, round),
    due: +new Date(due),
  }));
const named = (all: readonly { readonly what: string; readonly due: number }[]): string[] =>
  all.map(({ what, due }) => `${new Date(Math.floor(due / 1000) * 1000).toISOString()} ${what}`).sort();
/** Times are shown in whole seconds. */
const seconds = (all: readonly { readonly due: number }[]): number[] =>
  all.map(({ due }) => Math.floor(due / 1000));

describe("get_agenda on random histories", () => {
  it.each([3, 4])(
    "shows an interviewer their own, in order, as the whole record has it (%i)",
    async (seed) => {
      const { store, ada, as, expected } = await begin(seed, 200);
      let beyond = 0;
      for (const email of TEAM) {
        const theirs = expected.filter(({ by }) => by.includes(email));
        const visible = await seatsOf(store, email);
        const own = theirs.filter(({ ref }) => visible.has(ref));
        requireShown(await agendaOf(await as(email)), own);
        // Whoever sees everybody's sees all of it.
        requireShown(await agendaOf(ada, email), theirs);
        beyond += theirs.length - own.length;
      }
      expect(beyond).toBeGreaterThan(0);
    },
  );

  it.each([5, 6])("shows an owner and everybody's all that the whole record asks for (%i)", async (seed) => {
    const { ada, expected } = await begin(seed, 16);
    for (const [member, theirs] of [
      [ADA, expected.filter(({ by }) => by.includes(ADA))],
      ["all", expected],
    ] as const) {
      const { items, total } = await agendaOf(ada, member);
      expect(total).toBe(items.length);
      const asked = shown(items.filter(({ kind }) => kind !== "not_told"));
      expect(named(asked)).toEqual(named(theirs));
      expect(seconds(asked)).toEqual(seconds(theirs));
    }
  });

  it("shows an interviewer nobody else's", async () => {
    const { as } = await begin(7, 16);
    const grace = await as(GRACE);
    for (const member of [ALAN, "all"])
      expect((await grace.call("get_agenda", { member })).text).toContain("one's own agenda");
  });
});
