import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Exercise } from "../../domain/roles/role-template.ts";
import { nounOf } from "../../domain/submission/exercise-form.ts";
import type { SubmissionFacts } from "../../domain/submission/facts.ts";
import type { SubmissionSnapshot } from "../../domain/submission/snapshot.ts";
import {
  isHostAddress,
  isSame,
  parseRepositoryName,
  parseSubmissionUrl,
  type SubmissionRef,
} from "../../domain/submission/url.ts";
import { readClone } from "../../git/read-clone.ts";
import type { Github } from "../../github/client.ts";
import type { Choices } from "../../github/find-answer.ts";
import { type ApplicationRecord, saveApplication } from "../../store/candidates/applications.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission, type SubmissionRow, saveSubmission } from "../../store/submissions/submissions.ts";
import { loadApplicationForUpdate, loadStanding } from "../load-application.ts";
import type { Session } from "../session.ts";
import { addressOfBranch, repositoryUrl } from "./exercise-repository.ts";
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

/** As many digits of a SHA name a commit in the blind round. */
const SHA_DIGITS = 12;

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
    const address =
      input.url === undefined
        ? recordedAddress(onRecord)
        : await givenAddress(input.url, onRecord, session.signal);
    await requireOwn(onRecord?.assignment, address, session.signal);
    if (session.scope === "own") requireOnRecord(onRecord, address.url);
    const snapshot = await readSnapshot(address, onRecord, session.signal);
    const facts = await factsInThread({ snapshot, options: optionsFor(catalog, onRecord) });
    if (!onRecord) return { ref: null, submission: facts, stored: false };
    await keep(session, onRecord, address.url, facts);
    return { ref: onRecord.record.application.ref, submission: facts, stored: true };
  }

  /** @throws DomainError `invalid` for a web address outside the accepted host. */
  const addressOf = (url: string): Address => ({
    url,
    ref:
      isHostAddress(url, github.webOrigin) || !/[/\\]/.test(url)
        ? parseSubmissionUrl(url, github.webOrigin)
        : null,
  });

  /**
   * `#3` is a pull request of the repository on record, and `#` with the first digits of its head a branch: they need no
   * name in the blind round.
   */
  async function givenAddress(url: string, onRecord: OnRecord | undefined, signal: AbortSignal) {
    const [, named] = /^#(\d{1,10}|[0-9a-f]{12})$/.exec(url.trim()) ?? [];
    const given = onRecord?.assignment?.url ?? onRecord?.last?.url;
    const ref = named === undefined || !given ? null : addressOf(given).ref;
    if (named === undefined || ref === null) return addressOf(url);
    if (named.length < SHA_DIGITS) return addressOf(`${repositoryUrl(github, ref)}/pull/${named}`);
    const answer = await readAnswer(ref, onRecord, signal);
    const choices = "choices" in answer ? answer.choices : [];
    const choice = choices.find(({ number, sha }) => number === null && sha.startsWith(named));
    if (choice) return addressOf(addressOfBranch(github, ref, choice.branch));
    throw new DomainError(
      "not_found",
      "url: no branch there has this head any more.",
      "Leave url out to hear which may be the answer.",
    );
  }

  /** The pull request or branch that was chosen last in the repository on record, or else what is on record. */
  function recordedAddress(onRecord: OnRecord | undefined): Address {
    const { assignment, last } = onRecord ?? {};
    const [given, read] = [assignment?.url, last?.url].map((url) => (url ? addressOf(url) : undefined));
    const isChoice = given?.ref && read?.ref && isSame(given.ref, read.ref);
    const address = isChoice ? read : (given ?? read);
    if (!address) throw nothingToRead(onRecord?.record.application.ref);
    return address;
  }

  async function readSnapshot(
    { url, ref }: Address,
    onRecord: OnRecord | undefined,
    signal: AbortSignal,
  ): Promise<SubmissionSnapshot> {
    if (ref === null) {
      const fileKinds = catalog.fileKinds();
      const startSha = onRecord?.assignment?.startSha ?? undefined;
      return readClone(url, { startSha, allowFiles, field: "url", fileKinds, signal });
    }
    const answer = await readAnswer(ref, onRecord, signal);
    if ("choices" in answer) throw severalAnswers(ref, answer, onRecord);
    return answer;
  }

  function readAnswer(ref: SubmissionRef, onRecord: OnRecord | undefined, signal: AbortSignal) {
    const fileKinds = catalog.fileKinds();
    const candidate = onRecord?.assignment?.githubUsername ?? undefined;
    const startSha = onRecord?.assignment?.startSha ?? undefined;
    return github.readAnswer(ref, startSha, { fileKinds, candidate, signal });
  }

  const addressOfChoice = (ref: SubmissionRef, number: number | null, branch: string): string =>
    number === null ? addressOfBranch(github, ref, branch) : `${repositoryUrl(github, ref)}/pull/${number}`;

  function severalAnswers(
    ref: SubmissionRef,
    { choices }: Choices,
    onRecord: OnRecord | undefined,
  ): DomainError {
    const blind = onRecord !== undefined && isBlind(onRecord.record);
    const answers = choices.map(({ number, branch, sha, author, state, headAt }) => ({
      address: blind ? `#${number ?? sha.slice(0, SHA_DIGITS)}` : addressOfChoice(ref, number, branch),
      author: blind ? null : author,
      state,
      head_at: headAt,
    }));
    const what = choices.some(({ number }) => number === null) ? "branches" : "pull requests";
    return new DomainError(
      "precondition_failed",
      `url: ${choices.length} ${what} may be the answer, and none was stored.`,
      { do: "choose_answer", answers },
    );
  }

  /** Refuses a link to another repository, which cannot be this candidate's submission. */
  async function requireOwn(
    assignment: AssignmentRow | undefined,
    { ref }: Address,
    signal: AbortSignal,
  ): Promise<void> {
    const own = assignment?.url ? addressOf(assignment.url).ref : null;
    if (own === null || ref === null || isSame(own, ref)) return;
    // It may be the name of today of the repository on record.
    const renamed = await github.findRepository(own, { signal });
    if (renamed && isSame(parseRepositoryName(renamed.name, "repository"), ref)) return;
    throw new DomainError("conflict", "url: this is not the repository in which the exercise was given.", {
      do: "read_assigned_repository",
    });
  }

  return { summarize };
}

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
