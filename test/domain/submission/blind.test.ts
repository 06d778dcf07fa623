import { expect, it } from "vitest";
import { hiding } from "../../../src/domain/submission/blind.ts";

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
