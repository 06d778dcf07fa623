import { may, RUN } from "../../domain/access.ts";
import type { PanelState } from "../../domain/panel/panel.ts";
import { redactFor } from "../../domain/panel/redact.ts";
import { visibilityFor } from "../../domain/panel/visibility.ts";
import type { Position } from "../../domain/pipeline/application.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listChanges } from "../../store/candidates/changes.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { newestAssessment } from "../../store/evaluation/assessments.ts";
import { listMessages, unsentMessages } from "../../store/outreach/messages.ts";
import { listScorecards } from "../../store/panel/scorecards.ts";
import { listVotes } from "../../store/panel/votes.ts";
import { listDecisions } from "../../store/pipeline/decisions.ts";
import { listMoves } from "../../store/pipeline/moves.ts";
import { listOffers } from "../../store/pipeline/offers.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import { listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { listImportedRecords } from "../../store/transfer/imports.ts";
import type { Session } from "../session.ts";
import { loadPanel } from "./load-panel.ts";

/**
 * The stored parts of an application, as the caller may read them; each part is redacted. Services that answer with any
 * of these parts load them here. Only services that write, or decide without showing anything, load the stored rows
 * directly.
 */
export async function loadForReader(db: Db, session: Session, record: ApplicationRecord) {
  const { workspaceId, member } = session;
  const { application, role } = record;
  const panel = await loadPanel(db, session, record);
  const visibility = visibilityFor(role, application, panel, member.email);
  const redact = redactFor(member, visibility);
  const { id } = application;
  return {
    panel,
    ...visibility,
    /** For data that is not stored yet: a new assessment. */
    redact,
    documents: async () => redact.documents(await listDocuments(db, workspaceId, id)),
    async assessment() {
      const newest = await newestAssessment(db, workspaceId, id);
      if (!newest) return undefined;
      const documents = visibility.hidden === null ? [] : await listDocuments(db, workspaceId, id);
      return { ...newest, result: redact.assessment(newest.result, documents) };
    },
    scorecards: async () => redact.scorecards(await listScorecards(db, workspaceId, [id])),
    votes: async () => redact.votes(await listVotes(db, workspaceId, id)),
    moves: async () =>
      (await listMoves(db, workspaceId, id)).map(({ move, by, ref }) => ({
        ...redact.moveReason(move, by),
        by,
        /** The reference of an application that was joined to this one, for what happened to that. */
        ...(ref !== application.ref && { of: ref }),
      })),
    changes: async () => redact.changes(await listChanges(db, application)),
    decisions: async () =>
      (await listDecisions(db, workspaceId, id)).map((decision) => ({
        ...decision,
        evidenceSnapshot: redact.decisionEvidence(decision.evidenceSnapshot),
      })),
    /** Null for interviewers and viewers: what somebody is offered is for those who run the pipeline. */
    async offers() {
      if (!may(member, RUN)) return null;
      return (await listOffers(db, application)).map(({ note, ...offer }) => {
        const { reason, reasonHidden } = redact.reason({ reason: note }, offer.notedBy ?? member.id);
        return { ...offer, note: reason, noteHidden: note !== null && reasonHidden };
      });
    },
    /** `words` is null when they are hidden. */
    messages: async () =>
      (await listMessages(db, workspaceId, id)).map(
        ({ message: { subject, body, madeFrom, ...message }, outbox }) => ({
          ...message,
          ...(madeFrom.channel && { channel: madeFrom.channel }),
          words: redact.message({ subject, body, madeFrom, draftedBy: message.draftedBy }),
          outbox,
        }),
      ),
    /** What came in with an import beside documents. */
    imported: async () => redact.imported(await listImportedRecords(db, application)),
    interviews: async () =>
      (await listInterviews(db, workspaceId, id)).map(({ interview, seats }) => ({
        interview: redact.reason(interview, interview.changedBy),
        seats,
      })),
  };
}
export type ForReader = Awaited<ReturnType<typeof loadForReader>>;

type WithPanel = Position & {
  readonly id: string;
  readonly role: RoleRow;
  /** When it is undefined, nothing is readable. */
  readonly panel: PanelState | undefined;
};

/** Unsent messages to these applications, each with whether the caller may read it. Their words are not included. */
export async function loadUnsentForReader(
  db: Db,
  { workspaceId, member }: Session,
  applications: readonly WithPanel[],
) {
  const ids = applications.map(({ id }) => id);
  const redactions = new Map(
    applications.flatMap(({ id, role, panel, ...position }) =>
      panel ? [[id, redactFor(member, visibilityFor(role, position, panel, member.email))] as const] : [],
    ),
  );
  return (await unsentMessages(db, workspaceId, ids)).map(({ madeFrom, draftedBy, ...message }) => ({
    ...message,
    readable: Boolean(redactions.get(message.applicationId)?.message({ madeFrom, draftedBy })),
  }));
}
