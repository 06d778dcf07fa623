import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Exercise } from "../../domain/roles/role-template.ts";
import { nounOf } from "../../domain/submission/exercise-form.ts";
import type { SubmissionFacts } from "../../domain/submission/facts.ts";
import type { SubmissionSnapshot } from "../../domain/submission/snapshot.ts";
import { parseSubmissionUrl, type SubmissionRef } from "../../domain/submission/url.ts";
import { readClone } from "../../git/read-clone.ts";
import type { Github } from "../../github/client.ts";
import { type ApplicationRecord, saveApplication } from "../../store/candidates/applications.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission, type SubmissionRow, saveSubmission } from "../../store/submissions/submissions.ts";
import { loadApplicationForUpdate, loadStanding } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type FactsRequest, factsInThread } from "./facts-in-thread.ts";
import { isBlind } from "./redact-submission.ts";

export type SummarizeInput = { readonly application?: string | undefined; readonly url?: string | undefined };
export type SubmissionSummary = {
  readonly ref: string | null;
  readonly submission: SubmissionFacts;
  readonly stored: boolean;
};

type Deps = {
  readonly catalog: Catalog;
  readonly github: Github;
  readonly allowFiles: AllowFiles;
};

/** The exercise on record, and the newest submission that was read. */
type OnRecord = {
  readonly record: ApplicationRecord;
  readonly assignment: AssignmentRow | undefined;
  readonly last: SubmissionRow | undefined;
};

/** The place of a submission: on the git host, or on this machine, where `ref` is null. */
type Address = { readonly url: string; readonly ref: SubmissionRef | null };

export function createSubmissions({ catalog, github, allowFiles }: Deps) {
  /**
   * Reads a pull request, a repository or a clone and computes its facts. With an application, the facts are stored as
   * its snapshot. The host is asked before the transaction begins, so that a slow host never keeps a row locked.
   * @throws DomainError for an address that is not accepted, or when the host does not answer.
   */
  async function summarize(session: Session, input: SummarizeInput): Promise<SubmissionSummary> {
    const onRecord =
      input.application === undefined ? undefined : await loadOnRecord(session, input.application);
    requireCode(onRecord);
    const address = input.url === undefined ? recordedAddress(onRecord) : addressOf(input.url);
    requireOwn(onRecord?.assignment, address.url);
    if (session.scope === "own") requireOnRecord(onRecord, address.url);
    const snapshot = await readSnapshot(address, onRecord?.assignment?.startSha ?? undefined, session.signal);
    const facts = await factsInThread({ snapshot, options: optionsFor(catalog, onRecord) });
    if (!onRecord) return { ref: null, submission: facts, stored: false };
    await keep(session, onRecord, address.url, facts);
    return { ref: onRecord.record.application.ref, submission: facts, stored: true };
  }

  /** @throws DomainError `invalid` for a web address outside the accepted host. */
  const addressOf = (url: string): Address => ({
    url,
    ref: isHostAddress(url) ? parseSubmissionUrl(url, github.webHost) : null,
  });

  function recordedAddress(onRecord: OnRecord | undefined): Address {
    const url = onRecord?.assignment?.url ?? onRecord?.last?.url;
    if (url === undefined) throw nothingToRead(onRecord?.record.application.ref);
    return addressOf(url);
  }

  async function readSnapshot(
    { url, ref }: Address,
    startSha: string | undefined,
    signal: AbortSignal,
  ): Promise<SubmissionSnapshot> {
    const { isReadWhole } = catalog.fileKinds();
    if (ref === null) return readClone(url, { startSha, allowFiles, field: "url", isReadWhole, signal });
    const pull = isPull(ref) ? ref : await github.findPullRequest(ref, { signal });
    if (pull) return github.readPullRequest(pull, { isReadWhole, signal });
    if (startSha !== undefined) return github.readRepository(ref, startSha, { isReadWhole, signal });
    throw new DomainError(
      "precondition_failed",
      "url: the repository has no pull request, and no starting commit is on record to compare it with.",
      { do: "register_before_start" },
    );
  }

  return { summarize };
}

const isHostAddress = (url: string): boolean => /^[a-z]+:/i.test(url.trim()) || !/[/\\]/.test(url);
const isPull = (ref: SubmissionRef): ref is SubmissionRef & { number: number } => ref.number !== null;

async function loadOnRecord(session: Session, ref: string): Promise<OnRecord> {
  return session.read(async (db) => {
    const record = await loadStanding(db, session, ref);
    const { workspaceId } = session;
    const assignment = await findAssignment(db, workspaceId, record.application.id);
    const last = await newestSubmission(db, workspaceId, record.application.id);
    return { record, assignment, last };
  });
}

/**
 * An interviewer may read only the submissions on record of the candidates whom they interview. Other repositories
 * would be read with this server's access to the host.
 */
function requireOnRecord(onRecord: OnRecord | undefined, url: string): void {
  if (onRecord && [onRecord.assignment?.url, onRecord.last?.url].includes(url)) return;
  throw new DomainError(
    "forbidden",
    "url: interviewers read the submissions on record of those whom they interview.",
    { do: "read_submission_on_record" },
  );
}

/** Only code is read by a program: every other work is read and rated by people. */
function requireCode(onRecord: OnRecord | undefined): void {
  const form = onRecord?.assignment?.form ?? "code";
  if (!onRecord || form === "code") return;
  const { ref } = onRecord.record.application;
  const what = `application: ${ref} was given ${nounOf(form)}, and only code is read here.`;
  throw new DomainError("precondition_failed", what, { do: "read_work_sample", application: ref });
}

/** Refuses a link to another repository, which cannot be this candidate's submission. */
function requireOwn(assignment: AssignmentRow | undefined, url: string): void {
  if (!assignment?.url || !isHostAddress(assignment.url) || !isHostAddress(url)) return;
  const repository = (address: string) =>
    address
      .toLowerCase()
      .replace(/\.git(?=\/|$)|\/$/g, "")
      .split("/")
      .slice(0, 5)
      .join("/");
  if (repository(assignment.url) === repository(url)) return;
  throw new DomainError("conflict", "url: this is not the repository in which the exercise was given.", {
    do: "read_assigned_repository",
  });
}

/** Blind mode is on during the exercise round. The requirements come from the exercise that was given. */
function optionsFor(catalog: Catalog, onRecord: OnRecord | undefined): FactsRequest["options"] {
  if (!onRecord) return { blind: false };
  const { record, assignment, last } = onRecord;
  const exercise = exerciseOf(catalog, onRecord);
  return {
    blind: isBlind(record),
    names: [record.candidate.name, assignment?.githubUsername ?? ""],
    ...(exercise ? { exercise, exerciseVersion: versionOf(exercise) } : {}),
    ...(assignment
      ? { assignedAt: assignment.createdAt.toISOString(), due: assignment.dueAt.toISOString() }
      : {}),
    ...(last ? { previousHead: last.headSha } : {}),
  };
}

/**
 * The exercise that was given. Undefined when it is not on record and the round has several, because the wrong one
 * would mislead.
 */
function exerciseOf(catalog: Catalog, { record, assignment }: OnRecord): Exercise | undefined {
  const { role, application } = record;
  const { exercises } = catalog.get(role.template);
  const stage = role.stages.find(({ id }) => id === application.stage);
  const fitting = exercises.filter((exercise) =>
    assignment ? exercise.id === assignment.exercise : exercise.round === stage?.id,
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

const versionOf = (exercise: Exercise): string =>
  createHash("sha256").update(JSON.stringify(exercise)).digest("hex").slice(0, 12);

async function keep(
  session: Session,
  { record, last }: OnRecord,
  url: string,
  facts: SubmissionFacts,
): Promise<void> {
  const { workspaceId, now } = session;
  const { ref } = record.application;
  await session.write(async (tx) => {
    const { application } = await loadApplicationForUpdate(tx, session, ref);
    const headSha = facts.identity.head_sha;
    await saveSubmission(tx, {
      workspaceId,
      id: uuidv7(),
      applicationId: application.id,
      url,
      headSha,
      facts,
      createdAt: now,
    });
    if (!application.hasSubmission)
      await saveApplication(tx, { workspaceId, id: application.id, hasSubmission: true });
    if (last?.headSha === headSha && last.url === url) return;
    await session.record(tx, application.id, "submission.snapshot", {
      missing: facts.missing.length,
    });
  });
}

const nothingToRead = (ref: string | undefined): DomainError =>
  new DomainError(
    "invalid",
    ref === undefined ? "Give application or url." : `url: ${ref} has no submission yet.`,
    "Pass url: the address of the pull request, such as https://github.com/OWNER/REPOSITORY/pull/1.",
  );
