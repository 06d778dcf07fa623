import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { person, readFolder, toldOf } from "./folder.ts";

const page = (results: readonly unknown[], moreDataAvailable = false) => ({
  ...{ success: true, results, moreDataAvailable },
  ...(moreDataAvailable && { nextCursor: "eyJ" }),
  syncToken: "t",
});

const candidate = (n: number, own: object = {}) => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  createdAt: "2026-02-04T21:38:12.442Z",
  updatedAt: "2026-02-28T21:06:18.703Z",
  name: `Noor Haddad ${n}`,
  primaryEmailAddress: { value: `noor${n}@example.test`, type: "Personal", isPrimary: true },
  emailAddresses: [
    { value: `noor${n}@example.test`, type: "Personal", isPrimary: true },
    { value: `n.haddad${n}@work.example.test`, type: "Work", isPrimary: false },
  ],
  primaryPhoneNumber: { value: "+31 6 5550101", type: "Personal", isPrimary: true },
  phoneNumbers: [],
  socialLinks: [{ type: "LinkedIn", url: "https://linkedin.com/in/noor-haddad" }],
  tags: [{ id: "t", title: "Keen", isArchived: false }],
  position: "Engineer",
  company: "Tarn Works",
  school: null,
  applicationIds: [`00000000-0000-4000-9000-00000000000${n}`],
  resumeFileHandle: null,
  fileHandles: [],
  customFields: [],
  profileUrl: "https://app.ashbyhq.com/x",
  source: null,
  creditedToUser: null,
  timezone: "Europe/Amsterdam",
  location: { id: "l", locationSummary: "Utrecht, Netherlands", locationComponents: [] },
  fraudStatus: null,
  ...own,
});

const step = (stageId: string, title: string, stageNumber: number, enteredStageAt: string) => ({
  ...{ id: `h${stageNumber}`, stageId, title, stageNumber, enteredStageAt, actorId: null },
});
const application = (n: number, own: object = {}) => ({
  id: `00000000-0000-4000-9000-00000000000${n}`,
  createdAt: "2026-02-04T21:38:12.466Z",
  updatedAt: "2026-02-28T21:07:26.245Z",
  status: "Active",
  candidate: { id: `00000000-0000-4000-8000-00000000000${n}`, name: `Noor Haddad ${n}` },
  currentInterviewStage: { id: "s2", title: "Phone Screen", type: "Active", orderInInterviewPlan: 2 },
  job: { id: "j", title: "MLOps Engineer" },
  hiringTeam: [
    { userId: "u", firstName: "Ada", lastName: "Lind", email: "ada@example.test", role: "Recruiter" },
  ],
  source: {
    id: "x",
    title: "Referral from employee",
    isArchived: false,
    sourceType: { id: "y", title: "Referral" },
  },
  archiveReason: null,
  creditedToUser: { id: "u2", firstName: "Sam", lastName: "Ortiz", email: "sam@example.test" },
  applicationHistory: [
    step("s2", "Phone Screen", 1, "2026-02-06T09:00:00.000Z"),
    step("s1", "Application Review", 0, "2026-02-04T21:38:12.466Z"),
  ],
  ...own,
});

const form = (sections: readonly object[], submittedValues: object) => ({
  formDefinition: { sections: [{ title: "", fields: sections.map((field) => ({ field })) }] },
  submittedValues,
});

describe("an export of Ashby", () => {
  it("becomes people with the way of each application through its stages", async () => {
    const source = await readFolder({
      "candidates.json": page([candidate(1)]),
      "applications.json": page([
        application(1, {
          applicationFormSubmissions: [
            form(
              [
                { path: "_systemfield_name", title: "Name", type: "String" },
                { path: "why", title: "Why us?", type: "LongText" },
                { path: "where", title: "Where?", type: "ValueSelect" },
              ],
              { _systemfield_name: "Noor", why: "Your models.", where: { label: "Utrecht", value: "ut" } },
            ),
          ],
        }),
      ]),
      "feedback.json": page([
        {
          id: "f",
          applicationId: "00000000-0000-4000-9000-000000000001",
          submittedAt: "2026-02-07T10:00:00.000Z",
          submittedByUser: { id: "u2", firstName: "Sam", lastName: "Ortiz", email: "sam@example.test" },
          ...form(
            [
              { path: "overall_recommendation", title: "Overall Recommendation", type: "ValueSelect" },
              { path: "notes", title: "Notes", type: "RichText" },
            ],
            { overall_recommendation: "3", notes: "Clear and kind." },
          ),
        },
      ]),
      "notes/00000000-0000-4000-8000-000000000001.json": page([
        {
          id: "n",
          createdAt: "2026-02-05T10:00:00.000Z",
          content: "<p>Met at a meetup.</p>",
          author: { id: "u", firstName: "Ada", lastName: "Lind", email: "ada@example.test" },
        },
      ]),
    });
    expect(source.system).toBe("ashby");
    expect(toldOf(source)).toEqual([]);
    expect(source.people).toEqual([
      person({
        where: "candidates.json, candidate 00000000-0000-4000-8000-000000000001",
        id: "00000000-0000-4000-8000-000000000001",
        name: "Noor Haddad 1",
        email: "noor1@example.test",
        otherEmails: ["n.haddad1@work.example.test"],
        phone: "+31 6 5550101",
        links: ["https://linkedin.com/in/noor-haddad"],
        location: "Utrecht, Netherlands",
        timezone: "Europe/Amsterdam",
        tags: ["Keen"],
        records: [
          {
            kind: "note",
            text: "Met at a meetup.",
            author: "Ada Lind",
            writtenAt: "2026-02-05T10:00:00.000Z",
          },
        ],
        applications: [
          {
            id: "00000000-0000-4000-9000-000000000001",
            role: "MLOps Engineer",
            stage: "Phone Screen",
            status: "active",
            appliedAt: "2026-02-04T21:38:12.466Z",
            stageEnteredAt: "2026-02-06T09:00:00.000Z",
            source: "Referral from employee",
            referredBy: "Sam Ortiz",
            owner: "ada@example.test",
            history: [
              { stage: "Application Review", enteredAt: "2026-02-04T21:38:12.466Z" },
              { stage: "Phone Screen", enteredAt: "2026-02-06T09:00:00.000Z" },
            ],
            records: [
              { kind: "answer", title: "Why us?", text: "Your models." },
              { kind: "answer", title: "Where?", text: "Utrecht" },
              {
                kind: "scorecard",
                text: "Notes: Clear and kind.",
                author: "Sam Ortiz",
                recommendation: "3",
                writtenAt: "2026-02-07T10:00:00.000Z",
              },
            ],
          },
        ],
      }),
    ]);
  });

  it("says who was rejected, who withdrew and who was hired, with the stage before the end", async () => {
    const ended = (n: number, status: string, reasonType?: string) =>
      application(n, {
        status,
        currentInterviewStage: { id: "end", title: status, type: status },
        archiveReason: reasonType ? { id: "r", text: "Reason", reasonType } : null,
        archivedAt: status === "Archived" ? "2026-02-09T09:25:35.089Z" : undefined,
        applicationHistory: [
          step("s1", "Application Review", 0, "2026-02-04T21:38:12.466Z"),
          step("end", status, 1, "2026-02-09T09:25:35.080Z"),
        ],
      });
    const { people } = await readFolder({
      "candidates.json": page([candidate(1), candidate(2), candidate(3)]),
      "applications.json": page([
        ended(1, "Archived", "RejectedByOrg"),
        ended(2, "Archived", "RejectedByCandidate"),
        ended(3, "Hired"),
      ]),
    });
    const history = [{ stage: "Application Review", enteredAt: "2026-02-04T21:38:12.466Z" }];
    const shared = { stage: "Application Review", stageEnteredAt: undefined, history };
    expect(people.flatMap(({ applications }) => applications)).toMatchObject([
      { ...shared, status: "rejected", reason: "Reason", endedAt: "2026-02-09T09:25:35.089Z" },
      { ...shared, status: "withdrawn", reason: "Reason", endedAt: "2026-02-09T09:25:35.089Z" },
      { ...shared, status: "hired", reason: undefined, endedAt: "2026-02-09T09:25:35.080Z" },
    ]);
  });

  it("tells a page that is missing at the end, and takes the names of those whom only applications name", async () => {
    const source = await readFolder({
      "candidates-1.json": page([candidate(1)], true),
      "applications.json": page([application(1), application(2)]),
    });
    expect(source.people.map(({ name, email }) => [name, email])).toEqual([
      ["Noor Haddad 1", "noor1@example.test"],
      ["Noor Haddad 2", undefined],
    ]);
    expect(toldOf(source)).toEqual([
      "candidates-1.json, candidate: says that more follows, and nothing does: the export is incomplete",
      "applications.json, application 00000000-0000-4000-9000-000000000002: " +
        "its candidate is not in the export: only name, e-mail and phone of the application are taken",
    ]);
  });

  it("tells an error that was saved in place of data", async () => {
    const source = await readFolder({
      "candidates.json": page([candidate(1, { applicationIds: [] })]),
      "applications.json": { success: false, errors: ["invalid_api_key"] },
    });
    expect(toldOf(source)).toEqual(["applications.json: is an error that the service answered, and no data"]);
  });

  it("gives the same people whatever order its pages are in", async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const shuffled = fc.shuffledSubarray(numbers, { minLength: 6, maxLength: 6 });
    const facts = async (candidates: readonly number[], applications: readonly number[], size: number) => {
      const pages = (name: string, list: readonly object[]) =>
        Array.from({ length: Math.ceil(list.length / size) }, (_, n) => [
          `${name}-${n}.json`,
          page(list.slice(n * size, (n + 1) * size), (n + 1) * size < list.length),
        ]);
      const source = await readFolder(
        Object.fromEntries([
          ...pages(
            "candidates",
            candidates.map((n) => candidate(n)),
          ),
          ...pages(
            "applications",
            applications.map((n) => application(n)),
          ),
        ]),
      );
      expect(toldOf(source)).toEqual([]);
      const people = source.people.map(({ where: _, ...facts }) => facts);
      return people.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    };
    const ordered = await facts(numbers, numbers, 6);
    await fc.assert(
      fc.asyncProperty(shuffled, shuffled, fc.integer({ min: 1, max: 6 }), async (some, others, size) => {
        expect(await facts(some, others, size)).toEqual(ordered);
      }),
      { numRuns: 20 },
    );
  });

  it("takes the names of stages that only other applications of the list have", async () => {
    const bare = (stageId: string, enteredStageAt: string) => ({ stageId, stageNumber: 0, enteredStageAt });
    const source = await readFolder({
      "candidates.json": page([candidate(1), candidate(2)]),
      "applications.json": page([
        application(1),
        application(2, {
          applicationHistory: [
            bare("s1", "2026-02-04T21:38:12.466Z"),
            bare("s2", "2026-02-06T09:00:00.000Z"),
          ],
        }),
      ]),
    });
    expect(toldOf(source)).toEqual([]);
    expect(source.people[1]?.applications[0]?.history).toEqual(source.people[0]?.applications[0]?.history);
  });
});
