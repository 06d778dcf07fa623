import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { computeFacts } from "../../../src/domain/submission/compute-facts.ts";
import type { SubmissionSnapshot } from "../../../src/domain/submission/snapshot.ts";
import { place, read } from "../../support/clones.ts";
import { figuresOf, isWithheld } from "../../support/made-submission/figures.ts";
import { removals } from "../../support/made-submission/removals.ts";
import {
  infrastructureOf,
  madeSubmission,
  REQUIREMENTS,
  writeRepository,
} from "../../support/made-submission/submission.ts";

const { folder, remove } = place();
afterAll(remove);
const fileKinds = loadCatalog({}).fileKinds();
const { isReadWhole } = fileKinds;
const exercise = { id: "made", requirements: [...REQUIREMENTS], follow_ups: [], protected: [] };
const compute = (snapshot: SubmissionSnapshot) =>
  computeFacts(snapshot, { fileKinds, blind: false, assignedAt: "2026-11-04T12:00:00.000Z", exercise });

/** What a host knows beside a repository. */
const FROM_HOST = {
  checks: ["lint", "test"].map((name) => ({
    ...{ name, app: "ci", status: "completed", conclusion: "success", completedAt: null },
  })),
  runs: ["success", "failure"].map((conclusion, n) => ({
    ...{ workflow: "CI", headSha: "", conclusion, createdAt: `2026-11-0${n + 3}T10:00:00Z` },
  })),
  ...{ forcePushes: 2, pushedAt: "2026-11-20T10:00:00Z", missing: [] },
};

/** Which of the files, texts and commits are taken away. */
const numbers = fc.array(fc.nat({ max: 99 }), { minLength: 4, maxLength: 4 });
const RUNS = 30;
let written = 0;

describe("a part that was not read", () => {
  it("withholds the figures that depend on it, says why, and changes no other", async () => {
    await fc.assert(
      fc.asyncProperty(madeSubmission, numbers, async (made, parts) => {
        const at = join(folder, `r${written++}.git`);
        writeRepository(at, made);
        const whole = { ...(await read(at, { isReadWhole })), ...FROM_HOST };
        const facts = compute(whole);
        expect(facts.missing).toEqual([]);
        const figures = figuresOf(facts);
        for (const { what, from, loses, mayLose } of parts.flatMap(removals)) {
          const snapshot = from(whole);
          if (snapshot === undefined) continue;
          const cut = compute(snapshot);
          const left = figuresOf(cut);
          // What is the same on both sides and was not read is in neither sum, which is said.
          const isPartial = cut.infrastructure?.partial ?? false;
          if (isPartial && snapshot.files.every(({ path }) => !snapshot.unread.includes(path))) {
            const rest = made.pieces.filter(({ path }) => !snapshot.unread.includes(path));
            const requested = infrastructureOf({ ...made, pieces: rest })?.requested;
            expect(cut.infrastructure?.requested, `the rest without ${what}`).toMatchObject(requested ?? {});
            for (const name of [...left.keys()])
              if (/^infrastructure\.requested\./.test(name)) left.delete(name);
          }
          const known = [...figures].filter(([, value]) => !isWithheld(value));
          const withheld = known.filter(([name]) => isWithheld(left.get(name))).map(([name]) => name);
          // Without the history, the head is the first commit that is known to hold a credential.
          const isHead = (name: string, value: unknown) =>
            snapshot.history === null && /^secrets\..*\.commit$/.test(name) && value === whole.headSha;
          const others = [...left].filter(
            ([name, value]) => !isWithheld(value) && value !== figures.get(name) && !isHead(name, value),
          );
          expect(others, `figures that are others without ${what}`).toEqual([]);
          expect(
            withheld.filter((name) => !loses.test(name) && !mayLose.test(name)),
            `withheld without ${what}, of which it does not depend`,
          ).toEqual([]);
          expect(
            known.map(([name]) => name).filter((name) => loses.test(name) && !withheld.includes(name)),
            `given without ${what}`,
          ).toEqual([]);
          if (withheld.length > 0) expect(cut.missing, `why, without ${what}`).not.toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
