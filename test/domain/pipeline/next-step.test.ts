import { describe, expect, it } from "vitest";
import { may, type Right } from "../../../src/domain/access.ts";
import { Access, type Member } from "../../../src/domain/member.ts";
import {
  applicationCall,
  type OnRecord,
  roleCall,
  type Step,
} from "../../../src/domain/pipeline/next-step.ts";
import { pendingTasks } from "../../../src/domain/pipeline/tasks.ts";
import { Purpose } from "../../../src/domain/roles/role-template.ts";
import { stages } from "../../support/builders.ts";
import { readCall } from "../../support/told-call.ts";

const by = (access: Access, email = "me@example.test"): Member => ({ id: "1", email, name: "Me", access });
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 9));
const OTHER = "alan@example.test";
const DRAFT = "01900000-0000-7000-8000-000000000000";

type Has = { readonly assessed?: boolean; readonly assigned?: boolean; readonly hasSubmission?: boolean };
/** What is on record of MLE-1 at a stage, where these still owe their card of it (or their vote). */
function record(
  stage: string,
  owing: readonly string[] = [],
  has: Has = {},
  more: Partial<OnRecord> = {},
): OnRecord {
  const seats = owing.map((member) => ({
    ...{ member, round: stage === "debrief" ? "screen" : stage, onTeam: true, assignedAt: day(20) },
    submitted: stage === "debrief",
  }));
  const facts = { assessed: true, assigned: true, hasSubmission: true, ...has };
  const position = { stage, status: "active" as const, stageEnteredAt: day(20) };
  const panel = { seats, planned: [], voted: [] };
  const owed = pendingTasks(
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
  return { stages, stage, ...facts, owed, purposes: Purpose.options, unsent: [], ...more };
}
const next = (access: Access, step: Exclude<Step, { call: unknown }>, at: OnRecord) =>
  applicationCall(by(access), step, "MLE-1", at);

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
      record("exercise", [OTHER], { assigned: false, hasSubmission: false }),
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
      "what is on the table, where an offer would be next",
      record("debrief"),
      "get_debrief with application: MLE-1",
    ],
  ])("is %s", (_name, at, expected) => {
    expect(next("hiring_manager", "work", at)).toBe(expected);
  });

  it.each<[string, Partial<OnRecord>, string]>([
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
    expect(next("hiring_manager", { write: "offer_followup" }, record("offer", [], {}, more))).toBe(expected);
  });

  it("tells an interviewer their own debt and no colleague's, nor that a colleague has none", () => {
    const own = record("screen", [OTHER, "me@example.test"]);
    expect(next("interviewer", "work", own)).toBe("submit_scorecard with application: MLE-1, round: screen");
    for (const at of [record("screen", [OTHER]), record("screen")])
      expect(next("interviewer", "work", at)).toBe("get_candidate with application: MLE-1");
  });
});

describe("every next call", () => {
  const records = stages.flatMap(({ id }) =>
    [[], [OTHER], ["me@example.test"], [OTHER, "me@example.test"]].flatMap((owing) =>
      [true, false].flatMap((yes) => [
        record(id, owing, { assessed: yes, assigned: yes, hasSubmission: false }),
        record(id, owing, { hasSubmission: yes }),
        ...(["status_update", "offer_followup", "exercise_reminder"] as const).map((purpose) =>
          record(id, owing, {}, { unsent: [{ id: DRAFT, purpose, sendable: yes }] }),
        ),
      ]),
    ),
  );
  const steps: Exclude<Step, { call: unknown }>[] = [
    "work",
    ...Purpose.options.map((write) => ({ write }) as const),
  ];
  const roleSteps = [
    { call: "check_role" },
    { call: "update_role" },
    { call: "get_report", report: "funnel" },
  ] as const;

  it.each(Access.options)(
    "that %s is told names a tool, its arguments and allowed values, and is theirs",
    (access) => {
      const member = by(access);
      const told = new Set([
        ...records.flatMap((at) => steps.map((step) => applicationCall(member, step, "MLE-1", at))),
        ...roleSteps.map((step) => roleCall(member, step, "MLE")),
      ]);
      for (const said of told) {
        const { who, tool, args } = readCall(said);
        if (who === null) {
          const right: Right = tool === "send_message" ? "send" : (tool as Right);
          expect(may(member, right), said).toBe(true);
        }
        for (const place of [args.from, args.to, args.round].filter((p) => p !== undefined))
          expect(
            stages.map(({ id }) => id),
            said,
          ).toContain(place);
        // A recruiter cannot make an offer, and nobody is told to before it is decided.
        expect(args.to, said).not.toBe("offer");
      }
      expect(told.size).toBeGreaterThan(8);
    },
  );

  it("of what is owed is one that a host can make", () => {
    for (const { owed } of records)
      for (const { next: said } of owed) expect(readCall(said), said).toMatchObject({ who: null });
  });

  it("names who may, where the member may not", () => {
    const draft = record(
      "offer",
      [],
      {},
      { unsent: [{ id: DRAFT, purpose: "offer_followup", sendable: true }] },
    );
    const step = { write: "offer_followup" } as const;
    expect(next("recruiter", step, draft)).toBe(`a hiring manager: send_message with message: ${DRAFT}`);
    for (const access of ["interviewer", "viewer"] as const)
      expect(next(access, step, record("offer"))).toBe(
        "a recruiter: draft_outreach with application: MLE-1, purpose: offer_followup",
      );
    expect(roleCall(by("viewer"), { call: "update_role" }, "MLE")).toBe(
      "a recruiter: update_role with role: MLE",
    );
  });

  it("is refused by the reader where it is none", () => {
    for (const wrong of [
      "move_candidate",
      "Ask somebody to do it",
      "draft_outreach with candidate: MLE-1",
      "draft_outreach with application: MLE-1, purpose: hello",
      "get_candidate with application: MLE-1, include: secrets",
      "get_report with report: gossip",
    ])
      expect(() => readCall(wrong), wrong).toThrow();
  });
});
