import { uuidv7 } from "uuidv7";
import { requireAct } from "../../domain/access.ts";
import { DomainError } from "../../domain/errors.ts";
import { type Channel, messageIdOf, OUTCOME_OF_TELLING } from "../../domain/outreach/outbox.ts";
import { statusLabel } from "../../domain/pipeline/application.ts";
import type { NotToldReason } from "../../domain/pipeline/not-told.ts";
import { isRunning } from "../../domain/roles/role.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { insertMessage } from "../../store/outreach/messages.ts";
import { enqueue } from "../../store/outreach/outbox.ts";
import { listNotTold } from "../../store/pipeline/not-told.ts";
import type { Db } from "../../store/store.ts";
import { askToConfirm, type Pending, spendConfirmation } from "../confirmations.ts";
import { accessFilter, loadApplicationInRole } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type MailSettings, senderFor } from "./sender.ts";
import { aboutOf, type Sent } from "./sent.ts";

type ToRecord = {
  readonly application: string;
  readonly channel: Channel;
  readonly confirm?: string | undefined;
};

/** That somebody was told by phone or in person, as it is asked about or on record. */
export type Told = {
  readonly result: "asks_to_record" | "recorded" | "already_told";
  readonly application: string;
  readonly name: string;
  readonly channel: Channel;
  /** Of what they were told: that they were rejected, or that their role was closed. */
  readonly why: Exclude<NotToldReason, "interview_stands">;
  readonly confirmation?: Pending & { readonly about: NonNullable<Sent["confirmation"]>["about"] };
};

/**
 * Records that somebody who waits to be told of an end was told without a message, once a person says so. Nothing is sent.
 * @throws DomainError `precondition_failed` for somebody who does not wait for that.
 */
export async function recordTold(
  tx: Db,
  session: Session,
  mail: Pick<MailSettings, "from">,
  { application: ref, channel, confirm }: ToRecord,
): Promise<Told> {
  const record = await loadApplicationInRole(tx, session, ref);
  requireAct(session.member, "send");
  const { application, candidate } = record;
  const why = requireEnded(record);
  const told = { application: application.ref, name: candidate.name, channel, why };
  if (!(await waitsToBeTold(tx, session, record))) return { ...told, result: "already_told" };
  const args = { application: application.ref, channel };
  if (confirm === undefined) {
    const pending = await askToConfirm(session, tx, args);
    return { ...told, result: "asks_to_record", confirmation: { ...pending, about: aboutOf(record) } };
  }
  await spendConfirmation(session, tx, args, confirm);
  await save(tx, session, mail, record, { channel, why });
  return { ...told, result: "recorded" };
}

function requireEnded({ application, role }: ApplicationRecord): Told["why"] {
  if (application.status === "rejected") return "rejected";
  if (application.status === "active" && !isRunning(role)) return "role_closed";
  throw new DomainError(
    "precondition_failed",
    `application: ${application.ref} (${statusLabel(application)}) does not wait to be told of an end.`,
    { do: "list_not_told" },
  );
}

/** By the rule of the list of those who are not told, however long ago it was. */
async function waitsToBeTold(tx: Db, session: Session, { application }: ApplicationRecord): Promise<boolean> {
  const { workspaceId, now } = session;
  const access = await accessFilter(tx, session);
  const filter = { workspaceId, access, now, oldBefore: new Date(0), applicationId: application.id };
  return (await listNotTold(tx, filter, 2)).rows.some(({ why }) => why !== "interview_stands");
}

/** Kept as a message without words, so that whatever asks when they last heard from us finds it. */
async function save(
  tx: Db,
  session: Session,
  { from }: Pick<MailSettings, "from">,
  { application, role }: ApplicationRecord,
  { channel, why }: Pick<Told, "channel" | "why">,
): Promise<void> {
  const { workspaceId, member, now } = session;
  const id = uuidv7();
  const sender = senderFor(member, from);
  await insertMessage(tx, {
    ...{ workspaceId, id, applicationId: application.id, recipient: "", subject: "", body: "" },
    purpose: why === "rejected" ? "rejection" : "status_update",
    status: "sent",
    madeFrom: { template: role.template, stage: application.stage, sender: member.email, channel },
    draftedBy: member.id,
    createdAt: now,
  });
  await enqueue(tx, {
    ...{ workspaceId, id, state: "sent", sendAt: now, approvedBy: member.id, approvedAt: now },
    ...{ messageId: messageIdOf(id, sender.address), fromName: sender.name, fromAddress: sender.address },
    ...{ replyTo: null, outcome: OUTCOME_OF_TELLING[channel], finishedAt: now },
  });
  await session.record(tx, application.id, "message.told", { message: id, channel });
}
