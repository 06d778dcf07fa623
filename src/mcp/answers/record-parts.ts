import * as z from "zod";
import { Channel } from "../../domain/outreach/outbox.ts";
import { ImportedRecordKind } from "../../domain/transfer/imported.ts";
import type { Services } from "../../services/services.ts";
import type { Answer } from "./answer.ts";
import { BriefOfRound, briefOfRound } from "./brief.ts";
import { DecisionAnswer, decisionAnswer, RecordedMove } from "./decisions.ts";
import { hiddenAnswer } from "./hidden.ts";
import { OfferAnswer, offerAnswer } from "./offer.ts";
import { omitEmpty } from "./omit-empty.ts";
import { ScorecardAnswer, VoteAnswer } from "./panel.ts";
import { StoredSubmissionAnswer, storedSubmissionAnswer } from "./submission.ts";
import { UntrustedAnswer, untrustedAnswer } from "./untrusted.ts";

/** `subject` and `body`, or the reason why they are hidden. */
const Message = z.object({
  id: z.string(),
  purpose: z.string(),
  version: z.number(),
  /** Absent, as the words are, where they were told without a message. */
  to: z.string().optional(),
  channel: Channel.optional(),
  subject: z.string().optional(),
  body: z.string().optional(),
  hidden: z.string().optional(),
  status: z.string(),
  /** Fields of the record whose earlier value it carries: it is drafted anew, not sent. */
  outdated: z.array(z.string()).optional(),
  at: z.string(),
  send_at: z.string().optional(),
  finished_at: z.string().optional(),
  outcome: z.string().optional(),
  replies: z.array(z.string()),
});

/** `reason` is absent when the reader may not see it. */
const Interview = z.object({
  id: z.string(),
  round: z.string(),
  start: z.string(),
  end: z.string(),
  minutes: z.number(),
  interviewers: z.array(z.string()),
  location: z.string().nullable(),
  status: z.string(),
  uid: z.string(),
  sequence: z.number(),
  reason: z.string().nullable().optional(),
  local_times: z.array(z.object({ who: z.string(), timezone: z.string(), local: z.string() })),
  history: z.array(
    z.object({
      what: z.string(),
      at: z.string(),
      through: z.string(),
      sequence: z.number().optional(),
      start: z.string().optional(),
    }),
  ),
});

/** A value of a field before or after a change. */
export const ChangedValue = z.union([z.string(), z.boolean(), z.array(z.string())]);

/** A field of the person, or one of their documents, that was mended. A value that was not there is absent. */
const Change = z.object({
  field: z.string(),
  before: ChangedValue.optional(),
  after: ChangedValue.optional(),
  document: z.string().optional(),
  reason: z.string().optional(),
  at: z.string(),
  by: z.string(),
  through: z.string(),
});

/** Notes, scorecards and answers as another tracker had them. None of them is a card or a vote here. */
const Imported = z.object({
  records: z.array(
    z.object({
      kind: ImportedRecordKind,
      title: z.string().optional(),
      author: z.string().optional(),
      recommendation: z.string().optional(),
      written_at: z.string().optional(),
      imported_at: z.string(),
      /** The tracker or the kind of file. */
      source: z.string(),
      untrusted: UntrustedAnswer,
    }),
  ),
  /** How many this reader may see. */
  total: z.number(),
  hidden: z.string().optional(),
});

/** A version of the offer, with who wrote it last. */
const RecordedOffer = OfferAnswer.extend({ by: z.string(), at: z.string(), through: z.string() });

/** The parts of an application's record about its panel, messages, interviews and exercise. */
export const RecordPartsAnswer = z.object({
  submission: StoredSubmissionAnswer.nullable().optional(),
  messages: z.array(Message).optional(),
  history: z.array(RecordedMove).optional(),
  changes: z.array(Change).optional(),
  offers: z.array(RecordedOffer).optional(),
  decisions: z.array(DecisionAnswer).optional(),
  scorecards: z.array(ScorecardAnswer).optional(),
  votes: z.array(VoteAnswer).optional(),
  interviews: z.array(Interview).optional(),
  imported: Imported.optional(),
  brief: BriefOfRound.nullable().optional(),
});
export type RecordPartsAnswer = Answer<typeof RecordPartsAnswer>;

type Dossier = Awaited<ReturnType<Services["dossiers"]["get"]>>;
type Parts = Pick<Dossier, keyof RecordPartsAnswer>;

const EMPTY_OF_MOVE = { reason: true, reason_category: true, overridden: true } as const;

/** False is a value before or after a change like any other. */
const changeAnswer = ({ before, after, ...change }: NonNullable<Parts["changes"]>[number]) => ({
  ...omitEmpty(change, { document: true, reason: true }),
  ...(before !== null && { before }),
  ...(after !== null && { after }),
});

const EMPTY_OF_IMPORTED = { title: true, author: true, recommendation: true, written_at: true } as const;

const importedAnswer = ({ records, ...rest }: NonNullable<Parts["imported"]>) => ({
  ...hiddenAnswer(rest),
  records: records.map(({ untrusted, ...record }) => ({
    ...omitEmpty(record, EMPTY_OF_IMPORTED),
    untrusted: untrustedAnswer(untrusted),
  })),
});

export function recordPartsAnswer({ submission, messages, votes, ...parts }: Parts): RecordPartsAnswer {
  const { history, changes, offers, decisions, scorecards, interviews, imported, brief } = parts;
  return {
    ...(submission !== undefined && { submission: submission && storedSubmissionAnswer(submission) }),
    ...(messages && { messages: messages.map(hiddenAnswer) }),
    ...(history && { history: history.map((move) => omitEmpty(move, EMPTY_OF_MOVE)) }),
    ...(changes && { changes: changes.map(changeAnswer) }),
    ...(offers && { offers: offers.map(offerAnswer) }),
    ...(decisions && { decisions: decisions.map(decisionAnswer) }),
    ...(scorecards && { scorecards }),
    ...(votes && { votes }),
    ...(interviews && { interviews }),
    ...(imported && { imported: importedAnswer(imported) }),
    ...(brief !== undefined && { brief: brief && briefOfRound(brief) }),
  };
}
