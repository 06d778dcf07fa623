import type { Catalog } from "../../catalog/load.ts";
import { dayOf, wholeDays } from "../../domain/days.ts";
import { payRangesInForce } from "../../domain/jurisdictions/lookup.ts";
import { checkDraft, type MessageFinding } from "../../domain/message-check/check.ts";
import type { Draft, DraftFacts } from "../../domain/message-check/rule.ts";
import {
  citable,
  type ExerciseFacts,
  firstNameOf,
  greenQuotes,
  type InterviewFacts,
  type MessageFacts,
  momentIn,
  type Round,
  salaryRange,
} from "../../domain/outreach/facts.ts";
import { isUnsolicited } from "../../domain/outreach/outbox.ts";
import type { Standing } from "../../domain/outreach/purpose.ts";
import { awaitedFromCandidate, waitingSince } from "../../domain/outreach/waiting.ts";
import { searchKey } from "../../domain/pipeline/application.ts";
import type { MessageTemplate, RoleTemplate, Stage } from "../../domain/roles/role-template.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { lastWords, othersNamedIn } from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";
import { type Appointment, appointmentOf } from "./interview-in-message.ts";

/** What is on record about an application, as far as a message to its candidate may use it. */
export type Gathered = {
  readonly found: ApplicationRecord;
  readonly template: RoleTemplate;
  readonly standing: Standing;
  readonly facts: Omit<MessageFacts, "note" | "sender">;
  readonly exerciseDue: Date | null;
  /** What is booked, for the invitation that goes along. */
  readonly appointment: Appointment | undefined;
  /** Texts from which a number may come, beside the facts: what shows a flag, and what members noted. */
  readonly recorded: readonly string[];
  /** Whether a law in force where the role can be had asks for its pay range. */
  readonly salaryRequired: boolean;
};

/** Where facts come from, beside the database. */
export type Sources = { readonly catalog: Catalog; readonly company?: string | undefined };

/** Reads everything that a message may say about an application. */
export async function gather(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  { catalog, company }: Sources,
): Promise<Gathered> {
  const { application, candidate, role } = record;
  const { workspaceId, now } = session;
  const template = catalog.get(role.template);
  const given = await findAssignment(tx, workspaceId, application.id);
  const forReader = await loadForReader(tx, session, record);
  const notes = (await forReader.documents()).filter((d) => d.kind === "note");
  const appointment = await appointmentOf(tx, workspaceId, record, now);
  const stage = role.stages.find((s) => s.id === application.stage);
  const has = { assignedAt: given?.createdAt ?? null, hasSubmission: application.hasSubmission };
  const since = waitingSince(
    await lastWords(tx, application),
    stage ? awaitedFromCandidate(stage, has) : null,
  );
  const quotes = greenQuotes((await forReader.assessment())?.result);
  const standing: Standing = {
    ref: application.ref,
    stage: application.stage,
    status: application.status,
    stages: role.stages,
    roleStatus: role.status,
    hasExercise: given !== undefined,
    hasSubmission: application.hasSubmission,
  };
  const facts = {
    first_name: firstNameOf(candidate.name),
    name: candidate.name,
    role: { title: role.title, level: role.level },
    lane: template.lanes.find((lane) => lane.id === role.lane) ?? null,
    outcomes: role.outcomes,
    salary: salaryRange(role),
    stage: { name: stage?.name ?? application.stage },
    round: stage && isRound(stage) ? roundOf(stage) : null,
    loop: role.stages.filter((s) => isRound(s) && s.minutes !== undefined).map(roundOf),
    location: role.location,
    remote: role.remote,
    on_call: role.onCall,
    exercise: given ? exerciseFacts(given, template, candidate.timezone) : null,
    interview: appointment?.facts ?? null,
    // What find_interview_times finds is not kept; a booked time stands above.
    times: [],
    evidence: citable(quotes, isFitToCite),
    company: company ?? null,
    days_waiting: since ? wholeDays(since, now) : null,
    role_status: role.status,
  };
  const recorded = [...quotes, ...notes.map((d) => d.text)];
  return {
    found: record,
    template,
    standing,
    facts,
    exerciseDue: given?.dueAt ?? null,
    appointment,
    recorded,
    salaryRequired: payRangesInForce(catalog.places, role, dayOf(now)).length > 0,
  };
}

const isRound = ({ kind }: Stage): boolean => kind === "interview" || kind === "exercise";
const roundOf = ({ name, minutes }: Stage): Round => ({ name, minutes: minutes ?? null });

function exerciseFacts(
  given: AssignmentRow,
  template: RoleTemplate,
  zone: string | null,
): ExerciseFacts | null {
  const exercise = template.exercises.find((e) => e.id === given.exercise);
  if (!exercise) return null;
  const { title, hours, brief, ai_policy } = exercise;
  // A clone on this machine is no address for anybody else.
  const repository = /^https?:\/\//.test(given.url) ? given.url : null;
  return { title, hours, brief, ai_policy, due: momentIn(zone, given.dueAt), repository };
}

/** A line of a résumé that would block the message that quotes it is not quoted. */
const isFitToCite = (quote: string): boolean =>
  !checkDraft({ subject: "", body: `"${quote}"`, purpose: "status_update" }, NOBODY).some(
    (finding) => finding.severity === "error" && finding.rule !== "unsupported_number",
  );
const NOBODY: DraftFacts = {
  recipientName: "",
  roleTitle: "",
  allowedNumbers: [],
  otherCandidates: [],
  salaryRequired: false,
  salary: null,
  allowedHosts: [],
  now: new Date(0),
  unsolicited: false,
  note: null,
};

/** What a draft was made with, beside the record. */
type Made = {
  readonly note: string | null;
  readonly language?: string | undefined;
  readonly sender: string;
  /** The interview that it was drafted for, null for none; undefined when its template names none. */
  readonly interview?: InterviewFacts | null | undefined;
};

/** Holds a draft against the rules and what is on record. Runs at drafting, and again before it may leave. */
export async function findingsOf(
  tx: Db,
  session: Session,
  gathered: Gathered,
  draft: Draft,
  made: Made,
): Promise<MessageFinding[]> {
  const { found: record, facts, exerciseDue, recorded, template, salaryRequired } = gathered;
  const { candidate, role } = record;
  const others = await othersNamedIn(
    tx,
    { workspaceId: session.workspaceId, roleId: role.id, candidateId: candidate.id },
    searchKey(`${draft.subject} ${draft.body}`),
  );
  const message = template.messages.find((m) => m.id === draft.purpose);
  return checkDraft(draft, {
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
    addresses: [candidate.email, made.sender],
    exerciseDue,
    ...(made.interview === undefined
      ? {}
      : { interview: { drafted: made.interview, booked: facts.interview } }),
    evidence: facts.evidence,
    language: made.language,
  });
}

const stringsIn = (value: unknown): string[] =>
  value !== null && typeof value === "object"
    ? Object.values(value).flatMap(stringsIn)
    : [String(value ?? "")];

const hostsIn = (text: string): string[] =>
  [...text.matchAll(/https?:\/\/([A-Za-z0-9.-]+(?::\d+)?)(?=[/\s?#).,]|$)/g)].map((match) => match[1] ?? "");
/** What a team writes into its own template by hand, it may link to; a host that a fact would complete does not count. */
const hostsOf = ({ subject, body }: MessageTemplate): string[] => hostsIn(`${subject}\n${body}`);
