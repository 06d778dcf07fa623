import type { Examples } from "./example.ts";

export const TIMES: Examples = {
  due_past: {
    finds: [
      "It is due on Sunday 22 November 2026.",
      "Please answer by Friday, 20 November.",
      "The deadline is November 3rd, 2026.",
      "Due: 2026-11-01",
      "due 24 November 2026, 09:00 UTC",
      ["Fine.", { subject: "The exercise, due Sunday 22 November 2026, 23:59 UTC" }],
    ],
    passes: [
      "It is due on 1 December 2026, 23:59 UTC.",
      "due 24 November 2026, 13:00 UTC",
      "due 24 November 2026",
      "You applied by e-mail on 3 May 2026.",
      "It was due on 1 November 2026.",
      "Please answer by Friday, 27 November.",
      "The talk was on 2026-10-01. The answer is due later.",
    ],
  },
  time_without_zone: {
    finds: [
      "Could we speak at 14:00?",
      "tomorrow at 3 pm",
      "9:30 a.m. on Tuesday",
      "at 3 o'clock",
      "10:00-10:45 on Tuesday",
      "at 14:00 with our IT",
      "14:00,\nUTC is elsewhere",
    ],
    passes: [
      "14:00 UTC",
      "Tuesday, 10:00 to 10:45 (CET)",
      "2026-12-01T14:00:00+01:00 and 2026-12-01T09:00-05:00",
      "10:00-10:45 CET",
      "14:00 GMT+1",
      "3 pm Berlin time",
      "10:00 Europe/Berlin",
      '"paged at 03:12 and up at 04:00"',
      "All times are in CET: 10:00, 11:00",
      "half an hour, 2 months, 12.30 euros",
      "23:59Z",
    ],
  },
};
