import { checkDraft, type MessageFinding } from "../../domain/message-check/check.ts";
import type { Draft } from "../../domain/message-check/rule.ts";
import type { InterviewFacts } from "../../domain/outreach/facts.ts";
import { isUnsolicited } from "../../domain/outreach/outbox.ts";
import { searchKey } from "../../domain/pipeline/application.ts";
import type { MessageTemplate } from "../../domain/roles/role-template.ts";
import { openOptOut } from "../../store/candidates/mails.ts";
import { othersNamedIn } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import type { OnRecord } from "./message-facts.ts";

/** Inputs of a draft that are not on record. */
type MadeWith = {
  readonly note: string | null;
  readonly language?: string | undefined;
  readonly sender: string;
  /**
   * The interview that it was drafted for; null when none was booked. Undefined when its template does not use the
   * interview.
   */
  readonly interview?: InterviewFacts | null | undefined;
};

/** Checks a draft against the rules and the record. Runs when it is drafted, and again before it is sent. */
export async function checkAgainstRecord(
  tx: Db,
  session: Session,
  onRecord: OnRecord,
  draft: Draft,
  made: MadeWith,
): Promise<MessageFinding[]> {
  const { record, facts, exerciseDue, recorded, template, lexicon, salaryRequired } = onRecord;
  const { candidate, role } = record;
  const others = await othersNamedIn(
    tx,
    { workspaceId: session.workspaceId, roleId: role.id, candidateId: candidate.id },
    searchKey(`${draft.subject} ${draft.body}`),
  );
  const message = template.messages.find((m) => m.id === draft.purpose);
  return checkDraft(draft, {
    lexicon,
    recipientName: candidate.name,
    roleTitle: role.title,
    allowedNumbers: [...stringsIn(facts), ...recorded],
    otherCandidates: others,
    salaryRequired,
    salary: facts.salary,
    allowedHosts: [
      ...hostsIn(facts.exercise?.repository ?? ""),
      ...(made.interview ? hostsIn(made.interview.location ?? "") : []),
      ...(message ? hostsOf(message) : []),
    ],
    now: session.now,
    unsolicited: isUnsolicited(draft.purpose),
    note: made.note,
    addresses: [...(candidate.email === null ? [] : [candidate.email]), made.sender],
    exerciseDue,
    ...(made.interview === undefined
      ? {}
      : { interview: { drafted: made.interview, booked: facts.interview } }),
    evidence: facts.evidence,
    optOut: await openOptOut(tx, session.workspaceId, candidate.id),
    language: made.language,
  });
}

const stringsIn = (value: unknown): string[] =>
  value !== null && typeof value === "object"
    ? Object.values(value).flatMap(stringsIn)
    : [String(value ?? "")];

const hostsIn = (text: string): string[] =>
  [...text.matchAll(/https?:\/\/([A-Za-z0-9.-]+(?::\d+)?)(?=[/\s?#).,]|$)/g)].map((match) => match[1] ?? "");
/**
 * Hosts written in the team's own template, to which a message may link. A host that a fact would complete does not
 * count.
 */
const hostsOf = ({ subject, body }: MessageTemplate): string[] => hostsIn(`${subject}\n${body}`);
