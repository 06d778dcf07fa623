import type { Stage } from "../../domain/roles/role-template.ts";
import { blindedLater } from "../../domain/submission/blind.ts";
import { type SubmissionFacts, withLaterFacts } from "../../domain/submission/facts.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { AssignmentRow } from "../../store/submissions/assignments.ts";
import type { SubmissionRow } from "../../store/submissions/submissions.ts";

/** Whether work is judged in a stage. Then nobody is shown whose it is. */
export const isBlindStage = ({ kind }: Pick<Stage, "kind">): boolean => kind === "exercise";

/** Whether the exercise is being judged. */
export const isBlind = ({ role, application }: ApplicationRecord): boolean =>
  role.stages.some((stage) => stage.id === application.stage && isBlindStage(stage));

/** A stored submission, blinded if the application is in the exercise round. */
export function redactSubmission(
  record: ApplicationRecord,
  assignment: AssignmentRow | undefined,
  stored: SubmissionRow | undefined,
): SubmissionFacts | undefined {
  const facts = stored && withLaterFacts(stored.facts);
  const names = [record.candidate.name, assignment?.githubUsername ?? ""];
  return facts && isBlind(record) ? blindedLater(facts, names) : facts;
}
