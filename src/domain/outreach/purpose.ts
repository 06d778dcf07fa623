import { DomainError, notAllowed } from "../errors.ts";
import type { ApplicationStatus } from "../pipeline/application.ts";
import { statusLabel } from "../pipeline/application.ts";
import type { RoleStatus } from "../roles/role.ts";
import type { MessageTemplate, Purpose, Stage } from "../roles/role-template.ts";
import type { Origin } from "./origin.ts";
import { PAUSE_DAYS } from "./touch.ts";

/** The state of an application, as far as it decides which messages are allowed. */
export type Standing = {
  readonly ref: string;
  readonly stage: string;
  readonly status: ApplicationStatus;
  readonly stages: readonly Stage[];
  readonly roleStatus: RoleStatus;
  readonly hasExercise: boolean;
  readonly hasSubmission: boolean;
  /** Whether an offer that was put to them still stands, answered or not. */
  readonly hasOffer?: boolean;
  /** Whether a rejection is on record of which they have not been told. */
  readonly isUntold?: boolean;
  /** Left out where only later messages are looked at. */
  readonly past?: Past;
};

/** What went before between somebody and us, as far as it decides which messages are allowed. */
export type Past = {
  readonly origin: Origin;
  /** Whether a mail of theirs is on record. */
  readonly hasWritten: boolean;
  /** Whether a message of ours was sent. */
  readonly wasWrittenTo: boolean;
  /** Whole days since we last had to do with each other, or since their application ended. Null where never. */
  readonly quietDays: number | null;
};

const OF_KIND: Record<Stage["kind"], readonly Purpose[]> = {
  application: ["source", "screen_invite", "reengage"],
  interview: ["schedule"],
  exercise: ["schedule", "exercise_invite", "exercise_reminder"],
  debrief: [],
  offer: ["offer_talk", "offer_followup"],
};

/** Messages that say that the role is open. */
const NEEDS_OPEN: readonly Purpose[] = ["source", "screen_invite", "reengage"];

/** Messages allowed now, in template order. A message is also allowed at the `stages` that it names. */
export function purposesAt(at: Standing, messages: readonly MessageTemplate[]): Purpose[] {
  const fitting = new Set(candidates(at, messages));
  if (at.roleStatus !== "open") for (const purpose of NEEDS_OPEN) fitting.delete(purpose);
  if (notFirst(at) !== "") fitting.delete("source");
  if (isTooSoon(at)) fitting.delete("reengage");
  return messages.map((message) => message.id).filter((id) => fitting.has(id));
}

/** Whether it is only days since somebody had to do with us, so that nothing of theirs is taken up again. */
const isTooSoon = ({ past }: Standing): boolean =>
  past !== undefined && past.quietDays !== null && past.quietDays < PAUSE_DAYS;

function candidates(at: Standing, messages: readonly MessageTemplate[]): Purpose[] {
  // Whoever has not been told yet hears that first.
  if (at.status === "rejected" && at.isUntold) return ["rejection", "reengage"];
  if (at.status === "rejected") return ["rejection", "reengage", "keep_on_file"];
  if (at.status === "withdrawn") return ["reengage", "keep_on_file"];
  if (at.status === "hired") return [];
  if (at.roleStatus === "filled" || at.roleStatus === "cancelled") return ["status_update"];
  const stage = at.stages.find((s) => s.id === at.stage);
  const aboutExercise: Purpose[] = at.hasExercise ? ["exercise_invite", "exercise_reminder"] : [];
  const natural = messages.filter((message) => message.stages.includes(at.stage)).map((m) => m.id);
  const all: Purpose[] = [
    "status_update",
    ...natural,
    ...aboutExercise,
    ...(stage ? OF_KIND[stage.kind] : []),
  ];
  const answered = (purpose: Purpose) =>
    at.hasSubmission && (purpose === "exercise_reminder" || purpose === "exercise_invite");
  // A rejection is allowed only after the decision is on record.
  return all.filter((purpose) => !answered(purpose) && purpose !== "rejection");
}

/**
 * The message to write: the requested one, or without a request the usual one of the stage; to whoever was rejected, the
 * rejection.
 * @throws DomainError `invalid` for an unknown purpose, `conflict` for one that the record does not allow.
 */
export function messageFor(
  requested: string | undefined,
  at: Standing,
  messages: readonly MessageTemplate[],
): MessageTemplate {
  const fitting = purposesAt(at, messages);
  const all = messages.map((message) => message.id);
  if (requested !== undefined && !(all as string[]).includes(requested))
    throw notAllowed("purpose", requested, all);
  const purpose = requested ?? natural(at, messages, fitting);
  const message = messages.find((m) => m.id === purpose);
  if (message && fitting.includes(message.id)) return message;
  const place = at.status === "active" ? `at ${statusLabel(at)}` : at.status;
  const role = at.roleStatus === "open" ? "" : ` and the role is ${at.roleStatus.replace("_", " ")}`;
  const what = requested === undefined ? "none fits" : `${requested} contradicts the record`;
  const past = requested === undefined ? "" : pastAgainst(requested, at);
  throw new DomainError("conflict", `purpose: ${what}; ${at.ref} is ${place}${role}${past}.`, {
    do: "write_what_fits",
    purposes: fitting,
    decide_first: requested === "rejection",
  });
}

/** What went before that speaks against a message, to be put behind where somebody stands. */
function pastAgainst(purpose: string, at: Standing): string {
  if (purpose === "reengage" && isTooSoon(at))
    return `, and was last in touch or decided on less than ${PAUSE_DAYS} days ago`;
  if (purpose === "keep_on_file" && at.isUntold) return ", and has not been told yet";
  return purpose === "source" ? notFirst(at) : "";
}

/** Why a first approach would not be the first word; empty where it would be. */
function notFirst({ past }: Standing): string {
  if (past?.origin === "applied") return ", and applied";
  if (past?.hasWritten) return ", and has written to us";
  return past?.wasWrittenTo ? ", and was written to before" : "";
}

function natural(
  at: Standing,
  messages: readonly MessageTemplate[],
  fitting: readonly Purpose[],
): Purpose | undefined {
  if (at.status === "rejected") return fitting.find((purpose) => purpose === "rejection");
  if (at.status !== "active") return undefined;
  if (isToApproach(at) && fitting.includes("source")) return "source";
  if (at.hasOffer && fitting.includes("offer_followup")) return "offer_followup";
  const own = messages.find((m) => m.stages.includes(at.stage) && fitting.includes(m.id))?.id;
  return own ?? fitting.find((purpose) => purpose === "status_update");
}

/** Whether the first word is ours: to somebody whom we found, or who was named to us. */
const isToApproach = ({ past }: Standing): boolean =>
  past?.origin === "sourced" || past?.origin === "referred";
