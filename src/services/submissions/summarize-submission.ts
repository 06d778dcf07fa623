import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Exercise } from "../../domain/roles/role-template.ts";
import type { SubmissionFacts } from "../../domain/submission/facts.ts";
import type { SubmissionSnapshot } from "../../domain/submission/snapshot.ts";
import { summarize as factsOf, type SummaryOptions } from "../../domain/submission/summarize.ts";
import { parseSubmissionUrl, type SubmissionRef } from "../../domain/submission/url.ts";
import { readClone } from "../../git/read-clone.ts";
import type { Github } from "../../github/client.ts";
import { type ApplicationRecord, saveApplication } from "../../store/candidates/applications.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission, type SubmissionRow, saveSubmission } from "../../store/submissions/submissions.ts";
import { loadApplication, loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";

export type SummarizeInput = { readonly application?: string | undefined; readonly url?: string | undefined };
export type Summarized = {
  readonly ref: string | null;
  readonly submission: SubmissionFacts;
  readonly missing: readonly string[];
  readonly stored: boolean;
};

type Deps = {
  readonly catalog: Catalog;
  readonly github: Github;
  readonly allowFiles: boolean;
};

/** What is on record about where the work is. */
type Known = {
  found: ApplicationRecord;
  assignment: AssignmentRow | undefined;
  last: SubmissionRow | undefined;
};

export function createSubmissions({ catalog, github, allowFiles }: Deps) {
  /**
   * Reads a pull request, a repository or a clone and computes its facts. With an application they are kept as its
   * snapshot. The host is asked before the transaction begins, so a slow one never holds a row.
   * @throws DomainError for an address that is none of ours, or when the host does not answer.
   */
  async function summarize(session: Session, input: SummarizeInput): Promise<Summarized> {
    if (input.url !== undefined && isAddress(input.url)) parseSubmissionUrl(input.url, github.webHost);
    const known = await onRecord(session, input.application);
    const url = input.url ?? known?.assignment?.url ?? known?.last?.url;
    if (url === undefined) throw nothingToRead(known?.found.application.ref);
    requireOwn(known?.assignment, url);
    if (session.scope === "own") requireOnRecord(known, url);
    const snapshot = await snapshotOf(url, known?.assignment?.startSha ?? undefined, session.signal);
    const facts = factsOf(snapshot, optionsFor(catalog, known));
    if (!known) return { ref: null, submission: facts, missing: facts.missing, stored: false };
    await keep(session, known, url, facts);
    return { ref: known.found.application.ref, submission: facts, missing: facts.missing, stored: true };
  }

  async function snapshotOf(
    url: string,
    startSha: string | undefined,
    signal: AbortSignal,
  ): Promise<SubmissionSnapshot> {
    if (!isAddress(url)) return readClone(url, { startSha, allowFiles, field: "url", signal });
    const ref = parseSubmissionUrl(url, github.webHost);
    const pull = isPull(ref) ? ref : await github.findPullRequest(ref, { signal });
    if (pull) return github.readPullRequest(pull, { signal });
    if (startSha !== undefined) return github.readRepository(ref, startSha, { signal });
    throw new DomainError(
      "precondition_failed",
      "url: the repository has no pull request, and no starting commit is on record to compare it with.",
      "Register it with assign_exercise (repository) before the work begins, or give the address of a pull request.",
    );
  }

  return { summarize };
}

const isAddress = (url: string): boolean => /^[a-z]+:/i.test(url.trim()) || !/[/\\]/.test(url);
const isPull = (ref: SubmissionRef): ref is SubmissionRef & { number: number } => ref.number !== null;

async function onRecord(session: Session, ref: string | undefined): Promise<Known | undefined> {
  if (ref === undefined) return undefined;
  return session.read(async (db) => {
    const record = await loadApplication(db, session, ref);
    const { workspaceId } = session;
    const assignment = await findAssignment(db, workspaceId, record.application.id);
    const last = await newestSubmission(db, workspaceId, record.application.id);
    return { found: record, assignment, last };
  });
}

/** Whoever sees only whom they interview reads no repository besides theirs by this server's access to the host. */
function requireOnRecord(known: Known | undefined, url: string): void {
  if (known && [known.assignment?.url, known.last?.url].includes(url)) return;
  throw new DomainError(
    "forbidden",
    "url: interviewers read the submissions on record of those whom they interview.",
    "Give application and leave url out; assign_exercise puts an address on record.",
  );
}

/** A link copied from somebody else's work is not this candidate's answer. */
function requireOwn(assignment: AssignmentRow | undefined, url: string): void {
  if (!assignment || !isAddress(assignment.url) || !isAddress(url)) return;
  const repository = (address: string) =>
    address
      .toLowerCase()
      .replace(/\.git(?=\/|$)|\/$/g, "")
      .split("/")
      .slice(0, 5)
      .join("/");
  if (repository(assignment.url) === repository(url)) return;
  throw new DomainError(
    "conflict",
    "url: this is not the repository in which the exercise was given.",
    "Leave url out to read that one, or register another with assign_exercise (repository).",
  );
}

/** During the exercise round nobody is shown whose work it is; what was asked comes from the exercise that was given. */
function optionsFor(catalog: Catalog, known: Known | undefined): SummaryOptions {
  if (!known) return { blind: false };
  const { found: record, assignment, last } = known;
  const stage = record.role.stages.find((s) => s.id === record.application.stage);
  const { exercises } = catalog.get(record.role.template);
  // Which of several exercises was given is only known when it is on record; the wrong one would mislead.
  const fitting = exercises.filter((e) =>
    assignment ? e.id === assignment.exercise : e.round === stage?.id,
  );
  const [exercise] = fitting.length === 1 ? fitting : [];
  return {
    blind: stage?.kind === "exercise",
    names: [record.candidate.name, assignment?.githubUsername ?? ""],
    ...(exercise ? { exercise, exerciseVersion: versionOf(exercise) } : {}),
    ...(assignment
      ? { assignedAt: assignment.createdAt.toISOString(), due: assignment.dueAt.toISOString() }
      : {}),
    ...(last ? { previousHead: last.headSha } : {}),
  };
}

const versionOf = (exercise: Exercise): string =>
  createHash("sha256").update(JSON.stringify(exercise)).digest("hex").slice(0, 12);

async function keep(
  session: Session,
  { found: record, last }: Known,
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
      head_sha: headSha,
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
