import { describe, expect, it } from "vitest";
import { loadPlaces } from "../../../src/catalog/places.ts";
import { loadRetention } from "../../../src/catalog/retention.ts";
import { dueToErase } from "../../../src/domain/personal-data/due-to-erase.ts";
import { dutyToKeep } from "../../../src/domain/personal-data/duty-to-keep.ts";
import {
  certainPlaces,
  type KeptApplication,
  type KeptPerson,
} from "../../../src/domain/personal-data/person.ts";
import type { RetentionSettings } from "../../../src/domain/personal-data/retention-settings.ts";

const places = loadPlaces();
const rules = loadRetention();
const NOTHING_SET: RetentionSettings = { months: new Map(), binds: new Map() };
const NOON = (day: string) => new Date(`${day}T12:00:00Z`);

const application = (
  ref: string,
  location: string | null,
  more: Partial<KeptApplication> = {},
): KeptApplication => ({
  ...{ ref, status: "rejected", appliedAt: NOON("2025-12-01"), endedAt: NOON("2026-01-10") },
  rolePlaces: certainPlaces(places, location),
  ...more,
});
const person = (applications: readonly KeptApplication[], more: Partial<KeptPerson> = {}): KeptPerson => ({
  ...{ applications, ownPlaces: [], lastContactAt: null, holds: [], consent: null },
  ...more,
});
const verdict = (who: KeptPerson, day: string, settings = NOTHING_SET) =>
  dueToErase(who, rules, settings, NOON(day));
const own = (entries: Record<string, number>): RetentionSettings => ({
  months: new Map(Object.entries(entries).map(([key, months]) => [key, { months, why: "our list" }])),
  binds: new Map(),
});

describe("when somebody is due to be erased", () => {
  it("is on the day after the period of the place has ended", () => {
    const zoe = person([application("MLE-1", "Berlin")]);
    expect(verdict(zoe, "2026-07-11")).toMatchObject({ is: "not_yet", until: "2026-07-11" });
    expect(verdict(zoe, "2026-07-13")).toMatchObject({ is: "due", since: "2026-07-11" });
  });

  it.each([
    ["Vienna, Austria", "2026-08-11"],
    ["Amsterdam", "2026-02-08"],
    ["London, UK", "2026-07-11"],
    ["Dublin, Ireland", "2027-01-11"],
    ["Stockholm", "2028-01-11"],
    ["Copenhagen", "2029-01-11"],
  ])("differs by place: %s until %s", (location, until) => {
    expect(verdict(person([application("MLE-1", location)]), "2026-01-15")).toMatchObject({
      is: "not_yet",
      until,
    });
  });

  it("counts from the last contact in France", () => {
    const who = person([application("MLE-1", "Paris, France")], { lastContactAt: NOON("2026-05-01") });
    expect(verdict(who, "2026-06-01")).toMatchObject({ is: "not_yet", until: "2028-05-02" });
  });

  it("is not known where no place is certain, and nothing is due then", () => {
    for (const location of ["Remote", "Atlantis", "CA"])
      expect(verdict(person([application("MLE-1", location)]), "2040-01-01")).toMatchObject({
        is: "unknown",
        unknown: [{ application: "MLE-1", why: "no_place" }],
      });
  });

  it.each(["Warsaw, Poland", "Lisbon", "Chicago, IL"])(
    "is not known where no number is on file: %s",
    (location) => {
      expect(verdict(person([application("MLE-1", location)]), "2040-01-01")).toMatchObject({
        is: "unknown",
        unknown: [{ why: "no_period" }],
      });
    },
  );

  it("goes by the person's own place where the role names none", () => {
    const who = person([application("MLE-1", "Remote")], {
      ownPlaces: certainPlaces(places, "Munich, Germany"),
    });
    expect(verdict(who, "2026-08-01")).toMatchObject({ is: "due" });
  });

  it("goes by the team's own period before the one on file, shorter or longer, and by its default for the rest", () => {
    const berlin = person([application("MLE-1", "Berlin")]);
    expect(verdict(berlin, "2026-05-01", own({ DE: 3 }))).toMatchObject({ is: "due", since: "2026-04-11" });
    expect(verdict(berlin, "2026-08-01", own({ DE: 9 }))).toMatchObject({
      is: "not_yet",
      until: "2026-10-11",
    });
    expect(verdict(berlin, "2026-03-01", own({ default: 1 }))).toMatchObject({
      is: "not_yet",
      until: "2026-07-11",
    });
    for (const location of ["Remote", "Lisbon"])
      expect(
        verdict(person([application("MLE-1", location)]), "2026-08-01", own({ default: 6 })),
      ).toMatchObject({
        is: "due",
      });
  });

  it("waits for the last of several applications, and one that is not known makes all unknown", () => {
    const two = [application("MLE-1", "Berlin"), application("DSC-2", "Dublin, Ireland")];
    expect(verdict(person(two), "2026-08-01")).toMatchObject({ is: "not_yet", until: "2027-01-11" });
    expect(verdict(person([...two, application("BE-3", "Remote")]), "2040-01-01")).toMatchObject({
      is: "unknown",
    });
  });

  it("takes the longest of the places that one role names", () => {
    const who = person([application("MLE-1", "Berlin or Dublin, Ireland")]);
    expect(verdict(who, "2026-08-01")).toMatchObject({ is: "not_yet", until: "2027-01-11" });
  });

  it("is never while an application runs or somebody was hired", () => {
    const running = application("MLE-2", "Berlin", { status: "active", endedAt: null });
    expect(verdict(person([application("MLE-1", "Berlin"), running]), "2040-01-01")).toEqual({
      is: "running",
    });
    const hired = application("MLE-2", "Berlin", { status: "hired" });
    expect(verdict(person([application("MLE-1", "Berlin"), hired]), "2040-01-01")).toEqual({ is: "hired" });
  });
});

describe("what holds a record back whose period is over", () => {
  const zoe = (more: Partial<KeptPerson>) => person([application("MLE-1", "Berlin")], more);

  it("is a legal hold, until its last day is over", () => {
    const holds = [{ reason: "a claim", until: "2026-09-30" }];
    expect(verdict(zoe({ holds }), "2026-09-30")).toMatchObject({
      is: "held",
      by: { hold: { reason: "a claim" } },
    });
    expect(verdict(zoe({ holds }), "2026-10-02")).toMatchObject({ is: "due" });
    expect(verdict(zoe({ holds: [{ reason: "a claim", until: null }] }), "2040-01-01")).toMatchObject({
      is: "held",
    });
  });

  it("is a consent to stay on file, until it ends or is withdrawn", () => {
    const consent = { until: "2026-12-31" };
    expect(verdict(zoe({ consent }), "2026-12-31")).toMatchObject({
      is: "held",
      by: { consent: "2026-12-31" },
    });
    expect(verdict(zoe({ consent }), "2027-01-02")).toMatchObject({ is: "due" });
    expect(verdict(zoe({ consent: { until: null } }), "2026-08-01")).toMatchObject({ is: "due" });
  });

  it("is a law, which a consent never shortens", () => {
    const who = person([application("MLE-1", "San Francisco, CA, US")], { consent: { until: "2026-12-31" } });
    expect(verdict(who, "2029-12-01", own({ "US-CA": 6 }))).toMatchObject({
      is: "held",
      by: { duty: { until: "2030-01-11" } },
    });
    expect(verdict(who, "2030-01-13", own({ "US-CA": 6 }))).toMatchObject({ is: "due" });
  });
});

describe("the duty to keep a record", () => {
  const duty = (who: KeptPerson, day: string, settings = NOTHING_SET) =>
    dutyToKeep(who, rules.duties, settings, NOON(day));
  const told = (binds: Record<string, boolean>): RetentionSettings => ({
    months: new Map(),
    binds: new Map(Object.entries(binds)),
  });

  it("is a year in the United States, four in California, and none in Germany", () => {
    const us = duty(person([application("MLE-1", "Chicago, IL")]), "2026-02-01");
    expect(us).toMatchObject({ application: "MLE-1", until: "2027-01-11" });
    expect(duty(person([application("MLE-1", "Austin, TX")]), "2026-02-01")?.rule.law).toBe("29 CFR 1602.14");
    expect(duty(person([application("MLE-1", "Los Angeles, CA")]), "2026-02-01")?.until).toBe("2030-01-11");
    expect(duty(person([application("MLE-1", "Berlin")]), "2026-02-01")).toBeNull();
  });

  it("ends on the day after its last day", () => {
    const who = person([application("MLE-1", "Austin, TX")]);
    expect(duty(who, "2027-01-11")).not.toBeNull();
    expect(duty(who, "2027-01-12")).toBeNull();
  });

  it("is the longest of several applications and places, the person's own among them", () => {
    const two = [application("MLE-1", "Austin, TX"), application("DSC-2", "Los Angeles, CA")];
    expect(duty(person(two), "2026-02-01")).toMatchObject({ application: "DSC-2", until: "2030-01-11" });
    const own = certainPlaces(places, "Oakland, CA");
    expect(duty(person([application("MLE-1", "Berlin")], { ownPlaces: own }), "2026-02-01")).toMatchObject({
      until: "2030-01-11",
    });
  });

  it("begins with the erasure where an application is still open", () => {
    const open = application("MLE-1", "Austin, TX", { status: "active", endedAt: null });
    expect(duty(person([open]), "2026-06-01")?.until).toBe("2027-06-02");
  });

  it("is none that a team has said does not bind it, and one for few only where it says so", () => {
    const who = person([application("MLE-1", "Austin, TX")]);
    expect(duty(who, "2026-02-01", told({ us_eeoc: false }))).toBeNull();
    expect(duty(who, "2026-02-01", told({ us_contractor: true }))?.until).toBe("2028-01-11");
  });

  it("is none of a law that is not in force yet or any more", () => {
    const who = person([application("MLE-1", "Denver, CO")]);
    expect(duty(who, "2026-12-31")?.rule.id).toBe("us_eeoc");
    expect(duty(who, "2027-01-01")).toMatchObject({ rule: { id: "retention_co_ai" }, until: "2029-01-11" });
    const texan = person([application("MLE-1", "Austin, TX", { endedAt: NOON("2025-01-15") })]);
    const contractor = told({ us_eeoc: false, us_contractor_11246: true });
    expect(duty(texan, "2025-01-20", contractor)?.rule.id).toBe("us_contractor_11246");
    expect(duty(texan, "2025-01-21", contractor)).toBeNull();
  });
});
