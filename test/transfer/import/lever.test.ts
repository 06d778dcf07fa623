import { describe, expect, it } from "vitest";
import { person, readFolder, toldOf } from "./folder.ts";

const lists = {
  "stages.json": {
    data: [
      { id: "lead-new", text: "New lead" },
      { id: "51adaa3d-1aa6-4e2b-92d0-2e575047001e", text: "Phone screen" },
      { id: "68f08350-a035-4d89-83c2-79164dbf2cf8", text: "On-site interview" },
    ],
    hasNext: false,
  },
  "archive_reasons.json": {
    data: [
      {
        id: "22a7cc8d-4379-4cb6-8001-62567fa247b4",
        text: "Under-qualified",
        status: "active",
        type: "non-hired",
      },
      { id: "6039b390-1ce0-4edf-901c-b71dcf7894e1", text: "Withdrew", status: "active", type: "non-hired" },
      { id: "0092d31b-502b-4f0d-b4da-3827e1a2991f", text: "Hired!", status: "active", type: "hired" },
    ],
    hasNext: false,
  },
  "postings.json": {
    data: [
      {
        id: "75ff237f-c221-4c26-8b23-faf395f5ea1c",
        text: "MLOps Engineer",
        state: "published",
        categories: { team: "Platform" },
        tags: [],
      },
    ],
    hasNext: false,
  },
  "users.json": {
    data: [
      {
        id: "32bc4d3b-0000-4e2b-92d0-2e575047001e",
        name: "Ada Lind",
        email: "ada@example.test",
        accessRole: "admin",
      },
      {
        id: "be129d9b-0000-4485-9377-0d83e981f30b",
        name: "Sam Ortiz",
        email: "sam@example.test",
        accessRole: "interviewer",
      },
    ],
    hasNext: false,
  },
};

const opportunity = (own: object) => ({
  id: "6408dc54-7015-4e5b-8d60-23afff2b1efc",
  name: "Kim Vargas",
  contact: "997fd432-94f6-4613-9fa8-c3d5bd49600b",
  headline: "Tarn Works",
  stage: "68f08350-a035-4d89-83c2-79164dbf2cf8",
  confidentiality: "non-confidential",
  location: "Lisbon",
  phones: [{ type: "mobile", value: "+351 910 000 001" }],
  emails: ["kim@vargas.example.test"],
  links: ["linkedin.com/in/kim-vargas"],
  archived: null,
  tags: ["Platform"],
  sources: ["Referral"],
  stageChanges: [
    {
      toStageId: "68f08350-a035-4d89-83c2-79164dbf2cf8",
      toStageIndex: 2,
      updatedAt: 1767780000000,
      userId: "x",
    },
    { toStageId: "lead-new", toStageIndex: 0, updatedAt: 1767600000000, userId: "x" },
    {
      toStageId: "51adaa3d-1aa6-4e2b-92d0-2e575047001e",
      toStageIndex: 1,
      updatedAt: 1767690000000,
      userId: "x",
    },
  ],
  origin: "referred",
  owner: "32bc4d3b-0000-4e2b-92d0-2e575047001e",
  followers: [],
  applications: ["7278da68-141b-4203-b209-8ca6c0fa1f2d"],
  createdAt: 1767600000000,
  updatedAt: 1767790000000,
  lastAdvancedAt: 1767780000000,
  isAnonymized: false,
  dataProtection: null,
  ...own,
});

const application = {
  id: "7278da68-141b-4203-b209-8ca6c0fa1f2d",
  type: "posting",
  candidateId: "6408dc54-7015-4e5b-8d60-23afff2b1efc",
  opportunityId: "6408dc54-7015-4e5b-8d60-23afff2b1efc",
  posting: "75ff237f-c221-4c26-8b23-faf395f5ea1c",
  comments: "I can start in May.",
  customQuestions: [
    {
      text: "Questions",
      fields: [{ type: "multiple-choice", text: "Where would you work?", value: "Lisbon" }],
    },
  ],
  createdAt: 1767600000001,
};

const written = {
  "notes/6408dc54-7015-4e5b-8d60-23afff2b1efc.json": {
    data: [
      {
        id: "n1",
        text: "Note",
        fields: [{ type: "note", text: "Comment", value: "Knows our stack.", user: "x" }],
        user: "32bc4d3b-0000-4e2b-92d0-2e575047001e",
        secret: false,
        completedAt: 1767691000000,
        createdAt: 1767691000000,
        deletedAt: null,
      },
      {
        id: "n2",
        text: "Note",
        fields: [{ value: "gone" }],
        user: null,
        secret: false,
        createdAt: 1767691000000,
        deletedAt: 1767691000001,
      },
      {
        id: "n3",
        text: "Note",
        fields: [{ value: "hush" }],
        user: null,
        secret: true,
        createdAt: 1767691000000,
      },
    ],
    hasNext: false,
  },
  "feedback/6408dc54-7015-4e5b-8d60-23afff2b1efc.json": {
    data: [
      {
        id: "f1",
        type: "interview",
        text: "On-site form",
        instructions: "",
        fields: [
          { type: "score-system", text: "Overall rating", value: "4 - Strong Hire" },
          { type: "textarea", text: "Pros", value: "Patient" },
          { type: "multiple-select", text: "Tools", value: ["Kafka", "dbt"] },
          { type: "textarea", text: "Cons", value: null },
        ],
        baseTemplateId: "b1",
        interview: null,
        user: "be129d9b-0000-4485-9377-0d83e981f30b",
        createdAt: 1767782000000,
        completedAt: 1767783000000,
        deletedAt: null,
      },
      {
        id: "f2",
        type: "interview",
        text: "Draft",
        fields: [{ text: "Pros", value: "?" }],
        baseTemplateId: "b1",
        completedAt: null,
      },
    ],
    hasNext: false,
  },
};

describe("an export of Lever", () => {
  it("becomes people whose ids have the names that its lists give them", async () => {
    const source = await readFolder({
      ...lists,
      ...written,
      "opportunities.json": { data: [opportunity({})], hasNext: false },
      "applications.json": { data: [application], hasNext: false },
      "referrals.json": [
        {
          id: "r1",
          type: "referral",
          text: "Referral",
          fields: [],
          baseTemplateId: "b2",
          opportunityId: "6408dc54-7015-4e5b-8d60-23afff2b1efc",
          referrer: "be129d9b-0000-4485-9377-0d83e981f30b",
        },
      ],
    });
    expect(source.system).toBe("lever");
    expect(source.people).toEqual([
      person({
        where: "opportunities.json, opportunity 6408dc54-7015-4e5b-8d60-23afff2b1efc",
        id: "997fd432-94f6-4613-9fa8-c3d5bd49600b",
        name: "Kim Vargas",
        email: "kim@vargas.example.test",
        phone: "+351 910 000 001",
        links: ["https://linkedin.com/in/kim-vargas"],
        location: "Lisbon",
        tags: ["Platform"],
        applications: [
          {
            id: "6408dc54-7015-4e5b-8d60-23afff2b1efc",
            role: "MLOps Engineer",
            stage: "On-site interview",
            status: "active",
            appliedAt: "2026-01-05T08:00:00.001Z",
            stageEnteredAt: "2026-01-07T10:00:00.000Z",
            source: "Referral",
            referredBy: "Sam Ortiz",
            owner: "Ada Lind",
            history: [
              { stage: "New lead", enteredAt: "2026-01-05T08:00:00.000Z" },
              { stage: "Phone screen", enteredAt: "2026-01-06T09:00:00.000Z" },
              { stage: "On-site interview", enteredAt: "2026-01-07T10:00:00.000Z" },
            ],
            records: [
              { kind: "answer", title: "Where would you work?", text: "Lisbon" },
              { kind: "answer", title: "Additional information", text: "I can start in May." },
              {
                kind: "note",
                text: "Knows our stack.",
                author: "Ada Lind",
                writtenAt: "2026-01-06T09:16:40.000Z",
              },
              {
                kind: "scorecard",
                title: "On-site form",
                text: "Pros: Patient\nTools: Kafka, dbt",
                author: "Sam Ortiz",
                recommendation: "4 - Strong Hire",
                writtenAt: "2026-01-07T10:50:00.000Z",
              },
            ],
          },
        ],
      }),
    ]);
    expect(toldOf(source)).toEqual(["Lever: 1 secret note: left out, as here the team would read them"]);
  });

  it("has one person for all opportunities of a contact, and says how each ended", async () => {
    const archived = (id: string, reason: string, archivedAt: number | string, createdAt: number) =>
      opportunity({
        id,
        archived: { reason, archivedAt },
        createdAt,
        applications: [],
        emails: [`${id}@example.test`],
      });
    const { people } = await readFolder({
      ...lists,
      "opportunities.json": [
        archived("c", "0092d31b-502b-4f0d-b4da-3827e1a2991f", "2026-03-03T10:00:00.000Z", 1767600000003),
        archived("a", "22a7cc8d-4379-4cb6-8001-62567fa247b4", 1767800000000, 1767600000001),
        archived("b", "6039b390-1ce0-4edf-901c-b71dcf7894e1", 1767800000000, 1767600000002),
      ],
    });
    expect(people).toHaveLength(1);
    expect(people[0]?.email).toBe("a@example.test");
    expect(people[0]?.otherEmails).toEqual(["b@example.test", "c@example.test"]);
    expect(
      people[0]?.applications.map(({ id, status, reason, endedAt }) => [id, status, reason, endedAt]),
    ).toEqual([
      ["a", "rejected", "Under-qualified", "2026-01-07T15:33:20.000Z"],
      ["b", "withdrawn", "Withdrew", "2026-01-07T15:33:20.000Z"],
      ["c", "hired", undefined, "2026-03-03T10:00:00.000Z"],
    ]);
  });

  it("tells ids that no list names, and leaves what they stand for unknown", async () => {
    const source = await readFolder({ "opportunities.json": [opportunity({ stage: "unknown-stage" })] });
    const [application] = source.people[0]?.applications ?? [];
    expect(application).toMatchObject({ role: undefined, stage: undefined, owner: undefined });
    expect(application?.history).toEqual([{ stage: "New lead", enteredAt: "2026-01-05T08:00:00.000Z" }]);
    expect(toldOf(source)).toEqual(
      expect.arrayContaining([
        "opportunity 6408dc54-7015-4e5b-8d60-23afff2b1efc: its application is not in the export, so that its posting is not known",
        expect.stringContaining("(stage): no list of the export has a name for its id: left out"),
        expect.stringContaining("(owner): no list of the export has a name for its id: left out"),
      ]),
    );
  });

  it("takes what was expanded in place of ids", async () => {
    const { people } = await readFolder({
      "opportunities.json": [
        opportunity({
          stage: { id: "s", text: "Offer" },
          owner: { id: "u", name: "Ada Lind", email: "ada@example.test" },
          applications: [{ ...application, posting: { id: "p", text: "Data Engineer" } }],
          stageChanges: [],
        }),
      ],
    });
    expect(people[0]?.applications[0]).toMatchObject({
      role: "Data Engineer",
      stage: "Offer",
      owner: "Ada Lind",
      stageEnteredAt: "2026-01-07T10:00:00.000Z",
    });
  });

  it("keeps who objected to being contacted, and leaves out who was anonymized", async () => {
    const source = await readFolder({
      "opportunities.json": [
        opportunity({
          dataProtection: { store: { allowed: true }, contact: { allowed: false, expiresAt: null } },
        }),
        opportunity({ id: "x", contact: "y", isAnonymized: true }),
      ],
    });
    expect(source.people.map(({ doNotContact }) => doNotContact)).toEqual([true]);
    expect(toldOf(source).join()).toContain("opportunity x (name): is anonymized: left out");
  });
});
