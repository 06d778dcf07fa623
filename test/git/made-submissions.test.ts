import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { computeFacts } from "../../src/domain/submission/compute-facts.ts";
import { place, read } from "../support/clones.ts";
import {
  factsOf,
  infrastructureOf,
  madeSubmission,
  REQUIREMENTS,
  writeRepository,
} from "../support/made-submission/submission.ts";

const { folder, remove } = place();
afterAll(remove);
const fileKinds = loadCatalog({}).fileKinds();
const ASSIGNED_AT = "2026-11-04T12:00:00.000Z";
const exercise = { id: "made", requirements: [...REQUIREMENTS], follow_ups: [], protected: [] };

const RUNS = 20;
let written = 0;

const byPath = <T extends { readonly path: string }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => (a.path < b.path ? -1 : 1));

describe("repositories whose facts are known by construction", () => {
  it("have these facts, and nothing of them is missing but what no clone holds", async () => {
    await fc.assert(
      fc.asyncProperty(madeSubmission, async (made) => {
        const at = join(folder, `r${written++}.git`);
        const shas = writeRepository(at, made);
        const facts = computeFacts(await read(at, { fileKinds }), {
          ...{ fileKinds, blind: false, assignedAt: ASSIGNED_AT, exercise },
        });
        const { secrets, without_diff, coverage, repository, ...figures } = factsOf(made, shas, ASSIGNED_AT);
        const order = (paths: readonly string[]) => paths.toSorted();
        const seen = {
          ...facts,
          tests: { ...facts.tests, not_counted: order(facts.tests.not_counted) },
        };
        expect(seen).toMatchObject({
          ...figures,
          tests: { ...figures.tests, not_counted: order(figures.tests.not_counted) },
        });
        expect(facts.coverage.map(({ id, status }) => ({ id, status }))).toEqual(coverage);
        expect(order(facts.without_diff)).toEqual(order(without_diff));
        expect(facts.repository.files).toBe(repository.files);
        expect(order(facts.repository.symbolic_links)).toEqual(order(repository.symbolic_links));
        expect(byPath(facts.secrets)).toEqual(byPath(secrets));
        const infrastructure = infrastructureOf(made);
        if (infrastructure === null) expect(facts.infrastructure).toBeNull();
        else {
          const workloads = byPath(facts.infrastructure?.workloads ?? []);
          expect({ ...facts.infrastructure, workloads }).toMatchObject({
            ...{ ...infrastructure, workloads: byPath(infrastructure.workloads) },
          });
        }
        expect(facts.missing).toEqual(["checks, CI runs, pushes, force pushes: a clone does not hold them"]);
      }),
      { numRuns: RUNS },
    );
  });
});
