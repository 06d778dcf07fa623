import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import {
  type Assessment,
  assess,
  type Finding,
  mergeFindings,
  requireReadableQuotes,
  stillHeld,
} from "../../domain/evaluation/assessment.ts";
import { withOwnWords } from "../../domain/mail/own-words.ts";
import { saveApplication } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { loadCorrespondence } from "../../store/candidates/mails.ts";
import { insertAssessment, newestAssessment } from "../../store/evaluation/assessments.ts";
import type { Db } from "../../store/store.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";
import { type Comparison, compare } from "./compare-candidates.ts";
import { compiledRubric } from "./compiled-rubric.ts";

type FindingInput = Pick<Finding, "flag" | "verdict" | "quotes"> & {
  readonly note?: string | undefined;
};
export type ScoreInput = {
  readonly application: string;
  readonly findings?: readonly FindingInput[] | undefined;
  /** References of other applications for the same role, to show side by side. */
  readonly compare_with?: readonly string[] | undefined;
};
export type Scored = {
  readonly ref: string;
  readonly name: string;
  readonly assessment: Assessment;
  /** True when the same input was assessed before. Then nothing was stored. */
  readonly unchanged: boolean;
  /** Earlier findings that no longer count, because their quotes turned out not to be the candidate's own words. */
  readonly findings_left_out: number;
  readonly comparison?: Comparison;
};

export function createAssessments({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Assesses an application against its role's rubric, by the rules and by the caller's findings. A finding's quotes
     * must be in the documents. Earlier findings stay until their author replaces them. The same input again changes
     * nothing.
     * @throws DomainError when there is no text to assess, a flag is unknown, or a quote is not in the documents.
     */
    async score(session: Session, input: ScoreInput): Promise<Scored> {
      return session.write(async (tx) => {
        const record = await loadApplicationForUpdate(tx, session, input.application);
        const { application, candidate, role } = record;
        const { workspaceId, member, client } = session;
        const stored = await listDocuments(tx, workspaceId, application.id);
        if (stored.length === 0) throw nothingToAssess(application.ref);
        const writers = await loadCorrespondence(tx, { workspaceId, id: application.id });
        const documents = withOwnWords(stored, writers);
        const before = await newestAssessment(tx, workspaceId, application.id);
        const author = { client, member: member.email };
        const added = (input.findings ?? []).map((f): Finding => ({ ...f, by: "assistant", author }));
        const { held, left } = stillHeld(before?.findings ?? [], documents);
        const findings = mergeFindings(held, added);
        const rubric = compiledRubric(catalog.get(role.template));
        const { redact } = await loadForReader(tx, session, record);
        // The error for a wrong quote shows the nearest passage. It must not come from a note that the caller may not
        // read.
        requireReadableQuotes(added, rubric, redact.documents(documents));
        const assessment = assess(rubric, { lane: role.lane, documents, findings });
        const inputs = hashOf([role.template, role.lane, documents.map((d) => d.id), findings, assessment]);
        const unchanged = before?.inputs === inputs && before.staleAt === null;
        if (!unchanged) await save(tx, session, application.id, { inputs, result: assessment, findings });
        const { compare_with: others } = input;
        return {
          ref: application.ref,
          name: candidate.name,
          assessment: redact.assessment(assessment, documents),
          unchanged,
          findings_left_out: left,
          ...(others && { comparison: await compare(tx, session, [application.ref, ...others]) }),
        };
      });
    },
  };
}

async function save(
  tx: Db,
  session: Session,
  applicationId: string,
  assessed: { readonly inputs: string; readonly result: Assessment; readonly findings: readonly Finding[] },
): Promise<void> {
  const { workspaceId, member, now } = session;
  await insertAssessment(tx, {
    workspaceId,
    id: uuidv7(),
    applicationId,
    ...assessed,
    assessedBy: member.id,
    createdAt: now,
  });
  const { flags, points } = assessed.result;
  const presentFlags = flags.filter((f) => f.verdict === "present").map((f) => f.id);
  await saveApplication(tx, { workspaceId, id: applicationId, presentFlags });
  await session.record(tx, applicationId, "assessment.add", { present: presentFlags, points: points.total });
}

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

const nothingToAssess = (ref: string): DomainError =>
  new DomainError("precondition_failed", `${ref} has no document to assess.`, { do: "store_document" });
