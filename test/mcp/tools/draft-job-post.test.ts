import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { checkPost, checkRole } from "../../../src/domain/role-check/check.ts";
import { passagesOf } from "../../../src/domain/role-check/passages.ts";
import { readPost } from "../../../src/domain/role-check/read-post.ts";
import { requirePostable, writeJobPost } from "../../../src/domain/roles/job-post-writer.ts";
import type { Role } from "../../../src/domain/roles/role.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";

const database = useDatabase();
const catalog = loadCatalog({});
const { places } = catalog;
const lexicon = catalog.lexicon();
const TODAY = "2026-11-24";
const ROLE = {
  ...{ template: "mlops-engineer", lane: "pipeline_owner", level: "senior", location: "Denver, CO" },
  ...{
    outcomes: ["All 9 models retrained without a person, from 4 days each today"],
    must_haves: ["Airflow or Argo in production"],
  },
};

const words = (lane: string): readonly string[] =>
  ({
    pipeline_owner: [
      "Airflow or Argo in production",
      "A model registry you ran",
      "Python that others read",
      "Tests for data",
    ],
    serving_reliability: [
      "Kubernetes in depth",
      "Triton or KServe under load",
      "Prometheus and Grafana",
      "Runs load tests",
    ],
    platform_builder: [
      "SageMaker or Vertex AI for several teams",
      "Terraform",
      "Built an internal platform",
      "Clear writing",
    ],
  })[lane] ?? [];

const role = fc
  .record({
    lane: fc.constantFrom("pipeline_owner", "serving_reliability", "platform_builder"),
    level: fc.constantFrom("entry", "mid", "senior", "staff"),
    location: fc.constantFrom(
      "Denver, CO",
      "New York, NY",
      "San Francisco, CA",
      "Berlin, Germany",
      "Lisbon",
      "Remote, US",
      "Washington, DC",
    ),
    remote: fc.boolean(),
    onCall: fc.constantFrom(
      "One week in five, about two pages a week, paid.",
      "None: the jobs run in office hours.",
    ),
    outcomes: fc.subarray(
      [
        "p99 latency from 800 ms to 200 ms",
        "GPU spend down by 30% from $80,000 a month",
        "All 9 models retrained on a schedule, 2 today",
      ],
      { minLength: 1 },
    ),
    low: fc.double({ min: 0, max: 0.3, noNaN: true }),
    high: fc.double({ min: 0.7, max: 1, noNaN: true }),
    take: fc.integer({ min: 1, max: 4 }),
    nice: fc.subarray(["Go", "Rust", "A talk you gave", "Google Professional Machine Learning Engineer"]),
  })
  .map(({ lane, level, low, high, take, nice, ...rest }): Role => {
    const template = catalog.get("mlops-engineer");
    const band = template.salary.levels.find((b) => b.id === level) ?? { low: 0, high: 0 };
    // Within the band of the dearest place, so that no place makes it too low.
    const pay = (share: number) => Math.round(band.low * 1.2 + (band.high * 1.2 - band.low * 1.2) * share);
    return {
      ...{
        key: "MLE",
        template: template.id,
        lane,
        title: template.title,
        level,
        currency: "USD",
        ...{ panel: [], questions: [], openings: 1, recruitersSend: true, earlierRoundsOpen: true },
        status: "open",
      },
      ...{
        compMin: pay(low),
        compMax: pay(high),
        mustHaves: words(lane).slice(0, take),
        niceToHaves: nice,
        stages: template.stages,
      },
      ...rest,
    } as Role;
  });

describe("draft_job_post", () => {
  it("writes, for any role without an error, a post without one that says the same", () => {
    fc.assert(
      fc.property(role, fc.constantFrom("markdown" as const, "text" as const), (one, format) => {
        const template = catalog.get(one.template);
        const { level, location, remote } = one;
        expect(
          checkRole(one, { template, places, lexicon, today: TODAY }).findings.filter(
            (f) => f.severity === "error",
          ),
        ).toEqual([]);
        const post = writeJobPost(one, template, format);
        const { findings } = checkPost(post, {
          template,
          places,
          lexicon,
          today: TODAY,
          level,
          location,
          remote,
        });
        expect(
          findings.filter((f) => f.severity === "error"),
          post,
        ).toEqual([]);
        expect(() => requirePostable("MLE", findings)).not.toThrow();
        const read = readPost(passagesOf(lexicon, post), lexicon);
        expect(read.pay).toMatchObject({ min: one.compMin, max: one.compMax });
        expect(read.onCall).toBe(true);
        expect(read.mustHaves.map((p) => p.text)).toEqual([...one.mustHaves]);
        expect(read.loop?.minutes).toBe(225);
        for (const text of [...one.outcomes, ...one.niceToHaves]) expect(post).toContain(text);
      }),
      { numRuns: 300 },
    );
  });

  it("drafts through a client, and the draft passes check_role", async () => {
    const greenflag = await start({ store: await database.workspace() });
    await greenflag.ok("open_role", {
      ...ROLE,
      comp_min: 160_000,
      comp_max: 200_000,
      on_call: "One week in five.",
    });
    const { post, findings, forecast_weeks } = await greenflag.ok("draft_job_post", { role: "MLE" });
    expect(post).toMatch(/^# Senior MLOps engineer, Pipeline Owner/);
    expect(post).toMatch(/USD 160,000 to USD 200,000 a year/);
    expect(post).toMatch(/Production incident, 60 min/);
    expect(findings).toEqual([]);
    expect(forecast_weeks).toMatchObject({ low: 4, high: 7 });
    expect((await greenflag.ok("check_role", { description: post })).findings).toEqual([]);
    expect((await greenflag.ok("draft_job_post", { role: "MLE", format: "text" })).post).toMatch(/MUST HAVE/);
  });

  it("drafts nothing without a range where one is required, and names the call", async () => {
    const greenflag = await start({ store: await database.workspace() });
    await greenflag.ok("open_role", ROLE);
    expect(await greenflag.refused("draft_job_post", { role: "MLE" })).toMatch(
      /pay_range_required.*update_role/,
    );
    await greenflag.ok("update_role", { role: "MLE", location: "Austin, TX" });
    expect(
      (await greenflag.ok("draft_job_post", { role: "MLE" })).findings.map((f: { rule: string }) => f.rule),
    ).toContain("comp_missing");
  });

  it("drafts nothing from a role that is not scoped, and quotes what is wrong", async () => {
    const greenflag = await start({ store: await database.workspace() });
    await greenflag.ok("open_role", { ...ROLE, outcomes: ["Improve our ML ops"] });
    expect(await greenflag.refused("draft_job_post", { role: "MLE" })).toMatch(
      /outcome_without_number \("Improve our ML ops"\)/,
    );
    expect(await greenflag.refused("draft_job_post", { role: "NOPE" })).toMatch(/No role "NOPE"/);
  });
});
