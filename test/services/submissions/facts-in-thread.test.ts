import { expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { computeFacts } from "../../../src/domain/submission/compute-facts.ts";
import type { SubmissionSnapshot } from "../../../src/domain/submission/snapshot.ts";
import { factsInThread } from "../../../src/services/submissions/facts-in-thread.ts";

const snapshotOf = (patch: string): SubmissionSnapshot => ({
  ...{ source: "clone", repository: "work", identities: [], number: null, webUrl: null, title: "", body: "" },
  ...{
    state: "none",
    draft: false,
    branch: "HEAD",
    base: "main",
    headSha: "1".repeat(40),
    baseSha: "0".repeat(40),
  },
  ...{ createdAt: null, pushedAt: null, checks: [], runs: [], forcePushes: null, missing: [], tree: [] },
  ...{ beside: [], history: [], unread: [], before: [], after: [], commits: [] },
  totals: { commits: 1, files: 1, added: 1, removed: 0 },
  files: [
    {
      ...{ path: "src/a.py", previousPath: undefined, status: "added", added: 1, removed: 0, binary: false },
      ...{ patch: `@@ -0,0 +1 @@\n+${patch}` },
    },
  ],
});

it("a thread gives the same facts as computing them here, one submission after another and several at once", async () => {
  const fileKinds = loadCatalog({}).fileKinds();
  const here = (text: string) => computeFacts(snapshotOf(text), { fileKinds, blind: false });
  const there = (text: string) => factsInThread({ snapshot: snapshotOf(text), options: { blind: false } });
  expect(await there("x = 1")).toEqual(here("x = 1"));
  const texts = ["y = 2", "ad\u200bmin = 1", 'password = "hunter2secret"'];
  expect(await Promise.all(texts.map(there))).toEqual(texts.map(here));
});

it("a submission that takes too long is refused in plain words, and the next one is read", async () => {
  const request = { snapshot: snapshotOf("x = 1"), options: { blind: false } };
  // So much that no machine computes it before the first look at the clock.
  const large = { snapshot: snapshotOf("x = compute(1)\n+".repeat(50_000)), options: { blind: false } };
  await expect(factsInThread(large, 0)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringMatching(/takes longer than 0 s/),
  });
  expect((await factsInThread(request)).totals.files).toBe(1);
});
