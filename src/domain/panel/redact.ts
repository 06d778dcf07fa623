import type { DocumentKind, Evidence } from "../candidates/document.ts";
import type { Assessment } from "../evaluation/assessment.ts";
import type { Reading } from "../evaluation/finding.ts";
import { withReadings } from "../evaluation/with-readings.ts";
import type { ImportedRecordKind } from "../transfer/imported.ts";
import type { EvidenceSnapshot } from "./decision.ts";
import type { Visibility } from "./visibility.ts";

type Reader = { readonly id: string; readonly email: string };
type StoredDocument = { readonly id: string; readonly kind: DocumentKind; readonly addedBy: string };
type Change = {
  readonly documentId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
};
type Message = { readonly draftedBy: string; readonly madeFrom: { readonly note?: unknown } };

/**
 * Scorecards or votes of a panel. `shown` is what this reader may see; `whole` is all of them, or null if any is hidden.
 * Statistics use `whole` only, so none is computed from a part.
 */
export type PanelPart<T> = { readonly shown: readonly T[]; readonly whole: readonly T[] | null };

/** What a reader may see of a decision's evidence: without votes and what follows from them while these are hidden. */
export type EvidenceShown = Omit<EvidenceSnapshot, "votes" | "majority" | "against_majority"> & {
  readonly votes_cast: number;
} & Partial<Pick<EvidenceSnapshot, "votes" | "majority" | "against_majority">>;

/** A note stands in a change by its kind alone. */
const isAboutNote = ({ documentId, before, after }: Change): boolean =>
  documentId !== null && (before === NOTE || after === NOTE);
const NOTE: DocumentKind = "note";

/**
 * Takes out of what was loaded about an application everything that is hidden from its reader. Nothing else decides which
 * words of a colleague somebody reads: a service computes from what this leaves.
 */
export function redactFor(reader: Reader, { hidden, votesHidden, openRounds }: Visibility) {
  const isOwn = (author: string) => author === reader.email || author === reader.id;
  const canRead = (author: string) => hidden === null || isOwn(author);
  const canReadVote = (author: string) => votesHidden === null || isOwn(author);

  /** A note is a colleague's judgement, everything else is the candidate's. */
  const documents = <D extends StoredDocument>(all: readonly D[]): D[] =>
    all.filter((d) => d.kind !== "note" || canRead(d.addedBy));

  return {
    documents,

    /** From the rules' readings and the reader's own alone, without quotes from hidden notes. */
    assessment(assessment: Assessment, all: readonly StoredDocument[]): Assessment {
      if (hidden === null) return assessment;
      const readable = new Set(documents(all).map((d) => d.id));
      const evidence = (quotes: readonly Evidence[]) => quotes.filter((e) => readable.has(e.document));
      const isShown = ({ by, author }: Reading) => by === "rules" || author?.member === reader.email;
      return withReadings(assessment, {
        evidence,
        readings: (some) => some.filter(isShown).map((r) => ({ ...r, evidence: evidence(r.evidence) })),
      });
    },

    scorecards: <C extends { readonly member: string; readonly round: string }>(
      all: readonly C[],
    ): PanelPart<C> => ({
      shown: all.filter((card) => canRead(card.member) || openRounds.includes(card.round)),
      whole: hidden === null ? all : null,
    }),

    votes: <V extends { readonly member: string }>(all: readonly V[]): PanelPart<V> => ({
      shown: all.filter((vote) => canReadVote(vote.member)),
      whole: votesHidden === null ? all : null,
    }),

    /** The evidence of a decision: where votes are hidden, how many there were and nothing that follows from them. */
    decisionEvidence({ votes, majority, against_majority, ...evidence }: EvidenceSnapshot): EvidenceShown {
      const open = votesHidden === null ? { votes, majority, against_majority } : {};
      return { ...evidence, votes_cast: votes.length, ...open };
    },

    /** A move, a booking or whatever else somebody gave a reason for; `reasonHidden` where that is taken out. */
    reason: <T extends { readonly reason: string | null }>(record: T, author: string) =>
      canRead(author) ? { ...record, reasonHidden: false } : { ...record, reason: null, reasonHidden: true },

    /** As `reason`, for a move, whose kind of reason says the same. */
    moveReason: <M extends { readonly reason: string | null; readonly reasonCategory: string | null }>(
      move: M,
      author: string,
    ) =>
      canRead(author)
        ? { ...move, reasonHidden: false }
        : { ...move, reason: null, reasonCategory: null, reasonHidden: true },

    /** What was changed about a person and their documents; about a note it is as hidden as the note is. */
    changes: <C extends Change>(all: readonly { readonly change: C; readonly by: string }[]) =>
      all
        .filter(({ change, by }) => !isAboutNote(change) || canRead(by))
        .map(({ change, by }) => ({ ...change, reason: canRead(by) ? change.reason : null, by })),

    /** What came in with an import: an answer is the candidate's, a note or a scorecard is somebody's judgement. */
    imported: <R extends { readonly kind: ImportedRecordKind }>(all: readonly R[]): PanelPart<R> => {
      const shown = hidden === null ? all : all.filter(({ kind }) => kind === "answer");
      return { shown, whole: hidden === null ? all : null };
    },

    /** A colleague's own words in a message may be about the panel; what the record alone composed hides nothing. */
    message: <M extends Message>(message: M): M | null =>
      !message.madeFrom.note || canRead(message.draftedBy) ? message : null,
  };
}
