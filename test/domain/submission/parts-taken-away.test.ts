import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { computeFacts } from "../../../src/domain/submission/compute-facts.ts";
import type { ChangedFile, SubmissionSnapshot } from "../../../src/domain/submission/snapshot.ts";
import { place, read } from "../../support/clones.ts";
import { figuresOf, isWithheld } from "../../support/made-submission/figures.ts";
import { inTurn, type Removal, removals } from "../../support/made-submission/removals.ts";
import {
  infrastructureOf,
  type MadeSubmission,
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

const RUNS = 8;
let written = 0;

type Whole = { readonly made: MadeSubmission; readonly snapshot: SubmissionSnapshot };

/** A made submission as it was read, with what a host knows. */
async function wholeOf(made: MadeSubmission): Promise<Whole> {
  const at = join(folder, `r${written++}.git`);
  writeRepository(at, made);
  const snapshot = { ...(await read(at, { fileKinds })), ...FROM_HOST };
  expect(compute(snapshot).missing).toEqual([]);
  return { made, snapshot };
}

function expectOnlyWithheld(whole: Whole, { what, from, loses, mayLose }: Removal): void {
  const snapshot = from(whole.snapshot);
  if (snapshot === undefined) return;
  const facts = compute(snapshot);
  const [figures, left] = [figuresOf(compute(whole.snapshot)), figuresOf(facts)];
  // A manifest that is the same on both sides and was not read is in neither sum, which is said.
  const { pieces } = whole.made;
  // Nor is a workload known on a side on which its autoscaler was not read.
  const scaled = pieces.flatMap(({ path, scales, given, steps }) =>
    snapshot.unread.includes(path) && given !== null && steps.at(-1) !== null ? (scales ?? []) : [],
  );
  const isUnread = ({ path }: { readonly path: string }) => [...snapshot.unread, ...scaled].includes(path);
  const isUnreadManifest = (file: ChangedFile) => isReadWhole(file.path) && isUnread(file);
  const isListed = snapshot.files.length === whole.snapshot.files.length;
  const { infrastructure } = facts;
  const rest = infrastructureOf({ ...whole.made, pieces: pieces.filter((piece) => !isUnread(piece)) });
  if (infrastructure?.partial && isListed && rest) {
    const requested = { ...rest.requested, accelerators: [] };
    const sums = figuresOf({ ...facts, infrastructure: { ...infrastructure, requested } });
    const mayBeNull = snapshot.files.some(isUnreadManifest);
    for (const [name, value] of [...left]) {
      if (!name.startsWith("infrastructure.requested.")) continue;
      if (value !== null || !mayBeNull) expect([name, value], what).toEqual([name, sums.get(name)]);
      left.delete(name);
    }
  }
  // Without the history, the head is the first commit that is known to hold a credential.
  const isHead = (name: string, value: unknown) =>
    snapshot.history === null && /^secrets\..*\.commit$/.test(name) && value === snapshot.headSha;
  const others = [...left].filter(
    ([name, value]) => !isWithheld(value) && value !== figures.get(name) && !isHead(name, value),
  );
  expect(others, `figures that are others without ${what}`).toEqual([]);
  const known = [...figures].flatMap(([name, value]) => (isWithheld(value) ? [] : [name]));
  const withheld = known.filter((name) => isWithheld(left.get(name)));
  const needless = withheld.filter((name) => !loses.test(name) && !mayLose.test(name));
  expect(needless, `withheld without ${what}, on which they do not depend`).toEqual([]);
  const kept = known.filter((name) => loses.test(name) && !withheld.includes(name));
  expect(kept, `given without ${what}, on which they depend`).toEqual([]);
  if (withheld.length > 0) expect(facts.missing, `why, without ${what}`).not.toEqual([]);
}

describe("figures of a submission of which a part was not read", () => {
  it("are withheld where they depend on it, with the reason, and no other is changed", async () => {
    const numbers = fc.array(fc.nat({ max: 99 }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(madeSubmission, numbers, async (made, parts) => {
        const whole = await wholeOf(made);
        for (const removal of parts.flatMap(removals)) expectOnlyWithheld(whole, removal);
      }),
      { numRuns: RUNS },
    );
  });

  it("are withheld where they depend on any of two parts", async () => {
    await fc.assert(
      fc.asyncProperty(madeSubmission, fc.nat({ max: 99 }), fc.nat({ max: 99 }), async (made, n, m) => {
        const whole = await wholeOf(made);
        for (const first of removals(n))
          for (const second of removals(m)) expectOnlyWithheld(whole, inTurn(first, second));
      }),
      { numRuns: RUNS },
    );
  });
});
