import type { Catalog } from "../../catalog/load.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import { isBlind, redactSubmission } from "./redact-submission.ts";
import { viewWorkSample } from "./work-samples.ts";

type Shown = {
  readonly record: ApplicationRecord;
  readonly forReader: ForReader;
  readonly catalog: Catalog;
};

/** The exercise given and the submission read. Null when there is neither. */
export async function viewSubmission(db: Db, { record, forReader, catalog }: Shown) {
  const { workspaceId, id } = record.application;
  const newest = await newestSubmission(db, workspaceId, id);
  const assignment = await findAssignment(db, workspaceId, id);
  if (!newest && !assignment) return null;
  const exercise = assignment && {
    assignment: viewAssignment(assignment, { blind: isBlind(record) }),
    ...(assignment.form !== "code" && {
      work_sample: viewWorkSample(record, assignment, await forReader.documents(), catalog),
    }),
  };
  const facts = redactSubmission(record, assignment, newest);
  if (!newest || !facts) return { at: null, ...exercise };
  return { at: newest.createdAt.toISOString(), ...exercise, ...facts };
}

/** The exercise given. In the blind round, without fields that identify the person. */
const viewAssignment = (row: AssignmentRow, { blind }: { readonly blind: boolean }) => ({
  exercise: row.exercise,
  form: row.form,
  status: row.status,
  due: row.dueAt.toISOString(),
  start_sha: row.startSha,
  ...(blind ? {} : { repository: row.url, github_username: row.githubUsername }),
});
