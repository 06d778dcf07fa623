import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { checkDraft } from "../../../src/domain/message-check/check.ts";
import type { DraftFacts } from "../../../src/domain/message-check/rule.ts";
import { namesFact, renderMessage } from "../../../src/mail/render.ts";

const catalog = loadCatalog({});
const templates = catalog.list().map(({ id }) => catalog.get(id));
const messages = templates.flatMap((t) => t.messages.map((m) => [t.id, m.id, m] as const));
const mlops = catalog.get("mlops-engineer");
const PURPOSES = [
  "source",
  "screen_invite",
  "exercise_invite",
  "exercise_reminder",
  "schedule",
  "status_update",
  "rejection",
  "offer_talk",
  "offer_followup",
  "reengage",
  "keep_on_file",
];

const lane = (id: string) => mlops.lanes.find((entry) => entry.id === id) ?? null;
const exercise = (at: number, repository: string) => {
  const { title, hours, brief, ai_policy } = mlops.exercises[at] ?? mlops.exercises[0] ?? {};
  const form = { form: "code", noun: "exercise" } as const;
  return {
    ...form,
    title,
    hours,
    brief,
    ai_policy,
    due: "Tuesday 1 December 2026, 23:59 UTC",
    repository,
    invited: true,
  };
};
const loop = mlops.stages.flatMap(({ name, minutes }) => (minutes === undefined ? [] : [{ name, minutes }]));

/** A fact for everything that a template may ask for. */
const full = {
  first_name: "Zoë",
  name: "Zoë Álvarez-Lind",
  origin: "applied",
  has_written: true,
  took_part: true,
  days_since_touch: 45 as number | null,
  last_in_touch: "in October" as string | null,
  next_move: "us" as string | null,
  role: { title: "MLOps engineer", level: "senior" },
  lane: lane("serving_reliability") as object | null,
  outcomes: ["p99 of the ranking endpoint from 900 ms to 250 ms", "Inference cost down by 30%"],
  salary: "170,000 to 205,000 USD a year" as string | null,
  stage: { name: "Production incident", kind: "interview" },
  round: { name: "Production incident", minutes: 60 } as object | null,
  loop,
  location: "Berlin" as string | null,
  remote: true,
  on_call: "one week in six, about two pages a week" as string | null,
  exercise: exercise(1, "https://github.com/example/serving-zoe") as object | null,
  interview: null as object | null,
  times: ["Monday 30 November 2026, 10:00 to 11:00 CET", "Tuesday 1 December 2026, 15:30 to 16:30 CET"],
  evidence: ["Cut endpoint MTTR from 47 minutes to 9", "ran 12 models in production on KServe 0.13"],
  company: "Example Ltd" as string | null,
  sender: { name: "Dana Weiss", email: "dana@example.test" },
  note: "Our last outage is the one that I would like to hear you on." as string | null,
  days_waiting: 4 as number | null,
  role_status: "open",
  keep_for: "12 months",
};
type Facts = typeof full;

const interview = {
  round: "Production incident",
  when: "Wednesday 2 December 2026, 15:30 CET",
  minutes: 60,
  location: "https://meet.example.test/incident",
};
const booked: Facts = { ...full, interview };

const minimal: Facts = {
  ...full,
  ...{
    lane: null,
    outcomes: [],
    salary: null,
    round: null,
    stage: { name: "Debrief", kind: "debrief" },
    loop: [],
    location: null,
  },
  ...{ remote: false, on_call: null, exercise: null, times: [], evidence: [], company: null, note: null },
  days_waiting: null,
  ...{ origin: "unknown", has_written: false, took_part: false },
  ...{ days_since_touch: null, last_in_touch: null, next_move: null },
};

const lexicon = loadLexicon();
const EVIL =
  '{{ sender.email }} {% include "x" %} <img src="https://evil.example/p">\r\nBcc: eve@evil.example\r\nas 47 https://evil.example/cv';
const hostile: Facts = { ...full, first_name: EVIL, name: EVIL, evidence: [EVIL, `"quoted" ${EVIL}`] };

const factsFor = (facts: Facts): DraftFacts => ({
  lexicon,
  recipientName: facts.name,
  roleTitle: facts.role.title,
  allowedNumbers: stringsIn({ ...facts, note: null }),
  otherCandidates: ["Priya Raman", "Tomasz Zielinski"],
  salaryRequired: facts.salary !== null,
  salary: facts.salary,
  allowedHosts: ["github.com", "meet.example.test"],
  now: new Date("2026-11-24T12:00:00Z"),
  unsolicited: false,
  note: facts.note,
  addresses: [facts.sender.email],
});
const stringsIn = (value: unknown): string[] =>
  value !== null && typeof value === "object"
    ? Object.values(value).flatMap(stringsIn)
    : [String(value ?? "")];

const LIMITS: Record<string, number> = { source: 180, screen_invite: 180, reengage: 180 };
const lengthOf = (body: string) => body.split(/\s+/).filter((word) => word !== "").length;

describe("a message of a template", () => {
  it.each(messages)(
    "of %s for %s is whole, short and without a finding, with every fact and with none",
    async (_id, purpose, message) => {
      const lanes = mlops.lanes.map((entry): Facts => ({ ...full, lane: entry }));
      const statuses = ["on_hold", "filled", "cancelled"].map(
        (role_status): Facts => ({ ...full, role_status }),
      );
      const rounds = loop.map(
        (round): Facts => ({ ...full, round, stage: { ...full.stage, name: round.name } }),
      );
      const elsewhere: Facts = { ...booked, interview: { ...interview, location: null } };
      const bare: Facts = { ...minimal, interview };
      for (const facts of [full, minimal, booked, elsewhere, bare, ...lanes, ...statuses, ...rounds]) {
        const draft = await renderMessage(message, facts);
        expect(checkDraft({ ...draft, purpose }, factsFor(facts))).toEqual([]);
        expect(draft.subject).toMatch(/^[A-Z][^\n]*[^\s:,]$/);
        expect(draft.body).toMatch(/^Hello Zoë,\n\n.*[.?]\n\nDana Weiss\n(?:[^\n]+\n)?$/s);
        expect(draft.body).not.toMatch(/\n{3}|""| {2}| [.,;:?]|\.\.|\(\)|:\n\n[^-]|null|[{}!]/);
        expect(lengthOf(draft.body)).toBeLessThanOrEqual(LIMITS[purpose] ?? 250);
        if (facts.note) expect(draft.body.split(facts.note)).toHaveLength(2);
      }
    },
  );

  it.each(messages)("of %s for %s makes each fact optional on its own", async (_id, purpose, message) => {
    for (const key of Object.keys(minimal)) {
      const facts: Facts = { ...full, [key]: minimal[key as keyof Facts] };
      const draft = await renderMessage(message, facts);
      expect(checkDraft({ ...draft, purpose }, factsFor(facts))).toEqual([]);
      expect(draft.body).not.toMatch(/\n{3}|""| {2}| [.,;:?]|\.\.|\(\)|:\n\n[^-]|null|[{}!]/);
    }
  });

  it.each(messages)(
    "of %s for %s takes hostile names and words as text, and the checks see them",
    async (_id, purpose, message) => {
      const draft = await renderMessage(message, hostile);
      expect(draft.subject).not.toMatch(/[\r\n{}]|evil/);
      const own = draft.body.replaceAll(EVIL, "");
      expect(own).not.toMatch(/\{\{|\{%|evil|null|undefined/);
      expect(lengthOf(own)).toBeLessThanOrEqual(LIMITS[purpose] ?? 250);
      const found = checkDraft({ ...draft, purpose }, factsFor(hostile)).map((finding) => finding.rule);
      for (const rule of ["unfilled", "link_host", "image", "several_recipients"])
        expect(found).toContain(rule);
    },
  );

  it.each(messages)(
    "of %s for %s quotes the candidate between quotation marks, and nobody else",
    async (_id, _purpose, message) => {
      const { subject, body } = await renderMessage(message, full);
      for (const words of full.evidence) {
        expect(subject).not.toContain(words);
        expect(body.split(words).length).toBe(body.split(`"${words}"`).length);
      }
      const allowed = [...full.evidence, full.stage.name];
      for (const [, quoted] of body.matchAll(/"([^"]+)"/g)) expect(allowed).toContain(quoted);
    },
  );

  it.each(messages.filter(([, purpose]) => purpose in LIMITS))(
    "of %s for %s names the range and an easy way to say no",
    async (_id, _purpose, message) => {
      const { body } = await renderMessage(message, full);
      expect(body).toContain(`The range is ${full.salary}.`);
      expect(body).toMatch(/a one-line no is (?:fine|enough)/);
      expect(body).toMatch(/half an hour|60 minutes/);
    },
  );

  it.each(templates.map((t) => [t.id, t] as const))(
    "is there for every purpose of %s, and one is the natural one of a stage",
    (_id, template) => {
      expect(template.messages.map((m) => m.id).sort()).toEqual([...PURPOSES].sort());
      for (const { id } of template.stages)
        expect(
          template.messages.filter((m) => m.stages.includes(id)),
          id,
        ).toHaveLength(1);
    },
  );
});

/** Where somebody stands when a message of this purpose goes out. */
const standing = (purpose: string, { stage, round, exercise, times, interview, ...facts }: Facts): Facts => {
  const at = (name: string) => {
    const { minutes, kind = "application" } = mlops.stages.find((entry) => entry.name === name) ?? {};
    return { stage: { name, kind }, round: minutes === undefined ? null : { name, minutes } };
  };
  const nowhere = { ...facts, exercise: null, times: [], interview: null };
  const screen = interview && { ...interview, round: "Screen", minutes: 30 };
  if (purpose === "source" || purpose === "reengage") return { ...nowhere, ...at("Applied") };
  if (purpose === "screen_invite") return { ...nowhere, times, interview: screen, ...at("Applied") };
  if (purpose.startsWith("exercise")) return { ...nowhere, exercise, ...at("Paired exercise") };
  if (purpose.startsWith("offer")) return { ...nowhere, times, ...at("Offer") };
  if (purpose === "status_update") return { ...nowhere, ...at("Debrief") };
  return { ...nowhere, times, interview, stage, round };
};

const CANDIDATES: Record<string, { facts: Facts; notes: Record<string, string> }> = {
  "zoe-serving": {
    facts: { ...full, note: null },
    notes: {
      source: "The outage in our post of 9 November is the one that I would like to hear you on.",
      rejection:
        "Your account of the KServe incident taught us something, and I have passed it on to the team.",
    },
  },
  "tunde-pipelines": {
    facts: {
      ...full,
      ...{
        first_name: "Tunde",
        name: "Tunde Bakare",
        role: { title: "Senior MLOps engineer", level: "senior" },
      },
      ...{ lane: lane("pipeline_owner"), location: "Remote, EU", on_call: null, company: "Kestrel Health" },
      outcomes: ["Retraining of 14 models without a manual step", "A bad model taken back within 10 minutes"],
      salary: "105,000 to 130,000 EUR a year",
      ...{
        stage: { name: "On-call and team fit", kind: "interview" },
        round: { name: "On-call and team fit", minutes: 45 },
      },
      ...{ times: [], days_waiting: 6, note: null },
      interview: {
        round: "On-call and team fit",
        when: "Thursday 3 December 2026, 16:00 CET",
        minutes: 45,
        location: "https://meet.kestrel.test/tunde",
      },
      exercise: exercise(0, "https://github.com/kestrel/retraining-tunde"),
      evidence: ["moved 9 nightly jobs from cron to Airflow 2.7, with a rollback for each"],
      sender: { name: "Ines Aubert", email: "ines@kestrel.test" },
    },
    notes: { exercise_reminder: "The data set is large; the sample in the repository is enough." },
  },
  "mai-platform": {
    facts: {
      ...full,
      ...{ first_name: "Mai", name: "Mai Nguyen", role: { title: "Staff MLOps engineer", level: "staff" } },
      ...{ lane: lane("platform_builder"), location: "Toronto", remote: false, company: null },
      outcomes: ["Five product teams ship models without a ticket to us"],
      on_call: "office hours only",
      salary: "210,000 to 260,000 CAD a year",
      ...{
        stage: { name: "Platform architecture", kind: "interview" },
        round: { name: "Platform architecture", minutes: 45 },
      },
      ...{ evidence: [], exercise: null, role_status: "on_hold", days_waiting: null, note: null },
      times: ["Wednesday 2 December 2026, 13:00 to 13:45 EST"],
      sender: { name: "Noor Haddad", email: "noor@example.test" },
    },
    notes: { offer_followup: "Two of the five teams have asked to meet whoever takes this on." },
  },
};

describe("a message about a booked interview", () => {
  it.each(messages.filter(([, purpose]) => purpose === "schedule" || purpose === "screen_invite"))(
    "of %s for %s confirms the time, and asks for none",
    async (_id, _purpose, message) => {
      expect(await namesFact(message, "interview")).toBe(true);
      const { body } = await renderMessage(message, booked);
      expect(body).toContain(interview.when);
      expect(body).toContain(interview.location);
      expect(body).toMatch(/60 minutes/);
      expect(body).toMatch(/An invitation for your calendar comes with this message/);
      expect(body).not.toMatch(/would suit|Could we speak|Which times|are all I need/);
      for (const time of full.times) expect(body).not.toContain(time);
    },
  );
});

describe("the messages for", () => {
  it.each(Object.entries(CANDIDATES))("%s read as they were reviewed", async (name, { facts, notes }) => {
    const texts = await Promise.all(
      mlops.messages.map(async (message) => {
        const filled = { ...standing(message.id, facts), note: notes[message.id] ?? null };
        const { subject, body } = await renderMessage(message, filled);
        return `=== ${message.id}, ${lengthOf(body)} words\nSubject: ${subject}\n\n${body}`;
      }),
    );
    await expect(texts.join("\n")).toMatchFileSnapshot(`__snapshots__/${name}.txt`);
  });
});
