import { DomainError } from "../../domain/errors.ts";
import type { AssessedFlag } from "../../domain/evaluation/assessment.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Db } from "../../store/store.ts";
import { loadApplication } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

/** Candidates of one role flag by flag, with the words that show each. There is no total: people are not ranked here. */
export type Comparison = {
  readonly flags: readonly {
    readonly id: string;
    readonly label: string;
    readonly polarity: string;
    readonly candidates: readonly { ref: string; name: string; verdict: string; quote: string | null }[];
  }[];
};

const MOST = 5;

/**
 * Lays two to five candidates of one role side by side, in the order asked for, by their newest assessments.
 * @throws DomainError for candidates of different roles, or one who has not been assessed.
 */
export async function compare(db: Db, session: Session, refs: readonly string[]): Promise<Comparison> {
  const wanted = [...new Set(refs.map((ref) => ref.trim().toUpperCase()))];
  if (wanted.length < 2 || wanted.length > MOST) {
    throw new DomainError(
      "invalid",
      `compare_with: that makes ${pluralize(wanted.length, "candidate")}.`,
      `Compare two to ${MOST} different ones.`,
    );
  }
  const compared: { ref: string; name: string; role: string; flags: readonly AssessedFlag[] }[] = [];
  for (const ref of wanted) {
    const found = await loadApplication(db, session, ref);
    const { candidate, role } = found;
    const newest = await (await loadForReader(db, session, found)).assessment();
    if (!newest)
      throw new DomainError(
        "precondition_failed",
        `compare_with: ${ref} has not been assessed.`,
        `Call score_candidate with application ${ref} first.`,
      );
    compared.push({
      ref,
      name: candidate.name,
      role: role.key,
      flags: newest.result.flags,
    });
  }
  const [first] = compared;
  const stranger = compared.find((c) => c.role !== first?.role);
  if (!first || stranger) {
    throw new DomainError(
      "invalid",
      `compare_with: ${stranger?.ref} is for another role.`,
      "Compare candidates of one role.",
    );
  }
  const flags = first.flags.map(({ id, label, polarity }) => ({
    id,
    label,
    polarity,
    candidates: compared.map(({ ref, name, flags }) => {
      const flag = flags.find((f) => f.id === id);
      return { ref, name, verdict: flag?.verdict ?? "not assessed", quote: flag?.evidence[0]?.quote ?? null };
    }),
  }));
  return { flags };
}
