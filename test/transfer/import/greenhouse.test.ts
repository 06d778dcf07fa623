import { describe, expect, it } from "vitest";
import { person, readFolder, toldOf } from "./folder.ts";

const zoe = {
  id: 53880001,
  first_name: "Zoë",
  last_name: "Okafor",
  company: "Tarn Works",
  is_private: false,
  can_email: true,
  attachments: [
    {
      filename: "Okafor_2026.pdf",
      url: "https://files.example.test/1",
      type: "resume",
      created_at: "2026-02-01T09:00:00Z",
    },
    { filename: "Okafor_offer.pdf", url: "https://files.example.test/2", type: "offer_letter" },
  ],
  application_ids: [69100001, 69100002],
  phone_numbers: [
    { value: "zoe.skype", type: "skype" },
    { value: "+49 30 5550100", type: "home" },
    { value: "+49 170 5550101", type: "mobile" },
  ],
  addresses: [{ value: "Elbweg 4\n10115 Berlin", type: "home" }],
  email_addresses: [
    { value: "zoe.okafor@tarn.example.test", type: "work" },
    { value: "zoe@okafor.example.test", type: "personal" },
  ],
  website_addresses: [{ value: "okafor.example.test", type: "personal" }],
  social_media_addresses: [{ value: "https://linkedin.com/in/zoe-okafor" }],
  recruiter: { id: 7, first_name: "Ada", last_name: "Lind", name: "Ada Lind", employee_id: null },
  coordinator: null,
  tags: ["Python", "relocates"],
  keyed_custom_fields: {
    desired_salary: { name: "Desired Salary", type: "short_text", value: "90000" },
    notice: { name: "Notice", type: "short_text", value: null },
  },
};

const application = (own: object) => ({
  candidate_id: 53880001,
  prospect: false,
  applied_at: "2026-02-01T08:12:03.728Z",
  rejected_at: null,
  last_activity_at: "2026-02-08T12:29:30.481Z",
  location: { address: "Berlin, Germany" },
  source: { id: 16, public_name: "LinkedIn (Prospecting)" },
  credited_to: { id: 9, name: "Bo Reyes" },
  recruiter: null,
  rejection_reason: null,
  jobs: [{ id: 149995, name: "MLOps Engineer" }],
  job_post_id: 123,
  status: "active",
  current_stage: { id: 1073533, name: "Take Home Test" },
  answers: [{ question: "When could you start?", answer: "In May" }],
  attachments: [],
  ...own,
});

const active = application({ id: 69100002 });
const rejected = application({
  id: 69100001,
  applied_at: "2025-03-04T10:00:00.000Z",
  rejected_at: "2025-03-20T15:30:00.000Z",
  source: { id: 2, public_name: "Referral" },
  location: null,
  jobs: [{ id: 2, name: "Data Engineer" }],
  status: "rejected",
  current_stage: { id: 3, name: "Phone Screen" },
  rejection_reason: { id: 9504, name: "Hired another candidate", type: { id: 1, name: "We rejected them" } },
  answers: [],
});

const scorecard = {
  id: 123,
  interview: "Technical Interview",
  interview_step: { id: 432, name: "Technical Interview" },
  candidate_id: 53880001,
  application_id: 69100002,
  interviewed_at: "2026-02-05T16:00:00.000Z",
  submitted_by: { id: 4080, name: "Ada Lind" },
  interviewer: { id: 821, name: "Sam Ortiz" },
  submitted_at: "2026-02-05T18:01:51Z",
  overall_recommendation: "strong_yes",
  attributes: [
    { name: "Debugging", type: "Skills", note: "Found the <b>race</b> at once.", rating: "yes" },
    { name: "Design", type: "Skills", note: null, rating: "mixed" },
  ],
  ratings: { yes: ["Debugging"], mixed: ["Design"] },
  questions: [
    { id: null, question: "Key Take-Aways", answer: "<p>Calm.</p><ul><li>Clear</li><li>Quick</li></ul>" },
    { id: null, question: "Private Notes", answer: "Asks for much." },
    { id: 5, question: "Which team?", answer: "Platform" },
  ],
};

const feed = {
  notes: [
    {
      id: 1,
      created_at: "2026-02-02T20:11:40Z",
      body: "Moves to Berlin in <br>spring.",
      user: { id: 512, name: "Ada Lind" },
      private: false,
      visibility: "public",
    },
    { id: 2, created_at: "2026-02-03T20:11:40Z", body: "Only for us.", user: null, visibility: "admin_only" },
  ],
  emails: [{ id: 3, subject: "Hello", body: "Hi Zoe", to: "zoe@okafor.example.test", user: null }],
  activities: [],
};

const expected = person({
  where: "candidates.json, candidate 53880001",
  id: "53880001",
  name: "Zoë Okafor",
  email: "zoe@okafor.example.test",
  otherEmails: ["zoe.okafor@tarn.example.test"],
  phone: "+49 170 5550101",
  links: ["https://okafor.example.test", "https://linkedin.com/in/zoe-okafor"],
  location: "Berlin, Germany",
  tags: ["Python", "relocates"],
  records: [
    {
      kind: "note",
      text: "Moves to Berlin in\nspring.",
      author: "Ada Lind",
      writtenAt: "2026-02-02T20:11:40.000Z",
    },
  ],
  applications: [
    {
      id: "69100001",
      role: "Data Engineer",
      stage: "Phone Screen",
      status: "rejected",
      appliedAt: "2025-03-04T10:00:00.000Z",
      endedAt: "2025-03-20T15:30:00.000Z",
      reason: "Hired another candidate",
      source: "Referral",
      referredBy: "Bo Reyes",
      owner: "Ada Lind",
      history: [],
      records: [],
    },
    {
      id: "69100002",
      role: "MLOps Engineer",
      stage: "Take Home Test",
      status: "active",
      appliedAt: "2026-02-01T08:12:03.728Z",
      source: "LinkedIn (Prospecting)",
      owner: "Ada Lind",
      history: [],
      records: [
        { kind: "answer", title: "When could you start?", text: "In May" },
        {
          kind: "scorecard",
          title: "Technical Interview",
          text: [
            "Key Take-Aways:\nCalm.\n\n- Clear\n- Quick",
            "Which team? Platform",
            "Debugging (Skills): yes. Found the race at once.",
            "Design (Skills): mixed",
          ].join("\n"),
          author: "Sam Ortiz",
          recommendation: "strong_yes",
          writtenAt: "2026-02-05T18:01:51.000Z",
        },
      ],
    },
  ],
});

describe("an export of Greenhouse", () => {
  it("becomes people with their applications, answers, notes and scorecards", async () => {
    const source = await readFolder({
      "candidates.json": [{ ...zoe, applications: [active, rejected] }],
      "scorecards.json": [scorecard],
      "activity_feed/53880001.json": feed,
    });
    expect(source.system).toBe("greenhouse");
    expect(source.people).toEqual([expected]);
    expect(source.recognised).toEqual([
      { what: "activity_feed/53880001.json: 1", as: "Greenhouse, activity feed" },
      { what: "candidates.json: 1", as: "Greenhouse, candidate" },
      { what: "scorecards.json: 1", as: "Greenhouse, scorecard" },
    ]);
    expect(toldOf(source)).toEqual([
      "candidates.json, candidate 53880001 (files): the source names résumés of 1 person that are not beside it: put them into its folder",
      "Greenhouse (custom_fields): are not taken over: Desired Salary",
      "Greenhouse: 2 private notes: left out, as here the team would read them",
      "Greenhouse: 1 e-mail of the activity feed: not taken over",
    ]);
  });

  it("may have applications in a list of their own", async () => {
    const { people } = await readFolder({
      "applications.json": [active, rejected],
      "candidates.json": [zoe],
      "scorecards.json": [scorecard],
      "activity_feed/53880001.json": feed,
    });
    expect(people).toEqual([expected]);
  });

  it("says when somebody withdrew, was hired, or only became an application", async () => {
    const withdrawn = {
      ...rejected,
      id: 1,
      rejection_reason: { name: "Took another offer", type: { id: 2, name: "They rejected us" } },
    };
    const hired = application({ id: 2, status: "hired" });
    const converted = application({ id: 3, status: "converted", prospect: true });
    const source = await readFolder({
      "candidates.json": [{ ...zoe, application_ids: [], applications: [withdrawn, hired, converted] }],
    });
    expect(source.people[0]?.applications.map(({ id, status, reason }) => ({ id, status, reason }))).toEqual([
      { id: "1", status: "withdrawn", reason: "Took another offer" },
      { id: "2", status: "hired", reason: undefined },
    ]);
    expect(toldOf(source)).toContain(
      "candidates.json, application 3: is a prospect that became an application, which stands by itself: left out",
    );
  });

  it("has no stage entry times, so none are made up", async () => {
    const { people } = await readFolder({ "candidates.json": [{ ...zoe, applications: [active] }] });
    expect(people[0]?.applications[0]?.stageEnteredAt).toBeUndefined();
    expect(people[0]?.applications[0]?.history).toEqual([]);
  });

  it("keeps who must not be written to", async () => {
    const { people } = await readFolder({ "candidates.json": [{ ...zoe, can_email: false }] });
    expect(people[0]?.doNotContact).toBe(true);
  });

  it("tells ids that point nowhere, and takes the rest", async () => {
    const source = await readFolder({
      "candidates.json": [{ ...zoe, application_ids: [1, 69100002], applications: [active] }],
      "applications.json": [application({ id: 5, candidate_id: 404 })],
      "scorecards.json": [{ ...scorecard, id: 9, application_id: 404, candidate_id: 404 }],
    });
    expect(source.people.map(({ name }) => name)).toEqual(["Zoë Okafor"]);
    expect(toldOf(source)).toEqual(
      expect.arrayContaining([
        "applications.json, application 5: its candidate is not in the export: left out",
        "scorecards.json, scorecard 9: neither its application nor its candidate is in the export: left out",
        "candidates.json, candidate 53880001: names applications that are not in the export",
      ]),
    );
  });

  it("never gives demographic answers, offers or anonymized people to a candidate", async () => {
    const source = await readFolder({
      "candidates.json": [
        { ...zoe, applications: [] },
        { ...zoe, id: 77, first_name: "Anonymized", last_name: "77", application_ids: [] },
      ],
      "answers.json": [
        { id: 51, application_id: 69100002, demographic_question_id: 25, free_form_text: "secret" },
      ],
      "eeoc.json": [{ application_id: 286, candidate_id: 53880001, race: { id: 7 }, gender: { id: 1 } }],
      "eeoc_report.csv": "Name,Gender\nZoe Okafor,x\n",
      "offers.json": [
        { id: 1, application_id: 69100002, candidate_id: 53880001, starts_at: "2026-05-01", status: "sent" },
      ],
    });
    expect(source.people.map(({ id }) => id)).toEqual(["53880001"]);
    expect(JSON.stringify(source.people)).not.toContain("secret");
    const told = toldOf(source).join("\n");
    expect(told).toContain("eeoc_report.csv: holds answers of people about themselves");
    expect(told).toContain("answers.json: 1 record: holds answers of people about themselves");
    expect(told).toContain("eeoc.json: holds answers of people about themselves");
    expect(told).toContain("offers.json: 1 record: holds offers: they are not taken over");
    expect(told).toContain("candidates.json, candidate 77 (name): is anonymized: left out");
  });
});
