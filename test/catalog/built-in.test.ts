import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { renderMessage } from "../../src/mail/render.ts";

const catalog = loadCatalog({});
const templates = catalog.list().map(({ id }) => catalog.get(id));
const messages = templates.flatMap((t) => t.messages.map((m) => [t.id, m.id, m] as const));

const known = {
  candidate: { name: "Zoë Ali", first_name: "Zoë" },
  sender: { name: "Dana" },
};
const everything = {
  ...known,
  role: {
    title: "MLOps engineer",
    location: "Berlin",
    remote: true,
    lane_title: "Serving and Reliability",
    outcomes: ["p99 from 900 ms to 250 ms", "Inference cost down by 30%"],
    salary: "EUR 90,000 to 120,000",
  },
  stage: { name: "Production incident" },
  round: { minutes: 60 },
  exercise: { title: "Right-size a serving stack", brief: "It requests too much.", due: "1 December 2026" },
  evidence: [
    { label: "Reliability win", quote: "MTTR from 47 minutes to 9" },
    { label: "Deployed models", quote: "ran 12 models in production" },
  ],
  note: "Your talk on drift is why I write.",
  company: "Example Ltd",
};
const nothing = {
  ...known,
  role: {
    title: "MLOps engineer",
    location: null,
    remote: null,
    lane_title: null,
    outcomes: [],
    salary: null,
  },
  ...{ stage: { name: null }, round: { minutes: null }, exercise: { title: null, brief: null, due: null } },
  evidence: [],
  note: null,
  company: null,
};

describe("a message", () => {
  it.each(messages)("of %s for %s is whole with every fact and with none", async (_id, _purpose, message) => {
    for (const facts of [everything, nothing]) {
      const { subject, body } = await renderMessage(message, facts);
      expect(subject).toMatch(/^[A-Z][^\n]*[^\s:,]$/);
      expect(body).toMatch(/^Hello Zoë,\n\n.*[.?]\n\nDana\n$/s);
      expect(body).not.toMatch(/\n{3}|""| {2}| [.,;:?]|\.\.|\(\)|null|undefined|[{}]/);
    }
  });

  it.each(messages)("of %s for %s is short, plain and promises nothing", async (_id, _purpose, message) => {
    const { subject, body } = await renderMessage(message, everything);
    expect(body.split(/\s+/).length).toBeLessThan(180);
    expect(`${subject}\n${body}`).not.toMatch(
      /!|\b(?:exciting|excited|thrilled|passionate|rockstar|ninja|world-class|dynamic|journey|unique opportunity)\b/i,
    );
    expect(body).not.toMatch(
      /current (?:pay|salary)|salary history|do you earn|are pleased to offer|will offer you/i,
    );
    expect(body).toContain(everything.note);
  });

  it.each(messages)(
    "of %s for %s cites the candidate in the candidate's own words or not at all",
    async (_id, _purpose, message) => {
      const { body } = await renderMessage(message, everything);
      const quoted = [...body.matchAll(/"([^"]+)"/g)].map((m) => m[1]);
      const allowed = [...everything.evidence.map((e) => e.quote), everything.stage.name];
      for (const quote of quoted) expect(allowed).toContain(quote);
    },
  );

  it.each(messages.filter(([, purpose]) => purpose === "rejection"))(
    "of %s for %s gives no reasons",
    async (_id, _purpose, message) => {
      const { body } = await renderMessage(message, { ...everything, note: null });
      expect(body).not.toMatch(/because|unfortunately|other candidates|experience|fit|MTTR|EUR/i);
    },
  );

  it("is there for all ten purposes of an MLOps engineer, and for each stage one is the natural one", () => {
    const { messages: all, stages } = catalog.get("mlops-engineer");
    expect(all).toHaveLength(10);
    for (const stage of stages) {
      expect(
        all.filter((m) => m.stages.includes(stage.id)).map((m) => m.id),
        stage.id,
      ).toHaveLength(1);
    }
  });
});

describe.each(templates.map((t) => [t.id, t] as const))("%s", (_id, template) => {
  it("asks whole questions: a comma in a list has not cut one in two", () => {
    for (const { question, follow_ups, listen_for } of template.questions) {
      expect(question).toMatch(/^[A-Z].*[.?]$/);
      for (const follow of follow_ups) expect(follow).toMatch(/^[A-Z].*[.?]$/);
      for (const sign of listen_for) expect(sign).toMatch(/^[A-Z].*[^.?]$/);
    }
    for (const kit of template.interviews) for (const no of kit.do_not_ask) expect(no).toMatch(/^[A-Z]/);
  });

  it("asks every question in the kit of its round", () => {
    const asked = template.interviews.flatMap((kit) => kit.questions);
    expect(asked.sort()).toEqual(template.questions.map((q) => q.id).sort());
  });

  it("has a kit for every round, with four anchors that differ", () => {
    const rounds = template.stages.filter((s) => s.kind === "interview" || s.kind === "exercise");
    expect(template.interviews.map((kit) => kit.round)).toEqual(rounds.map((s) => s.id));
    for (const kit of template.interviews) expect(kit.criteria.length, kit.round).toBeGreaterThan(1);
    for (const { anchors } of template.interviews.flatMap((kit) => kit.criteria)) {
      expect(new Set(Object.values(anchors)).size).toBe(4);
    }
  });

  it("asks in its exercise for what a change can show, and protects its checks", () => {
    for (const exercise of template.exercises) {
      for (const { id, text, ...signals } of exercise.requirements) {
        expect(Object.values(signals).flat().length, `${id}: ${text}`).toBeGreaterThan(0);
      }
      expect(exercise.protected).toContain(".github/workflows/**");
    }
  });

  it("gives bands that rise, or says that there are none", () => {
    const { levels, note } = template.salary;
    for (const { low, high } of levels) expect(low).toBeLessThan(high);
    expect(levels.map((l) => l.low)).toEqual(levels.map((l) => l.low).sort((a, b) => a - b));
    if (levels.length === 0) expect(note).toMatch(/nothing is made up/);
  });
});
