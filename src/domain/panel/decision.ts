import type { OfferStatus } from "../pipeline/offer.ts";
import { majorityOf, type Verdict } from "./verdict.ts";

/** What the decider could see, by version, so that it can be read again later in the same state. */
export type EvidenceSnapshot = {
  readonly scorecards: readonly {
    readonly id: string;
    readonly round: string;
    readonly member: string;
    readonly version: number;
  }[];
  readonly assessment: string | null;
  readonly submission: { readonly url: string; readonly head_sha: string } | null;
  /** Ids of the documents that were handed in for an exercise without a repository. Absent where there were none. */
  readonly work_samples?: readonly string[];
  /** The version of the offer that was on record, and where it stood. Absent where there was none. */
  readonly offer?: { readonly id: string; readonly version: number; readonly status: OfferStatus };
  readonly votes: readonly {
    readonly id: string;
    readonly member: string;
    readonly version: number;
    readonly vote: Verdict;
    readonly on_panel: boolean;
  }[];
  /** The side of more than half of the panel's votes. */
  readonly majority: "for" | "against" | null;
  readonly against_majority: boolean;
};

/** Whether a decision goes against the majority of the panel's votes. Never, when there is no majority. */
export function againstMajority(
  to: string,
  votes: EvidenceSnapshot["votes"],
): Pick<EvidenceSnapshot, "majority" | "against_majority"> {
  const majority = majorityOf(votes.filter((v) => v.on_panel).map((v) => v.vote));
  const decided = to === "rejected" ? "against" : "for";
  return { majority, against_majority: majority !== null && majority !== decided };
}
