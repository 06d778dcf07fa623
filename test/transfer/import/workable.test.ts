import { describe, expect, it } from "vitest";
import { person, readFolder, toldOf } from "./folder.ts";

const candidate = (own: object) => ({
  id: "27270275",
  name: "Elvi Schmid",
  firstname: "Elvi",
  lastname: "Schmid",
  headline: "Sales Executive",
  account: { subdomain: "tarn", name: "Tarn" },
  job: { shortcode: "9CD658E13E", title: "Account Executive" },
  stage: "Assessment",
  stage_kind: "assessment",
  disqualified: false,
  withdrew: false,
  anonymized: false,
  disqualified_at: null,
  disqualification_reason: null,
  hired_at: null,
  sourced: false,
  profile_url: "https://tarn.workable.com/backend/jobs/1/candidates/2",
  address: "Leeds, UK",
  phone: "+44 113 4960000",
  email: "elvi@example.test",
  domain: "indeed.com",
  common_source: "Indeed",
  created_at: "2026-04-11T03:36:38Z",
  updated_at: "2026-05-23T18:58:15Z",
  cover_letter: "I sell.",
  summary: null,
  answers: [
    { question: { body: "Own car?" }, answer: { checked: true } },
    { question: { body: "Which region?" }, answer: { choices: [{ body: "North" }, { body: "East" }] } },
  ],
  social_profiles: [{ type: "linkedin", url: "https://linkedin.com/in/elvi-schmid" }],
  tags: ["field"],
  resume_metadata: { filename: "cv_elvi_schmid.pdf", filetype: "pdf" },
  ...own,
});

const activity = (own: object) => ({
  ...{ id: "a", action: "moved", stage_name: "Applied", created_at: "2026-04-12T08:00:00Z", body: null },
  ...own,
});

describe("an export of Workable", () => {
  it("becomes people with activities as history, notes and ratings, and the résumé beside it", async () => {
    const source = await readFolder({
      "candidates.json": { candidates: [candidate({})] },
      "files/cv_elvi_schmid.pdf": "%PDF-1.7",
      "activities/27270275.json": {
        activities: [
          activity({
            id: "3",
            target_stage: { id: 2, name: "Assessment" },
            created_at: "2026-04-14T08:00:00Z",
          }),
          activity({ id: "2", target_stage: { id: 1, name: "Phone Screen" } }),
          activity({ id: "4", action: "comment", body: "Good call.", member: { id: "m", name: "Ada Lind" } }),
          activity({
            id: "5",
            action: "rating",
            stage_name: "Assessment",
            rating: { score: "thumbs_up" },
            body: "Warm.",
          }),
        ],
      },
    });
    expect(source.system).toBe("workable");
    expect(toldOf(source)).toEqual([]);
    expect(source.people).toEqual([
      person({
        where: "candidates.json, candidate 27270275",
        id: "27270275",
        name: "Elvi Schmid",
        email: "elvi@example.test",
        phone: "+44 113 4960000",
        links: ["https://linkedin.com/in/elvi-schmid"],
        location: "Leeds, UK",
        tags: ["field"],
        files: [
          {
            name: "cv_elvi_schmid.pdf",
            kind: "resume",
            path: expect.stringMatching(/files\/cv_elvi_schmid\.pdf$/),
          },
        ],
        applications: [
          {
            id: "27270275",
            role: "Account Executive",
            stage: "Assessment",
            status: "active",
            appliedAt: "2026-04-11T03:36:38.000Z",
            stageEnteredAt: "2026-04-14T08:00:00.000Z",
            source: "Indeed",
            history: [
              { stage: "Phone Screen", enteredAt: "2026-04-12T08:00:00.000Z" },
              { stage: "Assessment", enteredAt: "2026-04-14T08:00:00.000Z" },
            ],
            records: [
              { kind: "answer", title: "Cover letter", text: "I sell." },
              { kind: "answer", title: "Own car?", text: "yes" },
              { kind: "answer", title: "Which region?", text: "North, East" },
              { kind: "note", text: "Good call.", author: "Ada Lind", writtenAt: "2026-04-12T08:00:00.000Z" },
              {
                kind: "scorecard",
                title: "Assessment",
                text: "Warm.",
                recommendation: "thumbs_up",
                writtenAt: "2026-04-12T08:00:00.000Z",
              },
            ],
          },
        ],
      }),
    ]);
  });

  it("says who was disqualified, withdrew or was hired, and when", async () => {
    const { people } = await readFolder({
      "candidates.json": {
        candidates: [
          candidate({
            id: "1",
            disqualified: true,
            disqualified_at: "2026-05-01T00:00:00Z",
            disqualification_reason: "Too far",
          }),
          candidate({ id: "2", withdrew: true, disqualified: true, disqualified_at: "2026-05-02T00:00:00Z" }),
          candidate({ id: "3", stage: "Hired", stage_kind: "hired", hired_at: "2026-05-03T12:09:40Z" }),
        ],
      },
    });
    expect(people.flatMap(({ applications }) => applications)).toMatchObject([
      { status: "rejected", endedAt: "2026-05-01T00:00:00.000Z", reason: "Too far" },
      { status: "withdrawn", endedAt: "2026-05-02T00:00:00.000Z" },
      { status: "hired", endedAt: "2026-05-03T12:09:40.000Z", reason: undefined },
    ]);
  });

  it("is incomplete where the last page says that another follows", async () => {
    const paging = { next: "https://tarn.workable.com/spi/v3/candidates?since_id=2" };
    const first = { candidates: [candidate({ id: "1" })], paging };
    const last = { candidates: [candidate({ id: "2" })] };
    expect(toldOf(await readFolder({ "1.json": first })).join()).toContain("the export is incomplete");
    expect(toldOf(await readFolder({ "1.json": first, "2.json": last })).join()).not.toContain("incomplete");
  });
});

describe("an export of Teamtailor", () => {
  it("becomes people with the jobs, stages and reasons that are included", async () => {
    const related = (type: string, id: string) => ({ data: { type, id } });
    const source = await readFolder({
      "candidates.json": {
        data: [
          {
            id: "41",
            type: "candidates",
            attributes: {
              ...{
                "first-name": "Ola",
                "last-name": "Berg",
                email: "ola@example.test",
                phone: "+46 8 5550101",
              },
              ...{
                "linkedin-url": "https://linkedin.com/in/ola-berg",
                pitch: "I build.",
                tags: ["go"],
                unsubscribed: true,
              },
              "referring-site": "linkedin.com",
            },
            relationships: { "job-applications": { links: { self: "x" } } },
          },
        ],
        links: { first: "x", last: "x" },
      },
      "job-applications.json": {
        data: [
          {
            id: "51",
            type: "job-applications",
            attributes: {
              ...{ "cover-letter": null, "created-at": "2026-03-01T10:00:00.000+01:00", "rejected-at": null },
              ...{ "changed-stage-at": "2026-03-04T10:00:00.000+01:00", sourced: false },
            },
            relationships: {
              ...{
                candidate: related("candidates", "41"),
                job: related("jobs", "61"),
                stage: related("stages", "71"),
              },
              "reject-reason": { data: null },
            },
          },
        ],
        included: [
          { id: "61", type: "jobs", attributes: { title: "Backend Engineer" } },
          { id: "71", type: "stages", attributes: { name: "Interview" } },
        ],
        links: {},
      },
    });
    expect(source.system).toBe("teamtailor");
    expect(toldOf(source)).toEqual([]);
    expect(source.people).toEqual([
      person({
        where: "candidates.json, candidate 41",
        id: "41",
        name: "Ola Berg",
        email: "ola@example.test",
        phone: "+46 8 5550101",
        links: ["https://linkedin.com/in/ola-berg"],
        tags: ["go"],
        doNotContact: true,
        records: [{ kind: "answer", title: "Pitch", text: "I build." }],
        applications: [
          {
            id: "51",
            role: "Backend Engineer",
            stage: "Interview",
            status: "active",
            appliedAt: "2026-03-01T09:00:00.000Z",
            stageEnteredAt: "2026-03-04T09:00:00.000Z",
            source: "linkedin.com",
            history: [],
            records: [],
          },
        ],
      }),
    ]);
  });
});
