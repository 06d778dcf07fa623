import { describe, expect, it } from "vitest";
import { ACTS, may } from "../../../src/domain/access.ts";
import { Access, type Member } from "../../../src/domain/member.ts";
import {
  type ApplicationFacts,
  type ApplicationStep,
  applicationStep,
  STEP_RULES,
  stepFor,
} from "../../../src/domain/pipeline/next-step.ts";
import type { NextStep, Step } from "../../../src/domain/pipeline/step.ts";
import { pendingTasks } from "../../../src/domain/pipeline/tasks.ts";
import { REPORTS } from "../../../src/domain/reports/report-name.ts";
import { Purpose } from "../../../src/domain/roles/role-template.ts";
import type { ExerciseForm } from "../../../src/domain/submission/exercise-form.ts";
import { callText, nextCall } from "../../../src/mcp/next-call.ts";
import { tools } from "../../../src/mcp/tools/index.ts";
import { interviewOf, panelOf, stages } from "../../support/builders.ts";
import { readCall } from "../../support/told-call.ts";

const by = (access: Access, email = "me@example.test"): Member => ({ id: "1", email, name: "Me", access });
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 9));
const OTHER = "alan@example.test";
const DRAFT = "01900000-0000-7000-8000-000000000000";

type Has = {
  readonly assessed?: boolean;
  readonly assigned?: ExerciseForm | null;
  readonly hasSubmission?: boolean;
};
/** What is on record of MLE-1 at a stage, where these still owe their card of it (or their vote). */
function record(
  stage: string,
  owing: readonly string[] = [],
  has: Has = {},
  more: Partial<ApplicationFacts> = {},
): ApplicationFacts {
  const seats = owing.map((member) => ({
    ...{ member, round: stage === "debrief" ? "screen" : stage, onTeam: true, assignedAt: day(20) },
    submitted: stage === "debrief",
  }));
  const facts = { assessed: true, assigned: "code" as const, hasSubmission: true, ...has };
  const position = { stage, status: "active" as const, importedAt: null, stageEnteredAt: day(20) };
  const panel = panelOf({ seats, interviews: [interviewOf(stage, day(20))] });
  const tasks = pendingTasks(
    {
      ref: "MLE-1",
      role: { stages, status: "open" },
      position,
      owner: "owner@example.test",
      panel,
      ...facts,
    },
    day(24),
  );
  return {
    stages,
    stage,
    recruitersSend: true,
    ...facts,
    gatesMet: owing.length === 0,
    tasks,
    purposes: Purpose.options,
    unsent: [],
    ...more,
  };
}
const next = (access: Access, step: ApplicationStep, at: ApplicationFacts) =>
  applicationStep(by(access), step, "MLE-1", at);
/** As the edge says it. */
const said = (step: NextStep) => callText(nextCall(step));

describe("the next call about an application", () => {
  it.each([
    ["an assessment", record("applied", [], { assessed: false }), "score_candidate with application: MLE-1"],
    [
      "one's own card",
      record("screen", [OTHER, "me@example.test"]),
      "submit_scorecard with application: MLE-1, round: screen",
    ],
    [
      "a colleague's card",
      record("screen", [OTHER]),
      `${OTHER}: submit_scorecard with application: MLE-1, round: screen`,
    ],
    ["a colleague's vote", record("debrief", [OTHER]), `${OTHER}: cast_vote with application: MLE-1`],
    [
      "the exercise, before anything is asked about it",
      record("exercise", [OTHER], { assigned: null, hasSubmission: false }),
      "assign_exercise with application: MLE-1",
    ],
    [
      "the snapshot, once an exercise is given",
      record("exercise", [], { hasSubmission: false }),
      "summarize_submission with application: MLE-1",
    ],
    [
      "the next stage, once all is in",
      record("screen"),
      "move_candidate with application: MLE-1, from: screen, to: architecture",
    ],
    [
      "to look, where a card is missing that nobody owes yet",
      record("screen", [], {}, { gatesMet: false }),
      "get_candidate with application: MLE-1",
    ],
    [
      "what is on the table, where an offer would be next",
      record("debrief"),
      "get_debrief with application: MLE-1",
    ],
  ])("is %s", (_name, at, expected) => {
    expect(said(next("hiring_manager", "work", at))).toBe(expected);
  });

  it.each<[string, Partial<ApplicationFacts>, string]>([
    ["drafts", {}, "draft_outreach with application: MLE-1, purpose: offer_followup"],
    [
      "sends the draft that is there",
      { unsent: [{ id: DRAFT, purpose: "offer_followup", sendable: true }] },
      `send_message with message: ${DRAFT}`,
    ],
    [
      "drafts beside the draft of another purpose",
      { unsent: [{ id: DRAFT, purpose: "offer_talk", sendable: true }] },
      "draft_outreach with application: MLE-1, purpose: offer_followup",
    ],
    [
      "reads what is on its way or hidden",
      { unsent: [{ id: DRAFT, purpose: "offer_followup", sendable: false }] },
      "get_candidate with application: MLE-1, include: messages",
    ],
    [
      "tells how things stand where nothing else may be written",
      { purposes: ["status_update"] },
      "draft_outreach with application: MLE-1, purpose: status_update",
    ],
    [
      "reads where nothing may be written",
      { purposes: [] },
      "get_candidate with application: MLE-1, include: messages",
    ],
  ])("to the candidate %s", (_name, more, expected) => {
    const step = next("hiring_manager", { write: "offer_followup" }, record("offer", [], {}, more));
    expect(said(step)).toBe(expected);
  });

  it("tells an interviewer their own debt and no colleague's, nor that a colleague has none", () => {
    const own = record("screen", [OTHER, "me@example.test"]);
    expect(next("interviewer", "work", own)).toEqual({
      ...{ act: "submit_card", application: "MLE-1", round: "screen" },
    });
    for (const at of [record("screen", [OTHER]), record("screen")])
      expect(next("interviewer", "work", at)).toEqual({ act: "look", application: "MLE-1" });
  });
});

describe("every step", () => {
  const application = "MLE-1";
  /** One of each act, with every argument that it may carry. */
  const ONE_OF_EACH: { readonly [A in Step["act"]]: Step & { readonly act: A } } = {
    assess: { act: "assess", application },
    give_exercise: { act: "give_exercise", application },
    read_submission: { act: "read_submission", application },
    hand_in: { act: "hand_in", application },
    name_arrived: { act: "name_arrived", application, kind: "resume" },
    vote: { act: "vote", application },
    look: { act: "look", application },
    look_at_messages: { act: "look_at_messages", application },
    hold_debrief: { act: "hold_debrief", application },
    submit_card: { act: "submit_card", application, round: "screen" },
    record_told: { act: "record_told", application },
    call_off_closed: { act: "call_off_closed", application, round: "screen", interview: DRAFT },
    call_off: { act: "call_off", application, round: "screen", interview: DRAFT },
    say_outcome: { act: "say_outcome", application, round: "screen", interview: DRAFT },
    settle_offer: { act: "settle_offer", application },
    discard: { act: "discard", application, discard: DRAFT },
    prepare: { act: "prepare", application, round: "screen" },
    book: { act: "book", application, round: "screen" },
    move: { act: "move", application, from: "applied", to: "screen" },
    draft_message: { act: "draft_message", application, purpose: "schedule" },
    send: { act: "send", message: DRAFT },
    send_reserved: { act: "send_reserved", message: DRAFT },
    check_scope: { act: "check_scope", role: "MLE" },
    change_role: { act: "change_role", role: "MLE" },
    read_report: { act: "read_report", role: "MLE", report: "funnel" },
    list_tasks: { act: "list_tasks", role: "MLE", owed_by: OTHER, stage: "applied" },
  };
  const each = Object.values(ONE_OF_EACH).map((step): [Step["act"], Step] => [step.act, step]);

  it.each(each)(
    "%s is a call of a tool, with arguments that it takes, for whoever may make it",
    (act, step) => {
      const { tool } = readCall(nextCall(step));
      const access = tools.find(({ name }) => name === tool)?.access;
      // A recruiter may call send_message, to record what was sent by hand; letting a draft leave takes more in some roles.
      expect(STEP_RULES[act]).toEqual(act === "send_reserved" ? ACTS.send_reserved.rule : access);
      for (const who of Access.options.filter((level) => access?.[level] === undefined))
        expect(may({ access: who }, STEP_RULES[act])).toBe(false);
      for (const who of Access.options)
        expect(stepFor({ access: who }, step).who === undefined).toBe(may({ access: who }, STEP_RULES[act]));
    },
  );

  it.each(Purpose.options)("may write a message for %s", (purpose) => {
    readCall(nextCall({ act: "draft_message", application, purpose }));
  });

  it.each(REPORTS)("may read the report %s", (report) => {
    readCall(nextCall({ act: "read_report", role: "MLE", report }));
  });
});

describe("every next call", () => {
  const records = stages.flatMap(({ id }) =>
    [[], [OTHER], ["me@example.test"], [OTHER, "me@example.test"]].flatMap((owing) =>
      [true, false].flatMap((yes) => [
        record(id, owing, { assessed: yes, assigned: yes ? "code" : null, hasSubmission: false }),
        record(id, owing, { hasSubmission: yes }),
        ...(["status_update", "offer_followup", "exercise_reminder"] as const).map((purpose) =>
          record(id, owing, {}, { unsent: [{ id: DRAFT, purpose, sendable: yes }] }),
        ),
      ]),
    ),
  );
  const steps: ApplicationStep[] = ["work", ...Purpose.options.map((write) => ({ write }) as const)];
  const roleSteps: Step[] = [
    { act: "check_scope", role: "MLE" },
    { act: "change_role", role: "MLE" },
    { act: "read_report", role: "MLE", report: "funnel" },
  ];

  it.each(Access.options)(
    "that %s is told names a tool, its arguments and allowed values, and is theirs",
    (access) => {
      const member = by(access);
      const told = new Map(
        [
          ...records.flatMap((at) => steps.map((step) => applicationStep(member, step, "MLE-1", at))),
          ...roleSteps.map((step) => stepFor(member, step)),
        ].map((step) => [said(step), step]),
      );
      for (const [text, step] of told) {
        const { who, tool, arguments: args } = readCall(nextCall(step));
        if (who === undefined) {
          const access = tools.find(({ name }) => name === tool)?.access ?? {};
          expect(may(member, tool === "send_message" ? ACTS.send.rule : access), text).toBe(true);
        }
        for (const place of [args.from, args.to, args.round].filter((p) => p !== undefined))
          expect(
            stages.map(({ id }) => id),
            text,
          ).toContain(place);
        // A recruiter cannot make an offer, and nobody is told to before it is decided.
        expect(args.to, text).not.toBe("offer");
      }
      expect(told.size).toBeGreaterThan(8);
    },
  );

  it("of a task is one that a host can make", () => {
    for (const { tasks } of records)
      for (const { step } of tasks) expect(readCall(nextCall(step)).who, said(step)).toBeUndefined();
  });

  it("names who may, where the member may not", () => {
    const draft = record(
      "offer",
      [],
      {},
      { unsent: [{ id: DRAFT, purpose: "offer_followup", sendable: true }] },
    );
    const step = { write: "offer_followup" } as const;
    expect(said(next("recruiter", step, draft))).toBe(`send_message with message: ${DRAFT}`);
    expect(said(next("recruiter", step, { ...draft, recruitersSend: false }))).toBe(
      `a hiring manager: send_message with message: ${DRAFT}`,
    );
    for (const access of ["interviewer", "viewer"] as const)
      expect(said(next(access, step, record("offer")))).toBe(
        "a recruiter: draft_outreach with application: MLE-1, purpose: offer_followup",
      );
    expect(said(stepFor(by("viewer"), { act: "change_role", role: "MLE" }))).toBe(
      "a recruiter: update_role with role: MLE",
    );
  });

  it("is refused by the reader of calls where it is none", () => {
    const MLE = { application: "MLE-1" };
    for (const wrong of [
      "move_candidate with application: MLE-1",
      { tool: "move_candidate", arguments: {} },
      { tool: "ask_somebody", arguments: MLE },
      { tool: "draft_outreach", arguments: { candidate: "MLE-1" } },
      { tool: "draft_outreach", arguments: { ...MLE, purpose: "hello" } },
      { tool: "get_candidate", arguments: { ...MLE, include: ["secrets"] } },
      { tool: "get_report", arguments: { report: "gossip" } },
      { tool: "get_candidate", arguments: MLE, who: "Ask somebody to do it" },
    ])
      expect(() => readCall(wrong), JSON.stringify(wrong)).toThrow();
  });
});
