import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import type { MessageFinding } from "../../domain/message-check/check.ts";
import { isSafeEmailAddress } from "../../domain/outreach/address.ts";
import { type InterviewFacts, sameInterview } from "../../domain/outreach/facts.ts";
import { basisOf } from "../../domain/outreach/made-from.ts";
import { messageFor } from "../../domain/outreach/purpose.ts";
import { stepFor } from "../../domain/pipeline/next-step.ts";
import { type NextStep, sendStep } from "../../domain/pipeline/step.ts";
import type { Role } from "../../domain/roles/role.ts";
import { namesFact, renderMessage } from "../../mail/render.ts";
import { keepCandidate } from "../../store/candidates/candidates.ts";
import {
  insertMessage,
  type MessageRow,
  openDraft,
  saveMessageStatus,
} from "../../store/outreach/messages.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";
import { checkAgainstRecord } from "./check-draft.ts";
import { loadMessage, requireReadable } from "./load-message.ts";
import { loadMessageFacts, type Sources } from "./message-facts.ts";

export type DraftInput = {
  readonly application: string;
  readonly purpose?: string | undefined;
  readonly note?: string | undefined;
  readonly language?: string | undefined;
  /** The id of a draft to discard. No new one is made then. */
  readonly discard?: string | undefined;
};

type DraftView = Pick<MessageRow, "id" | "purpose" | "subject" | "body" | "status" | "version"> & {
  readonly to: string;
  readonly findings: readonly MessageFinding[];
};
export type Drafted = {
  readonly result: "drafted" | "unchanged" | "discarded" | "already_discarded";
  readonly message: DraftView;
  /** The step that sends the draft. Absent while an error prevents that. */
  readonly next?: NextStep;
};

export function createOutreach(sources: Sources) {
  return {
    /**
     * Fills a message of the role's template from the record, checks it and stores it as a draft. Nothing is sent.
     * There is one open draft for each purpose; drafting again replaces it by a new version.
     * @throws DomainError `conflict` for a purpose that the record does not allow; `precondition_failed` when the
     *   candidate has no usable address.
     */
    async draft(session: Session, input: DraftInput): Promise<Drafted> {
      if (input.discard !== undefined) return discard(session, input.application, input.discard);
      return session.write(async (tx) => {
        const loaded = await loadApplicationForUpdate(tx, session, input.application);
        const record = { ...loaded, candidate: await keepCandidate(tx, loaded.candidate) };
        const { application, candidate, role } = record;
        const { workspaceId, member, now } = session;
        const recipient = requireAddress(application.ref, candidate);
        const forReader = await loadForReader(tx, session, record);
        const onRecord = await loadMessageFacts(tx, session, record, forReader, sources);
        const message = messageFor(input.purpose, onRecord.standing, onRecord.template.messages);
        const note = input.note?.trim() ? input.note.trim() : null;
        const facts = { ...onRecord.facts, note, sender: { name: member.name, email: member.email } };
        const text = await renderMessage(message, facts);
        const interview = (await namesFact(message, "interview")) ? onRecord.facts.interview : undefined;
        const madeWith = { note, language: input.language, sender: member.email, interview };
        const draft = { ...text, purpose: message.id };
        const findings = await checkAgainstRecord(tx, session, onRecord, draft, madeWith);
        const before = await openDraft(tx, workspaceId, application.id, message.id);
        if (
          before &&
          before.outdated.length === 0 &&
          isSame(before, { ...text, recipient, draftedBy: member.id, interview })
        )
          return drafted("unchanged", session, record.role, before, findings);
        const row = {
          workspaceId,
          id: uuidv7(),
          applicationId: application.id,
          purpose: message.id,
          recipient,
          ...text,
          status: "draft" as const,
          version: (before?.version ?? 0) + 1,
          replaces: before?.id ?? null,
          madeFrom: { template: role.template, stage: application.stage, facts, ...madeWith },
          draftedBy: member.id,
          createdAt: now,
        };
        if (before) await saveMessageStatus(tx, workspaceId, before.id, "discarded");
        await insertMessage(tx, row);
        const { id, purpose, version, replaces } = row;
        await session.record(tx, application.id, "message.draft", {
          message: id,
          purpose,
          version,
          replaces,
        });
        return drafted("drafted", session, record.role, row, findings);
      });
    },
  };
}

const isSame = (
  row: MessageRow,
  draft: Pick<MessageRow, "subject" | "body" | "recipient" | "draftedBy"> & {
    readonly interview: InterviewFacts | null | undefined;
  },
): boolean =>
  row.subject === draft.subject &&
  row.body === draft.body &&
  row.recipient === draft.recipient &&
  row.draftedBy === draft.draftedBy &&
  sameInterview(basisOf(row.madeFrom).interview ?? null, draft.interview ?? null);

type Stored = Omit<DraftView, "to" | "findings"> & Pick<MessageRow, "recipient">;

const viewDraft = (row: Stored, findings: readonly MessageFinding[]): DraftView => {
  const { id, recipient, purpose, subject, body, status, version } = row;
  return { id, to: recipient, purpose, subject, body, status, version, findings };
};

function drafted(
  result: Drafted["result"],
  { member }: Session,
  role: Pick<Role, "recruitersSend">,
  row: Stored,
  findings: readonly MessageFinding[],
): Drafted {
  const message = viewDraft(row, findings);
  if (findings.some(({ severity }) => severity === "error")) return { result, message };
  return { result, message, next: stepFor(member, sendStep(role, row.id)) };
}

async function discard(session: Session, ref: string, id: string): Promise<Drafted> {
  return session.write(async (tx) => {
    const record = await loadApplicationForUpdate(tx, session, ref);
    const { application } = record;
    const { message } = await loadMessage(tx, session, id);
    if (message.applicationId !== application.id)
      throw new DomainError("invalid", `discard: this message is not one to ${application.ref}.`, {
        do: "list_messages",
        application: application.ref,
      });
    requireReadable(await loadForReader(tx, session, record), message);
    if (message.status === "discarded")
      return { result: "already_discarded", message: viewDraft(message, []) };
    if (message.status !== "draft")
      throw new DomainError("conflict", `discard: this message is ${message.status}, and no draft.`, {
        do: "cancel_message",
      });
    await saveMessageStatus(tx, session.workspaceId, message.id, "discarded");
    await session.record(tx, message.applicationId, "message.discard", { message: message.id });
    return { result: "discarded", message: viewDraft({ ...message, status: "discarded" }, []) };
  });
}

/** @throws DomainError `precondition_failed` where no mail can go. */
function requireAddress(
  ref: string,
  { email, doNotContact }: { readonly email: string | null; readonly doNotContact: boolean },
): string {
  if (doNotContact)
    throw new DomainError("precondition_failed", `${ref} is not to be written to. Nothing was drafted.`, {
      do: "lift_do_not_contact",
      application: ref,
    });
  if (email !== null && isSafeEmailAddress(email)) return email;
  const why =
    email === null
      ? `${ref} has no e-mail address on record.`
      : `The e-mail address of ${ref} is not one that mail can safely go to.`;
  throw new DomainError("precondition_failed", why, { do: "put_email_on_record", application: ref });
}
