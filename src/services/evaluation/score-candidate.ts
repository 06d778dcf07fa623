import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import type { CredentialFact } from "../../domain/credentials/read.ts";
import { DomainError } from "../../domain/errors.ts";
import { type Assessment, assess } from "../../domain/evaluation/assessment.ts";
import { type Finding, type Refusal, stillHeld } from "../../domain/evaluation/finding.ts";
import { counts } from "../../domain/evaluation/points.ts";
import type { Stale } from "../../domain/evaluation/stale.ts";
import { withOwnWords } from "../../domain/mail/own-words.ts";
import { type ApplicationRecord, saveApplication } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { loadCorrespondence } from "../../store/candidates/mails.ts";
import { insertAssessment, newestAssessment } from "../../store/evaluation/assessments.ts";
import type { Db } from "../../store/store.ts";
import { credentialsOf } from "../candidates/credentials.ts";
import { loadApplicationForUpdate, lockApplications } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";
import { type Comparison, compare, comparedRefs } from "./compare-candidates.ts";
import { compiledRubric, rubricHash, staleNow } from "./compiled-rubric.ts";

type FindingInput = Pick<Finding, "flag" | "verdict" | "quotes"> & {
  readonly note?: string | undefined;
  /** Whose reading it is; the assistant's unless it says otherwise. */
  readonly by?: Finding["by"] | undefined;
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
  /** Findings and quotes that were not taken. */
  readonly refused: readonly Refusal[];
  /** Earlier findings that no longer count, because their quotes turned out not to be the candidate's own words. */
  readonly findings_left_out: number;
  /** That the assessment before this one was stale, and why. */
  readonly was_stale?: Stale;
  readonly comparison?: Comparison;
  /** Certificates and licences; only in the first answer, before findings are passed. */
  readonly credentials?: readonly CredentialFact[];
};

export function createAssessments({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Assesses an application against its role's rubric, by the rules and by the caller's findings. A finding's quotes
     * must be in the documents. Earlier findings stay until their author replaces them. The same input again changes
     * nothing. Whoever is laid beside and was not assessed yet is assessed by the rules.
     * @throws DomainError when there is no text to assess, or none of the findings holds.
     */
    async score(session: Session, { application, findings = [], compare_with }: ScoreInput): Promise<Scored> {
      return session.write(async (tx) => {
        if (compare_with !== undefined) await lockApplications(tx, session, [application, ...compare_with]);
        const record = await loadApplicationForUpdate(tx, session, application);
        const scored = await scoreOne(tx, session, catalog, { record, findings });
        if (!scored) throw nothingToAssess(record.application.ref);
        if (compare_with === undefined) return scored;
        const refs = comparedRefs([scored.ref, ...compare_with]);
        for (const ref of refs.filter((other) => other !== scored.ref)) {
          const other = await loadApplicationForUpdate(tx, session, ref);
          if (other.role.id === record.role.id)
            await scoreOne(tx, session, catalog, { record: other, findings: [] });
        }
        return { ...scored, comparison: await compare(tx, session, catalog, { refs, unassessed: "show" }) };
      });
    },
  };
}

type One = { readonly record: ApplicationRecord; readonly findings: readonly FindingInput[] };

/** One application assessed and stored; undefined where it has no text. */
async function scoreOne(
  tx: Db,
  session: Session,
  catalog: Catalog,
  { record, findings: given }: One,
): Promise<Scored | undefined> {
  const { application, candidate, role } = record;
  const { workspaceId, member, client } = session;
  // A note is a member's: it says nothing in the candidate's own words.
  const stored = (await listDocuments(tx, workspaceId, application.id)).filter(({ kind }) => kind !== "note");
  if (stored.length === 0) return undefined;
  const documents = withOwnWords(stored, await loadCorrespondence(tx, { workspaceId, id: application.id }));
  const before = await newestAssessment(tx, workspaceId, application.id);
  const author = { client, member: member.email };
  const added = given.map((f): Finding => ({ ...f, by: f.by ?? "assistant", author }));
  const earlier = stillHeld(before?.findings ?? [], documents);
  const { lane } = role;
  const template = catalog.get(role.template);
  const rubric = rubricHash(template);
  const assessed = assess(compiledRubric(template), {
    lane,
    documents,
    findings: earlier.held,
    added,
  });
  const { assessment, findings, refused } = assessed;
  if (added.length > 0 && assessed.taken === 0) throw noneHeld(refused);
  const inputs = hashOf([role.template, lane, documents.map((d) => d.id), findings, assessment]);
  const wasStale = before && staleNow(catalog, role, before);
  const unchanged = before?.inputs === inputs && before.rubric === rubric && wasStale === undefined;
  if (!unchanged) await save(tx, session, application.id, { inputs, rubric, result: assessment, findings });
  const { redact } = await loadForReader(tx, session, record);
  return {
    ref: application.ref,
    name: candidate.name,
    assessment: redact.assessment(assessment, documents),
    unchanged,
    refused,
    findings_left_out: earlier.left,
    ...(wasStale && { was_stale: wasStale }),
    ...(given.length === 0 && { credentials: credentialsOf(catalog, { role, documents, now: session.now }) }),
  };
}

/** The reason of one refusal, or of all. */
function noneHeld(refused: readonly Refusal[]): DomainError {
  const [first] = refused;
  if (first && refused.length === 1) return new DomainError("invalid", first.message, first.hint);
  const reasons = refused.map(({ message, hint }) => (hint === undefined ? message : `${message} ${hint}`));
  return new DomainError("invalid", ["No finding was taken.", ...reasons].join("\n"));
}

async function save(
  tx: Db,
  session: Session,
  applicationId: string,
  assessed: {
    readonly inputs: string;
    readonly rubric: string;
    readonly result: Assessment;
    readonly findings: readonly Finding[];
  },
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
  const presentFlags = flags.filter(counts).map((f) => f.id);
  await saveApplication(tx, { workspaceId, id: applicationId, presentFlags });
  await session.record(tx, applicationId, "assessment.add", { present: presentFlags, points: points.total });
}

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

const nothingToAssess = (ref: string): DomainError =>
  new DomainError("precondition_failed", `${ref} has no document to assess.`, { do: "store_document" });
