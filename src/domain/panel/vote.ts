import { DomainError } from "../errors.ts";
import type { Position } from "../pipeline/application.ts";
import type { Stage } from "../roles/role-template.ts";
import { type Tally, tallyOf, type Verdict } from "./verdict.ts";

/** A stored vote. Every version that others may have seen is kept, the newest last. */
export type Vote = {
  readonly id: string;
  /** E-mail of the voter. */
  readonly member: string;
  readonly version: number;
  readonly vote: Verdict;
  readonly reason: string;
  readonly onPanel: boolean;
  readonly client: string;
  readonly castAt: Date;
};

/** The newest version of each member's vote, in the order in which the votes were cast. */
export function newestVotes<T extends Pick<Vote, "member" | "version">>(votes: readonly T[]): T[] {
  return votes.filter((vote) => !votes.some((v) => v.member === vote.member && v.version > vote.version));
}

/** Counts of the panel's votes, and separately of others' votes, which do not count for the majority. */
export function tallyVotes(votes: readonly Vote[]): { panel: Tally; others: Tally } {
  const of = (onPanel: boolean) => tallyOf(votes.filter((v) => v.onPanel === onPanel).map((v) => v.vote));
  return { panel: of(true), others: of(false) };
}

/** @throws DomainError `precondition_failed` unless the application is at a stage whose gate needs votes. */
export function requireDebrief(stages: readonly Stage[], { stage, status }: Position): void {
  const at = stages.find((s) => s.gate.includes("votes"));
  if (status === "active" && at?.id === stage) return;
  throw new DomainError(
    "precondition_failed",
    status === "active"
      ? `vote: the application is at ${stage}, and votes are cast at ${at?.id ?? "no stage of this role"}.`
      : `vote: the application has ended (${status}).`,
    { do: "reach_debrief" },
  );
}
