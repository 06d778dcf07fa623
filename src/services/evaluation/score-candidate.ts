import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import {
  type Assessment,
  assess,
  type Finding,
  mergeFindings,
  stillHeld,
} from "../../domain/evaluation/assessment.ts";
import { withOwnWords } from "../../domain/evidence/own-words.ts";
import { pluralize } from "../../domain/pluralize.ts";
import { saveApplication } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { insertAssessment, newestAssessment } from "../../store/evaluation/assessments.ts";
import { teamAddresses } from "../../store/team/workspaces.ts";
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
  /** References of others for the same role, to be laid side by side. */
  readonly compare_with?: readonly string[] | undefined;
};
export type Scored = {
  readonly ref: string;
  readonly name: string;
  readonly assessment: Assessment;
  readonly note?: string;
  readonly comparison?: Comparison;
};

export function createAssessments({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Assesses an application against its role's rubric: the rules' findings, and the caller's where their quotes hold.
     * Earlier findings stay until their author replaces them. The same input again changes nothing.
     * @throws DomainError when there is no text to assess, a flag is unknown, or a quote does not stand in the documents.
     */
    async score(session: Session, input: ScoreInput): Promise<Scored> {
      return session.write(async (tx) => {
        const found = await loadApplicationForUpdate(tx, session, input.application);
        const { application, candidate, role } = found;
        const { workspaceId, member, now } = session;
        const stored = await listDocuments(tx, workspaceId, application.id);
        if (stored.length === 0) throw nothingToScore(application.ref);
        const team = await teamAddresses(tx, workspaceId);
        const documents = withOwnWords(stored, { team, candidate: candidate.email.toLowerCase() });
        const before = await newestAssessment(tx, workspaceId, application.id);
        const author = `${session.client} for ${member.email}`;
        const given = (input.findings ?? []).map((f): Finding => ({ ...f, by: "assistant", author }));
        const { held, left } = stillHeld(before?.findings ?? [], documents);
        const findings = mergeFindings(held, given);
        const rubric = compiledRubric(catalog.get(role.template));
        const { redact } = await loadForReader(tx, session, found);
        // Whoever may not read a note is not told its words as the passage nearest to a quote either.
        const readable = redact.documents(documents);
        if (readable.length < documents.length)
          assess(rubric, { lane: null, documents: readable, findings: given });
        const assessment = assess(rubric, { lane: role.lane, documents, findings });
        const shown = redact.assessment(assessment, documents);
        const note =
          left === 0 ? {} : { note: `${pluralize(left, "earlier finding")} left out: ${NOT_THEIRS}` };
        const view = { ref: application.ref, name: candidate.name, assessment: shown, ...note };
        const inputs = hashOf([role.template, role.lane, documents.map((d) => d.id), findings, assessment]);
        const compared = async () => {
          const { compare_with: others } = input;
          return others ? { comparison: await compare(tx, session, [application.ref, ...others]) } : {};
        };
        if (before?.inputs === inputs) {
          return { ...view, ...(await compared()), note: "Nothing has changed since the last assessment." };
        }
        await insertAssessment(tx, {
          workspaceId,
          id: uuidv7(),
          applicationId: application.id,
          inputs,
          result: assessment,
          findings,
          assessedBy: member.id,
          createdAt: now,
        });
        const presentFlags = assessment.flags.filter((f) => f.verdict === "present").map((f) => f.id);
        await saveApplication(tx, { workspaceId, id: application.id, presentFlags });
        await session.record(tx, application.id, "assessment.add", {
          present: presentFlags,
          points: assessment.points.total,
        });
        return { ...view, ...(await compared()) };
      });
    },
  };
}

const NOT_THEIRS = "the quotes are not the candidate's own words.";

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

const nothingToScore = (ref: string): DomainError =>
  new DomainError(
    "precondition_failed",
    `${ref} has no document to assess.`,
    "add_document with the résumé or a cover letter first.",
  );
