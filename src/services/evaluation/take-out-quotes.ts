import { counts } from "../../domain/evaluation/points.ts";
import { withoutDocument, withQuotesIn } from "../../domain/evaluation/with-readings.ts";
import { saveApplication } from "../../store/candidates/applications.ts";
import { applicationsOfDocument } from "../../store/candidates/changes.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { listAssessments, saveAssessment } from "../../store/evaluation/assessments.ts";
import type { Db } from "../../store/store.ts";

type Gone = { readonly workspaceId: string; readonly id: string; readonly applicationId: string };

/**
 * Takes every quote of a deleted document out of the stored assessments of its application, and of those that it was moved
 * from. What a finding quotes is looked for in the documents that are left.
 */
export async function takeOutQuotes(tx: Db, gone: Gone): Promise<void> {
  const { workspaceId, id, applicationId } = gone;
  const earlier = await applicationsOfDocument(tx, workspaceId, id);
  for (const application of new Set([applicationId, ...earlier])) {
    const documents = await listDocuments(tx, workspaceId, application);
    const stored = await listAssessments(tx, workspaceId, application);
    for (const [n, assessment] of stored.entries()) {
      const findings = withQuotesIn(assessment.findings, documents);
      const isQuoted = JSON.stringify(assessment.result).includes(id);
      if (!isQuoted && JSON.stringify(findings) === JSON.stringify(assessment.findings)) continue;
      const result = isQuoted ? withoutDocument(assessment.result, id) : assessment.result;
      await saveAssessment(tx, { workspaceId, id: assessment.id, result, findings });
      // Those of another application change when it is scored again: its row is not locked here.
      if (n > 0 || application !== applicationId) continue;
      const presentFlags = result.flags.filter(counts).map((flag) => flag.id);
      await saveApplication(tx, { workspaceId, id: application, presentFlags });
    }
  }
}
