import type { Catalog } from "../../catalog/load.ts";
import { type Benchmark, type BenchmarkInput, benchmark } from "../../domain/roles/benchmark.ts";

import type { Level } from "../../domain/roles/role.ts";
import { requireLevel } from "./role-fields.ts";

type Input = Pick<BenchmarkInput, "offer_min" | "offer_max" | "currency"> & {
  readonly level: string;
  readonly template: string;
  readonly location?: string | undefined;
  readonly remote?: boolean | undefined;
};

/** A benchmark, and the level that the caller's words stand for. */
export type LevelBenchmark = Benchmark & { readonly level: Level };

export function createBenchmarks({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** @throws DomainError as `requireLevel` and `benchmark`. */
    benchmark({ template, level: words, location, remote, ...rest }: Input): LevelBenchmark {
      const level = requireLevel(catalog, words);
      const where = { location: location ?? null, remote: remote ?? false };
      return { ...benchmark(catalog.places, catalog.get(template), { ...rest, ...where, level }), level };
    },
  };
}
