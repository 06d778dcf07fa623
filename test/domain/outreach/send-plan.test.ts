import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { DomainError } from "../../../src/domain/errors.ts";
import { CAPS, type MessageStatus, type OutboxState } from "../../../src/domain/outreach/outbox.ts";
import {
  planCancel,
  planSend,
  type Sending,
  settledBefore,
  type ToSend,
} from "../../../src/domain/outreach/send-plan.ts";

const { stages, messages } = loadCatalog({}).get("mlops-engineer");
const now = new Date("2026-11-24T09:00:00Z");
const TO_SEND: ToSend = {
  ref: "MLE-1",
  purpose: "status_update",
  draftedTo: "zoe@example.test",
  address: "zoe@example.test",
  optedOut: false,
  doNotContact: false,
  outdated: [],
  standing: {
    ref: "MLE-1",
    stage: "applied",
    status: "active",
    stages,
    roleStatus: "open",
    hasExercise: false,
    hasSubmission: false,
  },
  messages,
  findings: [],
};
const SENDING: Sending = { delaySeconds: 120, confirmed: { hour: 0, day: 0 } };
const failure = (work: () => unknown): DomainError => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error("nothing was refused");
};

describe("planSend", () => {
  it("asks a person first, and queues the message once they have agreed", () => {
    expect(planSend(TO_SEND, SENDING, { code: undefined, now })).toEqual({ step: "ask" });
    expect(planSend(TO_SEND, SENDING, { code: "ABCDEFGH", now })).toEqual({
      step: "queue",
      sendAt: new Date("2026-11-24T09:02:00Z"),
      code: "ABCDEFGH",
    });
  });

  it("leaves sending to a person where there is no mail server", () => {
    expect(planSend(TO_SEND, null, { code: "ABCDEFGH", now })).toEqual({ step: "send_manually" });
  });

  it.each<[string, Partial<ToSend>, RegExp]>([
    ["an address that has changed", { address: "other@example.test" }, /not the one on record for MLE-1/],
    [
      "an unsafe address",
      { address: "a,b@x.test", draftedTo: "a,b@x.test" },
      /no address that mail can safely/,
    ],
    ["somebody who asked not to be written to", { optedOut: true }, /asked not to be written to/],
    ["a purpose that the record contradicts", { purpose: "rejection" }, /contradicts the record/],
  ])("refuses %s, with a mail server and without", (_name, change, message) => {
    for (const sending of [SENDING, null]) {
      const refused = failure(() => planSend({ ...TO_SEND, ...change }, sending, { code: undefined, now }));
      expect(refused.message).toMatch(message);
    }
  });

  it("refuses a draft with an error and says as facts what mends it; warnings do not block", () => {
    const why = "None is on record.";
    const findings: ToSend["findings"] = [
      { rule: "exercise_missing", severity: "error", why, fix: "give_exercise" },
      { rule: "length", severity: "warning", why: "Too long." },
    ];
    const refused = failure(() => planSend({ ...TO_SEND, findings }, SENDING, { code: undefined, now }));
    expect(refused.message).toContain("exercise_missing: None is on record.");
    expect(refused.message).not.toContain("length");
    expect(refused.remedy).toEqual({
      do: "fix_draft",
      application: "MLE-1",
      purpose: "status_update",
      fixes: ["give_exercise"],
    });
    const warned = { ...TO_SEND, findings: findings.slice(1) };
    expect(planSend(warned, SENDING, { code: undefined, now })).toEqual({ step: "ask" });
  });

  it("holds a member to the cap only where the program sends", () => {
    const full = { ...SENDING, confirmed: { hour: CAPS.hour, day: CAPS.hour } };
    expect(failure(() => planSend(TO_SEND, full, { code: undefined, now })).message).toMatch(
      /in the last hour/,
    );
  });
});

describe("settledBefore and planCancel", () => {
  const at = (status: MessageStatus) => ({ ref: "MLE-1", purpose: "status_update" as const, status });

  it("say what a message has come to, and refuse to send what was thrown away", () => {
    expect(settledBefore(at("sent"))).toBe("already_sent");
    expect(settledBefore(at("approved"))).toBe("already_confirmed");
    for (const status of ["draft", "failed", "unknown"] as const)
      expect(settledBefore(at(status))).toBeUndefined();
    for (const status of ["discarded", "cancelled"] as const)
      expect(failure(() => settledBefore(at(status))).remedy).toMatchObject({ do: "draft_again" });
  });

  it.each<[MessageStatus, OutboxState | undefined, RegExp]>([
    ["draft", undefined, /is draft/],
    ["approved", "sending", /is being handed over just now/],
    ["sent", "sent", /is sent/],
  ])("refuse to cancel a message that is %s", (status, state, message) => {
    expect(failure(() => planCancel(status, state)).message).toMatch(message);
  });

  it("cancel a message that waits, once", () => {
    expect(planCancel("approved", "waiting")).toBe("cancelled");
    expect(planCancel("cancelled", "cancelled")).toBe("already_cancelled");
  });
});
