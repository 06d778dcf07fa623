import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import type { MessageFinding } from "../../domain/message-check/check.ts";
import { isSafeEmailAddress } from "../../domain/outreach/address.ts";
import { type InterviewFacts, sameInterview } from "../../domain/outreach/facts.ts";
import { messageFor } from "../../domain/outreach/purpose.ts";
import { namesFact, renderMessage } from "../../mail/render.ts";
import {
  insertMessage,
  type MessageRow,
  openDraft,
  saveMessageStatus,
} from "../../store/outreach/messages.ts";
import type { Db } from "../../store/store.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";
import { findingsOf, gather, type Sources } from "./draft-facts.ts";
import { draftedFor } from "./interview-in-message.ts";
import { loadMessage, requireReadable } from "./load-message.ts";

export type DraftInput = {
  readonly application: string;
  readonly purpose?: string | undefined;
  readonly note?: string | undefined;
  readonly language?: string | undefined;
  /** The id of a draft to throw away instead. */
  readonly discard?: string | undefined;
};
export type Drafted = {
  readonly message: {
    id: string;
    to: string;
    purpose: string;
    subject: string;
    body: string;
    status: string;
    version: number;
    findings: readonly MessageFinding[];
  };
  readonly note?: string;
};

export function createOutreach(sources: Sources) {
  return {
    /**
     * Fills a message of the role's template from the record, checks it and stores it as a draft. Nothing is sent. A
     * purpose has one open draft: drafting again is a new version of it.
     * @throws DomainError `conflict` for a purpose that the record contradicts; `precondition_failed` without an address to write to.
     */
    async draft(session: Session, input: DraftInput): Promise<Drafted> {
      if (input.discard !== undefined) return discard(session, input.application, input.discard);
      return session.write(async (tx) => {
        const found = await loadApplicationForUpdate(tx, session, input.application);
        const { application, candidate } = found;
        const { workspaceId, member, now } = session;
        if (!isSafeEmailAddress(candidate.email)) throw noAddress(application.ref, candidate.email);
        const gathered = await gather(tx, session, found, sources);
        const message = messageFor(input.purpose, gathered.standing, gathered.template.messages);
        const note = input.note?.trim() ? input.note.trim() : null;
        const facts = { ...gathered.facts, note, sender: { name: member.name, email: member.email } };
        const text = await renderMessage(message, facts);
        const interview = (await namesFact(message, "interview")) ? gathered.facts.interview : undefined;
        const made = { note, language: input.language, sender: member.email, interview };
        const findings = await findingsOf(tx, session, gathered, { ...text, purpose: message.id }, made);
        const before = await openDraft(tx, workspaceId, application.id, message.id);
        if (
          before &&
          isSame(before, { ...text, recipient: candidate.email, draftedBy: member.id, interview })
        )
          return {
            message: viewDraft(before, findings),
            note: "This draft is already there: nothing was changed.",
          };
        const row = {
          workspaceId,
          id: uuidv7(),
          applicationId: application.id,
          purpose: message.id,
          recipient: candidate.email,
          ...text,
          status: "draft" as const,
          version: (before?.version ?? 0) + 1,
          replaces: before?.id ?? null,
          madeFrom: { template: found.role.template, stage: application.stage, facts, ...made },
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
        return { message: viewDraft(row, findings) };
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
  sameInterview(draftedFor(row) ?? null, draft.interview ?? null);

const viewDraft = (
  row: Pick<MessageRow, "id" | "recipient" | "purpose" | "subject" | "body" | "status" | "version">,
  findings: readonly MessageFinding[],
): Drafted["message"] => {
  const { id, recipient, purpose, subject, body, status, version } = row;
  return { id, to: recipient, purpose, subject, body, status, version, findings };
};

async function discard(session: Session, ref: string, id: string): Promise<Drafted> {
  return session.write(async (tx) => {
    const found = await loadApplicationForUpdate(tx, session, ref);
    const { application } = found;
    const { message } = await loadMessage(tx, session, id);
    if (message.applicationId !== application.id)
      throw new DomainError(
        "invalid",
        `discard: this message is not one to ${application.ref}.`,
        "get_candidate with include: messages lists theirs.",
      );
    await requireReadable(tx, session, found, message);
    if (message.status === "discarded")
      return { message: viewDraft(message, []), note: "It was discarded already: nothing was changed." };
    if (message.status !== "draft")
      throw new DomainError(
        "conflict",
        `discard: this message is ${message.status}, and no draft.`,
        "send_message with cancel: true stops one that is confirmed and has not left.",
      );
    await saveStatus(tx, session, message);
    return {
      message: viewDraft({ ...message, status: "discarded" }, []),
      note: "Discarded; it is kept on record.",
    };
  });
}

async function saveStatus(tx: Db, session: Session, message: MessageRow): Promise<void> {
  await saveMessageStatus(tx, session.workspaceId, message.id, "discarded");
  await session.record(tx, message.applicationId, "message.discard", { message: message.id });
}

const noAddress = (ref: string, email: string): DomainError =>
  new DomainError(
    "precondition_failed",
    email.trim() === ""
      ? `${ref} has no e-mail address.`
      : `The e-mail address of ${ref} is not one that mail can safely go to.`,
    "Add the candidate anew with a plain address, such as name@example.com.",
  );
