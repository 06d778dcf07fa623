import type { Catalog } from "../../catalog/load.ts";
import { type Benchmark, type BenchmarkInput, benchmark } from "../../domain/roles/benchmark.ts";

type Input = Pick<BenchmarkInput, "level" | "offer_min" | "offer_max" | "currency"> & {
  readonly template: string;
  readonly location?: string | undefined;
  readonly remote?: boolean | undefined;
};

export function createBenchmarks({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** @throws DomainError as `benchmark`. */
    benchmark({ template, location, remote, ...rest }: Input): Benchmark {
      return benchmark(catalog.places, catalog.get(template), {
        ...rest,
        location: location ?? null,
        remote: remote ?? false,
      });
    },
  };
}
