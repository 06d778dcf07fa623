import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { contactOf } from "../../../src/domain/outreach/contact.ts";
import { type MessageFacts, momentIn } from "../../../src/domain/outreach/facts.ts";
import type { Origin } from "../../../src/domain/outreach/origin.ts";
import { purposesAt, type Standing } from "../../../src/domain/outreach/purpose.ts";
import { awaitedFromCandidate } from "../../../src/domain/outreach/waiting.ts";
import type { ApplicationStatus } from "../../../src/domain/pipeline/application.ts";
import type { RoleStatus } from "../../../src/domain/roles/role.ts";
import type { Purpose, RoleTemplate } from "../../../src/domain/roles/role-template.ts";
import { type ExerciseForm, NOUNS } from "../../../src/domain/submission/exercise-form.ts";
import { renderMessage } from "../../../src/mail/render.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const ahead = ago(-7);

type Person = {
  readonly origin: Origin;
  /** Days ago. */
  readonly wrote?: number;
  readonly sent?: { readonly days: number; readonly purpose: Purpose };
  readonly zone: string | null;
  readonly cites: boolean;
};
const PEOPLE: Record<string, Person> = {
  applied: { origin: "applied", zone: "Europe/Lisbon", cites: true },
  sourced: { origin: "sourced", zone: "Europe/Lisbon", cites: true },
  "sourced and written to": {
    origin: "sourced",
    sent: { days: 16, purpose: "source" },
    zone: null,
    cites: false,
  },
  "sourced and answered": {
    ...{ origin: "sourced", sent: { days: 24, purpose: "source" }, wrote: 23 },
    ...{ zone: "America/New_York", cites: true },
  },
  referred: { origin: "referred", zone: "Asia/Kolkata", cites: false },
  unknown: { origin: "unknown", zone: null, cites: true },
};

type Place = {
  readonly kind: "application" | "interview" | "exercise" | "debrief" | "offer";
  readonly status: ApplicationStatus;
  /** Days since they were put on record, and since they ended. */
  readonly days: number;
  readonly ended?: number;
  readonly booked?: true;
  readonly met?: number;
};
const PLACES: Record<string, Place> = {
  "at the start": { kind: "application", status: "active", days: 30 },
  "in an interview round": { kind: "interview", status: "active", days: 30 },
  "before a booked interview": { kind: "interview", status: "active", days: 30, booked: true },
  "at the exercise": { kind: "exercise", status: "active", days: 30, met: 20 },
  "at debrief": { kind: "debrief", status: "active", days: 30, met: 5 },
  "at the offer": { kind: "offer", status: "active", days: 30, met: 5 },
  "rejected today": { kind: "application", status: "rejected", days: 30, ended: 0 },
  "rejected long ago": { kind: "interview", status: "rejected", days: 800, ended: 760, met: 765 },
  "withdrawn this month": { kind: "application", status: "withdrawn", days: 30, ended: 20 },
  hired: { kind: "offer", status: "hired", days: 60, ended: 0 },
};
const ROLES: readonly RoleStatus[] = ["open", "on_hold", "filled"];

type Given = Pick<NonNullable<MessageFacts["exercise"]>, "form" | "repository" | "invited">;
const code = (repository: string | null, invited = false): Given => ({ form: "code", repository, invited });
const EXERCISES: Record<string, Given> = {
  "invited on GitHub": code("https://github.com/acme/serving", true),
  "on GitLab": code("https://gitlab.com/acme/serving"),
  "as a clone": code(null),
  ...Object.fromEntries(
    (["written", "role_play", "talk", "portfolio"] as const).map((form: ExerciseForm) => [
      form,
      { form, repository: null, invited: false },
    ]),
  ),
};

const catalog = loadCatalog({});
const templates = catalog.list().map(({ id }) => catalog.get(id));

type Draft = {
  readonly who: string;
  readonly place: string;
  readonly purpose: Purpose;
  readonly person: Person;
  readonly facts: MessageFacts;
  readonly text: string;
};

/** Everything that a template writes to anybody anywhere. */
async function everyDraft(template: RoleTemplate): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const [who, person] of Object.entries(PEOPLE))
    for (const [place, at] of Object.entries(PLACES))
      for (const roleStatus of ROLES)
        for (const [given, exercise] of Object.entries(at.kind === "exercise" ? EXERCISES : { none: null })) {
          const { facts, standing } = recordOf(template, { person, at, roleStatus, exercise });
          for (const purpose of purposesAt(standing, template.messages)) {
            const message = template.messages.find(({ id }) => id === purpose);
            if (!message) throw new Error("a purpose without a message");
            const { subject, body } = await renderMessage(message, facts);
            const where = `${place}, role ${roleStatus}, exercise ${given}`;
            drafts.push({
              who,
              place: where,
              purpose,
              person,
              facts,
              text: `Subject: ${subject}\n\n${body}`,
            });
          }
        }
  return drafts;
}

type Case = {
  readonly person: Person;
  readonly at: Place;
  readonly roleStatus: RoleStatus;
  readonly exercise: Given | null;
};

function recordOf(template: RoleTemplate, { person, at, roleStatus, exercise }: Case) {
  const stage = template.stages.find(({ kind }) => kind === at.kind) ?? template.stages[0];
  if (!stage) throw new Error("a template without stages");
  const words = {
    appliedAt: ago(at.days),
    heardAt: person.wrote === undefined ? null : ago(person.wrote),
    sentAt: person.sent === undefined ? null : ago(person.sent.days),
    sentPurpose: person.sent?.purpose ?? null,
  };
  const has = {
    assigned: exercise?.form ?? null,
    assignedAt: exercise ? ago(3) : null,
    hasSubmission: false,
  };
  const awaited = awaitedFromCandidate(stage, has);
  const { origin, zone } = person;
  const contact = contactOf(
    {
      ...{
        origin,
        words,
        awaited,
        importedAt: null,
        zone,
        hasWritten: person.wrote !== undefined,
        wasRated: at.met !== undefined,
      },
      metAt: at.met === undefined ? null : ago(at.met),
      endedAt: at.ended === undefined ? null : ago(at.ended),
    },
    NOW,
  );
  const standing: Standing = {
    ...{ ref: "R-1", stage: stage.id, status: at.status, stages: template.stages, roleStatus },
    ...{ hasExercise: exercise !== null, hasSubmission: false, past: contact.past },
  };
  const minutes = stage.minutes ?? null;
  const turn = contact.isOurTurn ? ("us" as const) : null;
  const task = template.exercises[0];
  const facts: MessageFacts = {
    ...contact.facts,
    ...{ first_name: "Zoë", name: "Zoë Okafor", role: { title: template.title, level: "senior" } },
    ...{ lane: template.lanes[0] ?? null, outcomes: [], salary: null, location: "Lisbon", remote: false },
    stage: { name: stage.name, kind: stage.kind },
    round: minutes === null ? null : { name: stage.name, minutes },
    loop: [],
    on_call: null,
    offer: null,
    exercise: exercise && {
      ...{ ...exercise, noun: NOUNS[exercise.form], title: task?.title ?? "Task", hours: task?.hours ?? 2 },
      ...{
        brief: task?.brief ?? "Do it.",
        ai_policy: task?.ai_policy ?? "Allowed.",
        due: momentIn(zone, ahead),
      },
    },
    interview: at.booked
      ? {
          round: stage.name,
          when: momentIn(zone, ahead),
          minutes: minutes ?? 45,
          location: "https://meet.example.test/r",
        }
      : null,
    times: [],
    evidence: person.cites ? ["ran 12 models in production"] : [],
    company: "Acme",
    sender: { name: "Ada Byron", email: "ada@example.test" },
    note: null,
    role_status: roleStatus,
    keep_for: "12 months",
    next_move: at.booked ? "meeting" : awaited?.since ? "candidate" : turn,
  };
  return { facts, standing };
}

describe.each(templates.map((template) => [template.id, template] as const))(
  "what %s writes",
  (_id, template) => {
    const drafts = everyDraft(template);
    const wrong = async (isWrong: (draft: Draft) => boolean) =>
      (await drafts)
        .filter(isWrong)
        .map(({ who, place, purpose, text }) => `${purpose} to ${who}, ${place}:\n${text}`);

    it("speaks of an application to those alone who made one", async () => {
      expect(
        await wrong(
          ({ person, text }) => person.origin !== "applied" && /\bappl(?:y|ied|ying|ication)/i.test(text),
        ),
      ).toEqual([]);
      const thanked = (await drafts).filter(({ text }) => text.includes("Thank you for applying."));
      expect(new Set(thanked.map(({ who }) => who))).toEqual(new Set(["applied"]));
    });

    it("thanks for words or time that were given, and for no others", async () => {
      expect(
        await wrong(
          ({ person, text }) => person.wrote === undefined && /for writing|what you told/.test(text),
        ),
      ).toEqual([]);
      expect(
        await wrong(({ facts, text }) => !facts.took_part && /for the time|Thank you/.test(text)),
      ).toEqual([]);
    });

    it("says that somebody waited only where they had asked or met us", async () => {
      expect(await wrong(({ facts, text }) => !facts.took_part && text.includes("You have waited"))).toEqual(
        [],
      );
    });

    it("gives a measure for how long ago something was, and asks nobody again within days", async () => {
      expect(await wrong(({ text }) => /some time ago|a while|asking again/.test(text))).toEqual([]);
      expect(
        await wrong(({ purpose, place }) => purpose === "reengage" && place.startsWith("rejected today")),
      ).toEqual([]);
      const again = (await drafts).filter(
        ({ purpose, place }) => purpose === "reengage" && place.startsWith("rejected long"),
      );
      const measured = again.filter(({ person }) => person.sent === undefined);
      expect(measured.length).toBeGreaterThan(0);
      for (const { text } of measured)
        expect(text).toContain("We were in touch about two years ago about the role");
    });

    it("names GitHub where an invitation went out there", async () => {
      const invited = ({ facts }: Draft) => facts.exercise?.invited === true;
      expect(await wrong((draft) => !invited(draft) && /github|invited to it/i.test(draft.text))).toEqual([]);
      const told = (await drafts).filter((draft) => invited(draft) && draft.purpose === "exercise_invite");
      for (const { text } of told)
        if (text.includes("Repository:"))
          expect(text).toContain("github.com/acme/serving (you are invited to it on GitHub)");
    });

    it("names neither bonus nor equity nor a panel's end, of which nothing is on record", async () => {
      expect(await wrong(({ text }) => /bonus|equity|stock|panel has|on paper/i.test(text))).toEqual([]);
    });

    it("gives times on the clock of whoever has one", async () => {
      expect(await wrong(({ person, text }) => person.zone !== null && /\bUTC\b/.test(text))).toEqual([]);
    });

    it("leaves no gap and nothing unfilled", async () => {
      expect(
        await wrong(({ text }) => /\n{3}| {2}| [.,;:?]|\.\.|\(\)|""|[{}]|null|undefined|\[object/.test(text)),
      ).toEqual([]);
      expect(
        await wrong(
          ({ text }) => !/^Subject: [A-Z][^\n]*[^\s:,]\n\nHello Zoë,\n\n.*[.?]\n\nAda Byron\n/s.test(text),
        ),
      ).toEqual([]);
    });
  },
);
