import type { Examples } from "./example.ts";

export const NUMBERS: Examples = {
  unsupported_number: {
    finds: [
      "cut it by 81%",
      "you ran 12 models",
      "you ran twelve models",
      "you ran a hundred models",
      "30 to 40%",
      "180,000 a year",
      ["Fine.", { subject: "5 days left" }],
      "as you told us on 8 November 2026",
    ],
    passes: [
      "from 47 minutes to 9",
      "under 0.25 s, and 30 per cent less",
      "170k to 205k USD",
      "two or three times, in one line",
      "half an hour, or a quarter of an hour",
      "p99 on KServe v2",
      "by 1 December 2026",
      "on Wednesday 9 December 2026, at 15:30 CET",
      "on 4 December, 10:00 to 11:45 UTC",
    ],
  },
  salary_missing: {
    finds: [
      ["Hello Zoë,", { purpose: "source" }],
      ["The range is 170,000 USD.", { purpose: "screen_invite" }],
      ["The range is good.", { purpose: "reengage", salary: null }],
      ["Hello Zoë,", { unsolicited: true }],
    ],
    passes: [
      ["It is 170,000 to 205,000 USD.", { purpose: "source" }],
      ["It is 170k to 205k.", { purpose: "screen_invite" }],
      ["Hello Zoë,", { purpose: "source", salaryRequired: false }],
      ["Hello Zoë,", { purpose: "status_update", salary: null }],
    ],
  },
};
