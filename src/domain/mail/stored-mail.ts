import * as z from "zod";
import { Attachment, type MailFacts } from "./facts.ts";
import { addressIn } from "./head.ts";
import type { SplitMail } from "./split.ts";
import type { MailWords } from "./words.ts";

/** What a mail is: only a letter is written by a person and can answer anything. */
export const MailKind = z.enum(["letter", "auto_reply", "delivery_report", "calendar_reply"]);
export type MailKind = z.infer<typeof MailKind>;

/** Whose words a mail holds, as somebody says. */
export const MailAuthor = z.enum(["candidate", "team", "other"]);
export type MailAuthor = z.infer<typeof MailAuthor>;

/** What is on record about a stored mail beside its words. */
export const StoredMail = z.object({
  what: MailKind,
  /** The sender's address in lower case. Null where the text names none. */
  from: z.string().nullable(),
  /** `unknown` for a stranger's mail of which nobody has said yet whose it is. */
  author: z.enum([...MailAuthor.options, "unknown"]),
  /** True when a person said whose it is; otherwise the sender tells. */
  stated: z.boolean(),
  /** The subject of the mail that it answers, in `text`: not the sender's own words. */
  answered_subject: z.object({ start: z.number(), end: z.number() }).optional(),
  attachments: z.array(Attachment).optional(),
  /** What an invited person's calendar answered: `accepted`, `declined`, `tentative`. */
  calendar_answer: z.string().optional(),
  /** Words that read like a wish not to be written to, until somebody has looked at them. */
  opt_out: z.object({ quote: z.string(), looked_at: z.string().nullable() }).optional(),
});
export type StoredMail = z.infer<typeof StoredMail>;

/** Who may have written a mail, by address in lower case. */
export type Writers = { readonly team: readonly string[]; readonly candidate: readonly string[] };

/**
 * Whose mail it is, by its sender. A member who applies writes as a candidate, and a text without headers is taken for
 * what it was added as.
 */
export function authorOf(from: string | null, { team, candidate }: Writers): StoredMail["author"] {
  if (from === null || candidate.includes(from)) return "candidate";
  return team.includes(from) ? "team" : "unknown";
}

/** What a mail is, by its headers and parts first, then by who sends it and what it is called. */
export function mailKind(
  { from, subject }: Pick<SplitMail, "from" | "subject">,
  facts: MailFacts,
  words: MailWords,
  writers: Writers,
): MailKind {
  if (facts.report !== null) return "delivery_report";
  if (facts.calendar !== null) return "calendar_reply";
  const isPerson = from !== undefined && authorOf(from, writers) !== "unknown";
  if (!isPerson && isReporter(from, words)) return "delivery_report";
  if (!isPerson && words.report.test(subject)) return "delivery_report";
  return facts.automatic || words.automatic.test(subject) ? "auto_reply" : "letter";
}

const isReporter = (from: string | undefined, { reporter }: MailWords): boolean =>
  from !== undefined && reporter.test(addressIn(from)?.split("@")[0] ?? "");

/** What a delivery report says of the mail that it is about. */
export const Delivery = z.enum(["failed", "delayed", "delivered"]);
export type Delivery = z.infer<typeof Delivery>;

const ACTIONS: Record<string, Delivery> = {
  failed: "failed",
  delayed: "delayed",
  delivered: "delivered",
  relayed: "delivered",
  expanded: "delivered",
};

export function deliveryOf(report: MailFacts["report"], text: string, words: MailWords): Delivery {
  const stated = ACTIONS[report?.action ?? ""];
  if (stated !== undefined) return stated;
  if (words.delayed.test(text)) return "delayed";
  return words.delivered.test(text) ? "delivered" : "failed";
}
