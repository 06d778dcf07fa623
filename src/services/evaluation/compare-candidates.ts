import { DomainError } from "../../domain/errors.ts";
import type { AssessedFlag } from "../../domain/evaluation/assessment.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Db } from "../../store/store.ts";
import { loadApplication } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

/**
 * Candidates of one role compared flag by flag, with quotes. There are no totals, because people are not ranked here.
 */
export type Comparison = {
  readonly flags: readonly {
    readonly id: string;
    readonly label: string;
    readonly polarity: AssessedFlag["polarity"];
    readonly candidates: readonly {
      readonly ref: string;
      readonly name: string;
      /** `not assessed` for a flag that was added to the rubric after the candidate was assessed. */
      readonly verdict: AssessedFlag["verdict"] | "not assessed";
      readonly quote: string | null;
    }[];
  }[];
};

const MAX_COMPARED = 5;

/**
 * Compares two to five candidates of one role by their newest assessments, in the order given.
 * @throws DomainError for candidates of different roles, or one who has not been assessed.
 */
export async function compare(db: Db, session: Session, refs: readonly string[]): Promise<Comparison> {
  const wanted = [...new Set(refs.map((ref) => ref.trim().toUpperCase()))];
  if (wanted.length < 2 || wanted.length > MAX_COMPARED) {
    throw new DomainError(
      "invalid",
      `compare_with: that makes ${pluralize(wanted.length, "candidate")}.`,
      `Compare two to ${MAX_COMPARED} different ones.`,
    );
  }
  const compared: { ref: string; name: string; role: string; flags: readonly AssessedFlag[] }[] = [];
  for (const ref of wanted) {
    const record = await loadApplication(db, session, ref);
    const { candidate, role } = record;
    const newest = await (await loadForReader(db, session, record)).assessment();
    if (!newest)
      throw new DomainError("precondition_failed", `compare_with: ${ref} has not been assessed.`, {
        do: "assess",
        application: ref,
      });
    compared.push({
      ref,
      name: candidate.name,
      role: role.key,
      flags: newest.result.flags,
    });
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
  const candidatesFor = (id: string) =>
    compared.map(({ ref, name, flags }) => {
      const flag = flags.find((f) => f.id === id);
      const verdict = flag?.verdict ?? ("not assessed" as const);
      return { ref, name, verdict, quote: flag?.evidence[0]?.quote ?? null };
    });
  return {
    flags: first.flags.map(({ id, label, polarity }) => {
      return { id, label, polarity, candidates: candidatesFor(id) };
    }),
  };
}
