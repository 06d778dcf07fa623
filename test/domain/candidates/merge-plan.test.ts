import { describe, expect, it } from "vitest";
import {
  type ApplicationToMerge,
  changesOf,
  type MergedPerson,
  type PersonToMerge,
  planMerge,
} from "../../../src/domain/candidates/merge-plan.ts";

const PERSON: MergedPerson = {
  ...{ name: "Ana Silva", email: "ana@example.test", phone: null, timezone: null, location: null },
  ...{ links: [], tags: [], doNotContact: false, memberId: null },
};

const application = (ref: string, more: Partial<ApplicationToMerge> = {}): ApplicationToMerge => ({
  ...{
    id: `id of ${ref}`,
    ref,
    role: ref.split("-")[0] ?? "",
    stage: "screen",
    status: "active",
    version: 2,
  },
  ...{
    appliedAt: new Date("2026-11-10T09:00:00Z"),
    hasSubmission: false,
    exercise: null,
    hasOffer: false,
    judgedBy: [],
  },
  ...{ drafts: [], hasQueuedMessage: false, source: null, referredBy: null, ownerId: null, owner: null },
  ...more,
});

const someone = (
  ref: string,
  person: Partial<MergedPerson> = {},
  applications: readonly ApplicationToMerge[] = [application(ref)],
): PersonToMerge => ({ id: `person of ${ref}`, ref, person: { ...PERSON, ...person }, applications });

describe("fields", () => {
  it("the kept record wins, its blanks are filled, and both values of a conflict are named", () => {
    const kept = someone("MLE-1", { phone: null, location: "Lisbon" });
    const other = someone("MLE-2", { name: "Ana M. Silva", phone: "+351 912 345 678", location: "Porto" });
    const plan = planMerge(kept, other);
    expect(plan.person).toMatchObject({ name: "Ana Silva", phone: "+351 912 345 678", location: "Lisbon" });
    expect(plan.fields).toEqual([
      { field: "name", how: "kept", kept: "Ana Silva", other: "Ana M. Silva", after: "Ana Silva" },
      {
        ...{ field: "phone", how: "filled", kept: null },
        ...{ other: "+351 912 345 678", after: "+351 912 345 678" },
      },
      { field: "location", how: "kept", kept: "Lisbon", other: "Porto", after: "Lisbon" },
    ]);
    expect(changesOf(plan)).toEqual([{ field: "phone", after: "+351 912 345 678" }]);
  });

  it("lists are united without repeating what both have, and a list that adds nothing is not named", () => {
    const kept = someone("MLE-1", { links: ["https://a.test", "https://b.test"], tags: ["relocates"] });
    const other = someone("MLE-2", { links: ["https://b.test", "https://c.test"], tags: ["relocates"] });
    const plan = planMerge(kept, other);
    expect(plan.person.links).toEqual(["https://a.test", "https://b.test", "https://c.test"]);
    expect(plan.fields.map(({ field, how }) => [field, how])).toEqual([["links", "united"]]);
  });

  it.each([
    [true, false],
    [false, true],
  ])("who asked not to be written to in one record is not written to (%s, %s)", (inKept, inOther) => {
    const plan = planMerge(
      someone("MLE-1", { doNotContact: inKept }),
      someone("MLE-2", { doNotContact: inOther }),
    );
    expect(plan.person.doNotContact).toBe(true);
  });
});

describe("applications", () => {
  it("one role's become one line, and those for other roles move over", () => {
    const kept = someone("MLE-1");
    const other = someone("MLE-2", {}, [application("MLE-2"), application("OPS-4")]);
    const plan = planMerge(kept, other);
    expect(plan.joined.map((pair) => [pair.other.ref, pair.kept.ref])).toEqual([["MLE-2", "MLE-1"]]);
    expect(plan.moved.map(({ ref }) => ref)).toEqual(["OPS-4"]);
  });

  it("the earlier day of applying counts, and where it came from is the kept one's", () => {
    const kept = someone("MLE-1", {}, [application("MLE-1", { source: "referral", ownerId: null })]);
    const early = new Date("2026-10-01T09:00:00Z");
    const other = someone("MLE-2", {}, [
      application("MLE-2", { source: "LinkedIn", ownerId: "m", owner: "bo@example.test", appliedAt: early }),
    ]);
    const plan = planMerge(kept, other);
    expect(plan.joined[0]?.after).toMatchObject({ source: "referral", ownerId: "m", appliedAt: early });
    expect(plan.fields).toEqual([
      {
        ...{ field: "source", application: "MLE-1", how: "kept" },
        ...{ kept: "referral", other: "LinkedIn", after: "referral" },
      },
      {
        ...{ field: "owner", application: "MLE-1", how: "filled" },
        ...{ kept: null, other: "bo@example.test", after: "bo@example.test" },
      },
    ]);
  });

  it.each([
    { what: "the kept has no exercise", kept: null, other: "a", counts: true, left: null },
    { what: "both have the same exercise", kept: "a", other: "a", counts: true, left: "a" },
    { what: "the kept has another exercise", kept: "b", other: "a", counts: false, left: "a" },
  ])(
    "a submission of the other counts as handed in where $what: $counts",
    ({ kept, other, counts, left }) => {
      const plan = planMerge(
        someone("MLE-1", {}, [application("MLE-1", { exercise: kept })]),
        someone("MLE-2", {}, [application("MLE-2", { exercise: other, hasSubmission: true })]),
      );
      expect(plan.joined[0]?.after.hasSubmission).toBe(counts);
      expect(plan.joined[0]?.exerciseLeft).toBe(left);
    },
  );

  it("of two offers the kept one's stays", () => {
    const withOffers = (kept: boolean, other: boolean) =>
      planMerge(
        someone("MLE-1", {}, [application("MLE-1", { hasOffer: kept })]),
        someone("MLE-2", {}, [application("MLE-2", { hasOffer: other })]),
      ).joined[0]?.offerLeft;
    expect([withOffers(true, true), withOffers(true, false), withOffers(false, true)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("cards and votes of one member in both are counted, and drafts for one purpose are named", () => {
    const plan = planMerge(
      someone("MLE-1", {}, [application("MLE-1", { judgedBy: ["screen a", "b"], drafts: ["rejection"] })]),
      someone("MLE-2", {}, [
        application("MLE-2", { judgedBy: ["screen a", "incident a"], drafts: ["rejection", "reengage"] }),
      ]),
    );
    expect(plan.joined[0]).toMatchObject({ judgedTwice: 1, draftsDiscarded: ["rejection"] });
  });
});

describe("refused", () => {
  it("a person with themselves", () => {
    expect(() => planMerge(someone("MLE-1"), someone("MLE-1"))).toThrow(/MLE-1 and MLE-1 are one person/);
  });

  it("the own records of two members of the team", () => {
    const [one, two] = [someone("MLE-1", { memberId: "a" }), someone("MLE-2", { memberId: "b" })];
    expect(() => planMerge(one, two)).toThrow(/two members of the team/);
    expect(planMerge(someone("MLE-1"), two).person.memberId).toBe("b");
  });

  it("while a confirmed message to either has not left", () => {
    const waiting = someone("MLE-2", {}, [application("MLE-2", { hasQueuedMessage: true })]);
    expect(() => planMerge(someone("MLE-1"), waiting)).toThrow(/a confirmed message to MLE-2 has not left/);
    expect(() => planMerge(waiting, someone("MLE-1"))).toThrow(/a confirmed message to MLE-2 has not left/);
  });
});
