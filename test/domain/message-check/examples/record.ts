import type { Examples } from "./example.ts";

const BOOKED = {
  round: "Screen",
  when: "Tuesday 1 December 2026, 10:00 CET",
  minutes: 30,
  location: "Room 2",
};

export const RECORD: Examples = {
  opt_out: {
    finds: [
      ["Hello Zoë,", { optOut: "Please do not contact me again." }],
      ["The talk.", { purpose: "schedule", optOut: "STOP" }],
    ],
    passes: [
      ["Hello Zoë,", { optOut: null }],
      ["Hello Zoë,", {}],
    ],
  },
  exercise_missing: {
    finds: [
      ["The exercise.", { purpose: "exercise_invite", exerciseDue: null }],
      ["The exercise.", { purpose: "exercise_reminder", exerciseDue: null }],
    ],
    passes: [
      ["The exercise.", { purpose: "exercise_invite", exerciseDue: new Date("2026-12-01T23:59:00Z") }],
      ["The talk.", { purpose: "schedule", exerciseDue: null }],
    ],
  },
  exercise_over: {
    finds: [
      ["The exercise.", { purpose: "exercise_invite", exerciseDue: new Date("2026-11-24T11:59:00Z") }],
      ["The exercise.", { purpose: "exercise_reminder", exerciseDue: new Date("2026-11-01T00:00:00Z") }],
    ],
    passes: [
      ["The exercise.", { purpose: "exercise_invite", exerciseDue: new Date("2026-11-24T12:01:00Z") }],
      ["The talk.", { purpose: "schedule", exerciseDue: new Date("2026-11-01T00:00:00Z") }],
    ],
  },
  interview_changed: {
    finds: [
      ["The talk.", { interview: { drafted: BOOKED, booked: null } }],
      ["The talk.", { interview: { drafted: null, booked: BOOKED } }],
      ["The talk.", { interview: { drafted: BOOKED, booked: { ...BOOKED, when: "another time" } } }],
      ["The talk.", { interview: { drafted: BOOKED, booked: { ...BOOKED, location: null } } }],
    ],
    passes: [
      ["The talk.", { interview: { drafted: BOOKED, booked: { ...BOOKED } } }],
      ["The talk.", { interview: { drafted: null, booked: null } }],
      ["The talk.", {}],
    ],
  },
  no_evidence: {
    finds: [
      ["Hello Zoë,", { purpose: "source", evidence: [] }],
      ["Hello Zoë,", { purpose: "screen_invite", evidence: [] }],
    ],
    passes: [
      ["Hello Zoë,", { purpose: "source", evidence: ["ran 12 models"] }],
      ["Hello Zoë,", { purpose: "status_update", evidence: [] }],
    ],
  },
  stale_assessment: {
    finds: [
      ["Hello Zoë,", { purpose: "source", evidence: [], stale: { stale_why: "document_moved" } }],
      [
        "Hello Zoë,",
        { purpose: "screen_invite", evidence: [], stale: { stale_at: "2026-11-24T09:00:00.000Z" } },
      ],
    ],
    passes: [
      ["Hello Zoë,", { purpose: "source", evidence: [], stale: undefined }],
      ["Hello Zoë,", { purpose: "status_update", evidence: [], stale: { stale_why: "rubric_changed" } }],
    ],
  },
  language: {
    finds: [
      ["Hello Zoë,", { language: "de" }],
      ["Hello Zoë,", { language: "pt-BR" }],
    ],
    passes: [
      ["Hello Zoë,", { language: "en-GB" }],
      ["Hello Zoë,", { language: "EN" }],
    ],
  },
};
