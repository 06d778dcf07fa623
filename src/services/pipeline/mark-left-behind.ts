import type { Catalog } from "../../catalog/load.ts";
import { STAGE } from "../../domain/outreach/outdated.ts";
import { purposesAt } from "../../domain/outreach/purpose.ts";
import type { MessageTemplate, Stage } from "../../domain/roles/role-template.ts";
import { renderMessage } from "../../mail/render.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { MessageRow } from "../../store/outreach/messages.ts";
import { saveBasis, unsentToCandidate } from "../../store/outreach/outdated.ts";
import type { Db } from "../../store/store.ts";
import { findAssignment } from "../../store/submissions/assignments.ts";
import { stageFacts } from "../outreach/message-facts.ts";

/**
 * Marks the drafts of an application that belong to a stage it has left, and takes the mark from those whose stage it has
 * come back to.
 * @param record the application as it is after a move
 */
export async function markLeftBehind(tx: Db, catalog: Catalog, record: ApplicationRecord): Promise<void> {
  const { application, candidate, role } = record;
  if (!catalog.ifUsable(role.template)) return;
  const drafts = (await unsentToCandidate(tx, candidate)).flatMap(({ message }) =>
    message.applicationId === application.id && message.status === "draft" ? [message] : [],
  );
  if (drafts.length === 0) return;
  const { messages } = catalog.forRole(role);
  const assignment = await findAssignment(tx, application.workspaceId, application.id);
  // It is the stage that is looked at here: a role on hold can be open again when the draft leaves.
  const standing = { ...application, stages: role.stages, roleStatus: "open" as const };
  const fitting = purposesAt({ ...standing, hasExercise: assignment !== undefined }, messages);
  const stage = role.stages.find(({ id }) => id === application.stage);
  for (const draft of drafts) {
    const template = messages.find(({ id }) => id === draft.purpose);
    const isLeft = !template || !fitting.includes(draft.purpose) || (await saysOther(template, draft, stage));
    if (isLeft === draft.outdated.includes(STAGE)) continue;
    const others = draft.outdated.filter((field) => field !== STAGE);
    await saveBasis(tx, draft, { outdated: isLeft ? [...others, STAGE] : others });
  }
}

/** Whether a draft would say something else in this stage than in the one that it was written in. */
async function saysOther(
  template: MessageTemplate,
  { madeFrom: { facts } }: MessageRow,
  stage: Stage | undefined,
): Promise<boolean> {
  if (!facts || !stage) return false;
  const interview = facts.interview?.round === stage.name ? facts.interview : null;
  const written = await renderMessage(template, facts);
  const anew = await renderMessage(template, { ...facts, ...stageFacts(stage), interview });
  return written.subject !== anew.subject || written.body !== anew.body;
}
