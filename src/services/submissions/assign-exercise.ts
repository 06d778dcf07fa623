import type { Catalog } from "../../catalog/load.ts";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import { isRunning } from "../../domain/roles/role.ts";
import { parseRepositoryName, type RepositoryRef, requireUsername } from "../../domain/submission/url.ts";
import type { Github } from "../../github/client.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { loadStanding } from "../load-application.ts";
import type { Session } from "../session.ts";
import {
  ensureRepository,
  existingAddress,
  fullName,
  repositoryUrl,
  startingCommitOf,
} from "./exercise-repository.ts";
import type { ExerciseStep } from "./exercise-steps.ts";
import { giveWorkSample } from "./give-work-sample.ts";
import {
  type AssignedExercise,
  type AssignInput,
  type Assigning,
  answer,
  requireSameExercise,
  rowOf,
  save,
} from "./record-assignment.ts";

type Deps = {
  readonly catalog: Catalog;
  readonly github: Github;
  readonly allowFiles: AllowFiles;
  /** The owner of new repositories, and of templates for exercises that name none. */
  readonly githubOwner: string | undefined;
};

type Plan = { readonly template: RepositoryRef; readonly target: RepositoryRef; readonly username: string };

export function createExercises(deps: Deps) {
  const { catalog } = deps;
  return {
    /**
     * Gives an application its exercise. The git host has no transactions, so every finished step is recorded. A
     * repeated call continues from there and never makes a second repository.
     * @throws DomainError naming the argument, the missing setting, or the step that GitHub did not confirm.
     */
    async assign(session: Session, input: AssignInput): Promise<AssignedExercise> {
      const record = await session.read((db) => loadStanding(db, session, input.application));
      const { exercises } = catalog.get(record.role.template);
      const exercise = exercises.find((e) => e.id === input.exercise);
      const ids = exercises.map((e) => e.id);
      if (!exercise) throw notAllowed("exercise", input.exercise, ids);
      const before = await session.read((db) =>
        findAssignment(db, session.workspaceId, record.application.id),
      );
      if (before) requireSameExercise(record.application.ref, before, exercise.id);
      requireRunning(record);
      const work = { session, record, exercise, before, input };
      const form = before?.form ?? exercise.form;
      if (form !== "code") return giveWorkSample(work, form);
      return input.repository === undefined ? make(deps, work) : register(deps, work, input.repository);
    },
  };
}

/** Nobody works for a role that has ended, or for an application that has. */
function requireRunning({ application, role }: ApplicationRecord): void {
  const { ref, status } = application;
  if (status !== "active")
    throw new DomainError("precondition_failed", `${ref} has ended (${status}) and is given no exercise.`, {
      do: "reopen_first",
      stages: role.stages.map(({ id }) => id),
    });
  if (!isRunning(role))
    throw new DomainError("conflict", `${role.key} is ${role.status}: nobody is given an exercise for it.`, {
      do: "set_status_open",
    });
}

async function make(deps: Deps, work: Assigning): Promise<AssignedExercise> {
  const { session, before, input } = work;
  const { github } = deps;
  const plan = planOf(deps, work);
  const repository = fullName(plan.target);
  const template = fullName(plan.template);
  const row = rowOf(work, {
    url: repositoryUrl(github, plan.target),
    status: "planned",
    githubUsername: plan.username,
  });
  if (before?.status === "invited" && before.url === row.url) return keepInvited(work, before, row);
  if (input.preview) {
    const invite = { did: "would_invite", username: plan.username, due: row.dueAt.toISOString() } as const;
    return answer(row, [{ did: "would_make", repository, template }, invite], true);
  }
  await save(work, row);
  const steps: ExerciseStep[] = [];
  if (row.status === "planned") {
    const did = await ensureRepository(github, plan.template, plan.target, session);
    steps.push({ did, repository, template });
    row.status = "created";
    await save(work, row);
  }
  row.startSha ??= (await startingCommitOf(github, plan.target, session)) ?? null;
  if (row.startSha === null) return answer(row, [...steps, { did: "waits_for_host" }]);
  await save(work, row);
  const invited = await github.invite(plan.target, plan.username, session);
  row.status = "invited";
  await save(work, row);
  const did = invited === "invited" ? "invited" : "was_invited_before";
  const { ref } = work.record.application;
  return {
    ...answer(row, [...steps, { did, username: plan.username }]),
    next: { act: "draft_message", application: ref, purpose: "exercise_invite" },
  };
}

/** Plans the repository, its template and the user to invite, before the first request to GitHub. */
function planOf({ github, githubOwner }: Deps, { record, exercise, input }: Assigning): Plan {
  const templateName =
    exercise.repository ?? (githubOwner === undefined ? undefined : `${githubOwner}/${exercise.id}`);
  const manually = "Or make the repository manually and pass its address as repository.";
  if (templateName === undefined) {
    const set = "Set GREENFLAG_GITHUB_OWNER to the organisation that holds the exercise templates.";
    throw new DomainError(
      "precondition_failed",
      `No template repository is known for ${exercise.id}.`,
      `${set} ${manually}`,
    );
  }
  if (!github.hasToken) {
    const set = "Set GITHUB_TOKEN to one that may make repositories and invite to them.";
    throw new DomainError(
      "precondition_failed",
      "Without GITHUB_TOKEN no repository can be made.",
      `${set} ${manually}`,
    );
  }
  if (input.github_username === undefined) {
    const hint = "Name the candidate's GitHub user, who is to be invited.";
    throw new DomainError("invalid", "github_username: missing.", hint);
  }
  const template = parseRepositoryName(templateName, "GREENFLAG_GITHUB_OWNER");
  const repo = `${exercise.id}-${record.application.ref.toLowerCase()}`;
  return {
    template,
    target: { owner: githubOwner ?? template.owner, repo },
    username: requireUsername(input.github_username),
  };
}

async function register(
  { github, allowFiles }: Deps,
  work: Assigning,
  address: string,
): Promise<AssignedExercise> {
  const { session, exercise, input } = work;
  const username = input.github_username === undefined ? null : requireUsername(input.github_username);
  const existing = await existingAddress(github, address.trim(), { allowFiles, signal: session.signal });
  const row = rowOf(work, { url: existing.url, status: "created", githubUsername: username });
  // The start stays the commit at the first registration, even if there were pushes since.
  row.startSha ??= existing.startSha;
  if (!input.preview) await save(work, row);
  const did = input.preview ? "would_register" : "registered";
  return answer(row, [{ did, url: existing.url, exercise: exercise.id }], input.preview);
}

async function keepInvited(
  work: Assigning,
  before: AssignmentRow,
  row: ReturnType<typeof rowOf>,
): Promise<AssignedExercise> {
  if (before.githubUsername !== row.githubUsername) {
    throw new DomainError(
      "conflict",
      `github_username: ${before.githubUsername ?? "another user"} was invited already.`,
      "Change the collaborators on GitHub, or repeat the call with that name.",
    );
  }
  const later = before.dueAt.getTime() !== row.dueAt.getTime();
  if (later && !work.input.preview) await save(work, row);
  const step: ExerciseStep = later
    ? { did: "changed_due", due: row.dueAt.toISOString() }
    : { did: "changed_nothing" };
  return answer(row, [step], work.input.preview);
}
