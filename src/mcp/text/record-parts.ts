import { pluralize } from "../../domain/pluralize.ts";
import type { RecordPartsAnswer } from "../answers/record-parts.ts";
import { briefText } from "./brief.ts";
import { CHANNEL_TEXT } from "./fields/message.ts";
import { offerText } from "./fields/offer.ts";
import { linesOf, quoteUntrusted } from "./lines.ts";
import { storedSubmissionText } from "./submission.ts";

type ImportedRecord = NonNullable<RecordPartsAnswer["imported"]>["records"][number];
type One<Part extends keyof RecordPartsAnswer> =
  NonNullable<RecordPartsAnswer[Part]> extends readonly (infer T)[] ? T : never;

/** Each part of an application's record that was asked for; one that is empty says so. */
export const recordPartsText = (parts: RecordPartsAnswer): string =>
  linesOf(
    parts.submission === null && "No exercise was given and no submission was read.",
    parts.submission && storedSubmissionText(parts.submission),
    ...part("scorecards", parts.scorecards, scorecardText),
    ...part("votes", parts.votes, voteText),
    ...part("interviews", parts.interviews, interviewText),
    ...importedLines(parts.imported),
    ...part("messages", parts.messages, messageText),
    ...part("moves", parts.history, moveText),
    ...part("changes", parts.changes, changedText),
    ...part("offers", parts.offers, offerLine),
    ...part("decisions", parts.decisions, decisionText),
    parts.brief === null && "No brief: no interview is held in this stage; round names the one to prepare.",
    parts.brief && linesOf(`Brief of the round ${parts.brief.round}:`, briefText(parts.brief)),
  );

function part<T>(what: string, entries: readonly T[] | undefined, text: (entry: T) => string): string[] {
  if (entries === undefined) return [];
  return entries.length === 0
    ? [`No ${what}.`]
    : [`${what.charAt(0).toUpperCase()}${what.slice(1)}:`, ...entries.map(text)];
}

const versionText = ({ version, current }: { readonly version: number; readonly current: boolean }) =>
  `version ${version}${current ? "" : ", replaced"}`;

function scorecardText({
  round,
  member,
  recommendation,
  ratings,
  notes,
  ...card
}: One<"scorecards">): string {
  const { reason, by_admin, at, through } = card;
  const submitter = by_admin === undefined ? "" : `, submitted by ${by_admin}`;
  return linesOf(
    `- ${round}, ${member} (${versionText(card)}): ${recommendation}, ${at} through ${through}${submitter}`,
    ...ratings.map((r) => `    ${r.criterion} ${r.level}: ${r.evidence}`),
    notes && `    Notes: ${notes}`,
    reason && `    Reason for the change: ${reason}`,
  );
}

function voteText({ member, vote, reason, on_panel, at, through, ...cast }: One<"votes">): string {
  const who = `${member}${on_panel ? "" : " (not on the panel)"}`;
  return `- ${who} (${versionText(cast)}): ${vote}, ${at} through ${through}: ${reason}`;
}

function interviewText({
  round,
  start,
  end,
  minutes,
  interviewers,
  ...interview
}: One<"interviews">): string {
  const { status, location, reason, sequence, local_times, history } = interview;
  const when = `${start} to ${end} (${pluralize(minutes, "minute")})`;
  const how = [status, location, reason, `invitation ${sequence}`].filter((fact) => fact);
  return linesOf(
    `- ${round}, ${when}, ${interviewers.join(", ")}: ${how.join("; ")}`,
    ...local_times.map(({ who, timezone, local }) => `    ${who}: ${local} (${timezone})`),
    ...history.map((event) => `    ${interviewEventText(event)}`),
  );
}

function interviewEventText(event: One<"interviews">["history"][number]): string {
  const { what, at, through, start, sequence } = event;
  const facts = [
    start === undefined ? undefined : `start ${start}`,
    sequence === undefined ? undefined : `invitation ${sequence}`,
  ];
  return [`${what} ${at} through ${through}`, ...facts.filter((fact) => fact !== undefined)].join(", ");
}

function importedLines(imported: RecordPartsAnswer["imported"]): string[] {
  if (imported === undefined) return [];
  const { records, total, hidden } = imported;
  const title = total === 0 ? "No imported records." : `Imported records, ${records.length} of ${total}:`;
  return [title, ...(hidden === undefined ? [] : [hidden]), ...records.map(importedText)];
}

function importedText({ kind, title, author, recommendation, untrusted, ...of }: ImportedRecord): string {
  const facts = [
    kind,
    title,
    author && `by ${author}`,
    of.written_at,
    recommendation && `recommendation: ${recommendation}`,
  ];
  const about = facts.filter((fact) => fact !== undefined).join(", ");
  return linesOf(`- ${about}; from ${of.source}, imported ${of.imported_at}`, quoteUntrusted(untrusted));
}

function messageText({ id, purpose, version, to, channel, status, at, ...message }: One<"messages">): string {
  const { subject, body, hidden, send_at, finished_at, outcome, outdated, replies } = message;
  const sending = [
    send_at && `leaves ${send_at}`,
    finished_at && `finished ${finished_at}`,
    outcome,
    outdated && `not right any more: ${outdated.join(", ")}`,
    replies.length > 0 && `answered by ${replies.join(", ")}`,
  ].filter((fact) => typeof fact === "string");
  const whom = channel ? `told ${CHANNEL_TEXT[channel]}` : `to ${to}`;
  return linesOf(
    `- ${purpose} ${whom} (${id}, version ${version}): ${[status, at, ...sending].join(", ")}`,
    hidden,
    subject === undefined ? undefined : `    Subject: ${subject}`,
    body?.replace(/^/gm, "    "),
  );
}

function changeText({ from, to, at, by, through, version, ...why }: Omit<One<"history">, "kind">): string {
  const { application, overridden, reason, reason_category, reason_hidden } = why;
  const of = application === undefined ? "" : `${application}: `;
  const kind = reason_category === undefined ? "" : ` (${reason_category})`;
  const overrides = overridden ? `, overriding ${overridden.join(", ")}` : "";
  const because = reason_hidden ? "; the reason is hidden" : reason === undefined ? "" : `: ${reason}`;
  return `${of}${from} -> ${to}, ${at} by ${by} through ${through} (version ${version})${overrides}${kind}${because}`;
}

const moveText = ({ kind, ...move }: One<"history">): string => `- ${kind}: ${changeText(move)}`;

/** A field with its value before and after a change: `phone: nothing -> +351 912 345 678`. */
export function valuesText({
  field,
  before,
  after,
}: Pick<One<"changes">, "field" | "before" | "after">): string {
  const values = [before, after].map((value) =>
    value === undefined ? "nothing" : Array.isArray(value) ? value.join(", ") : String(value),
  );
  return `${field}: ${values.join(" -> ")}`;
}

function changedText({ field, before, after, document, reason, at, by, through }: One<"changes">): string {
  const what = before === undefined && after === undefined ? field : valuesText({ field, before, after });
  const of = document === undefined ? "" : ` (document ${document})`;
  return `- ${what}${of}, ${at} by ${by} through ${through}${reason === undefined ? "" : `: ${reason}`}`;
}

const offerLine = ({ by, at, through, ...offer }: One<"offers">): string =>
  `- ${offerText(offer)} Last written ${at} by ${by} through ${through}.`;

function decisionText({ undone, on_the_table: evidence, hidden, ...move }: One<"decisions">): string {
  const votes = evidence?.votes?.map(
    (v) => `${v.member}${v.on_panel ? "" : " (not on the panel)"} ${v.vote}`,
  );
  const cards = evidence?.scorecards.map((c) => `${c.round} by ${c.member} (version ${c.version})`) ?? [];
  const against = evidence?.against_majority ? ", and the decision went against it" : "";
  return linesOf(
    `- ${changeText(move)}${undone ? " (undone)" : ""}`,
    evidence &&
      `    On the table: ${cards.join(", ") || "no scorecard"}; ${pluralize(evidence.votes_cast, "vote")}.`,
    evidence?.offer && `    Offer: version ${evidence.offer.version}, ${evidence.offer.status}.`,
    votes && votes.length > 0 && `    Votes: ${votes.join(", ")}.`,
    evidence?.majority && `    The panel's majority was ${evidence.majority}${against}.`,
    evidence?.submission && `    Submission: ${evidence.submission.url} at ${evidence.submission.head_sha}.`,
    evidence?.work_samples && `    Work samples: ${evidence.work_samples.join(", ")}.`,
    hidden,
  );
}
