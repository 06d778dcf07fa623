import { expect, it } from "vitest";
import { blindedLater, hiding } from "../../../src/domain/submission/blind.ts";
import { BLIND, type SubmissionFacts } from "../../../src/domain/submission/facts.ts";

const factsOn = (branch: string) =>
  ({
    identity: { repository: "kim/work", branch, base: "the main branch" },
    beside: ["main and kim-fix hold more"],
    coverage: [],
    notes: [],
  }) as unknown as SubmissionFacts;

it("blind facts hide a branch that somebody named, and no trunk's name in texts of ours", () => {
  const named = blindedLater(factsOn("kim-fix"), []);
  expect([named.identity.branch, named.beside]).toEqual([BLIND, [`main and ${BLIND} hold more`]]);
  const trunk = blindedLater(factsOn("main"), []);
  expect(trunk.identity).toMatchObject({ branch: BLIND, base: "the main branch" });
  expect(trunk.beside.join()).toContain("main and");
});

it.each([
  "zed-candidate/cfg.py",
  "src/ZedCandidate.java",
  "zed_candidate.tf",
  "by Zed  Candidate",
  "zed.candidate",
])("hides a name whatever stands between its words, as in %s", (text) => {
  expect(hiding(["Zed Candidate"])(text)).toMatch(/\[left out\]/);
  expect(hiding(["Zed Candidate"])(text)).not.toMatch(/zed/i);
});

it("leaves words that only contain a name", () => {
  expect(hiding(["Zed Candidate"])("organized candidates")).toBe("organized candidates");
});
