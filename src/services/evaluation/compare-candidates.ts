import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import type { AssessedFlag } from "../../domain/evaluation/assessed-flag.ts";
import type { Stale } from "../../domain/evaluation/stale.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Db } from "../../store/store.ts";
import { loadStanding } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";
import { staleNow } from "./compiled-rubric.ts";

/**
 * Candidates of one role compared flag by flag, with quotes. There are no totals, because people are not ranked here.
 */
export type Comparison = {
  readonly candidates: readonly (Stale & {
    readonly ref: string;
    readonly name: string;
    /** The flags that nobody has read yet; null for somebody who was not assessed. */
    readonly to_read: readonly string[] | null;
  })[];
  readonly flags: readonly (Pick<AssessedFlag, "id" | "label" | "polarity" | "definition"> & {
    readonly candidates: readonly {
      readonly ref: string;
      /** `not assessed` also for a flag that was added to the rubric after the candidate was assessed. */
      readonly verdict: AssessedFlag["verdict"] | "not assessed";
      readonly support?: AssessedFlag["support"];
      readonly by?: AssessedFlag["by"];
      readonly quotes: readonly string[];
    }[];
  })[];
};

const MAX_COMPARED = 10;

/**
 * The references of two to ten different candidates, in the order given.
 * @throws DomainError `invalid` for fewer or more
 */
export function comparedRefs(refs: readonly string[]): string[] {
  const wanted = [...new Set(refs.map((ref) => ref.trim().toUpperCase()))];
  if (wanted.length < 2 || wanted.length > MAX_COMPARED) {
    throw new DomainError(
      "invalid",
      `compare_with: that makes ${pluralize(wanted.length, "candidate")}.`,
      `Compare two to ${MAX_COMPARED} different ones.`,
    );
  }
  return wanted;
}

/**
 * Compares candidates of one role by their newest assessments, in the order given.
 * @throws DomainError for candidates of different roles, and where wanted for one who has not been assessed.
 */
export async function compare(
  db: Db,
  session: Session,
  catalog: Catalog,
  { refs, unassessed }: { readonly refs: readonly string[]; readonly unassessed: "refuse" | "show" },
): Promise<Comparison> {
  const compared: { ref: string; name: string; role: string; flags: readonly AssessedFlag[] | null }[] = [];
  const toRead = new Map<string, readonly string[]>();
  const stale = new Map<string, Stale | undefined>();
  for (const ref of comparedRefs(refs)) {
    const record = await loadStanding(db, session, ref);
    const { candidate, role } = record;
    const newest = await (await loadForReader(db, session, record)).assessment();
    if (!newest && unassessed === "refuse")
      throw new DomainError("precondition_failed", `compare_with: ${ref} has not been assessed.`, {
        do: "assess",
        application: ref,
      });
    if (newest) toRead.set(ref, newest.result.to_read);
    if (newest) stale.set(ref, staleNow(catalog, role, newest));
    compared.push({ ref, name: candidate.name, role: role.key, flags: newest?.result.flags ?? null });
  }
  const [first] = compared;
  const ofOtherRole = compared.find((c) => c.role !== first?.role);
  if (!first || ofOtherRole) {
    throw new DomainError(
      "invalid",
      `compare_with: ${ofOtherRole?.ref} is for another role.`,
      "Compare candidates of one role.",
    );
  }
  const described = compared.find(({ flags }) => flags !== null)?.flags ?? [];
  return {
    candidates: compared.map(({ ref, name }) => ({
      ref,
      name,
      to_read: toRead.get(ref) ?? null,
      ...stale.get(ref),
    })),
    flags: described.map(({ id, label, polarity, definition }) => ({
      ...{ id, label, polarity, definition },
      candidates: compared.map(({ ref, flags }) => {
        const flag = flags?.find((f) => f.id === id);
        if (!flag) return { ref, verdict: "not assessed" as const, quotes: [] };
        const { verdict, support, by, evidence } = flag;
        return {
          ...{ ref, verdict, by },
          ...(support !== undefined && { support }),
          quotes: evidence.map(({ quote }) => quote),
        };
      }),
    })),
  };
}
