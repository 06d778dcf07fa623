import { daysBetween } from "../days.ts";
import type { Exercise } from "../roles/role-template.ts";
import { plainLine } from "../untrusted.ts";
import { blinded, hiding } from "./blind.ts";
import { coverageOf } from "./coverage.ts";
import { AREAS, BLIND, type SecretSeen, type SubmissionFacts } from "./facts.ts";
import type { FileKinds } from "./file-kinds.ts";
import { followUpsOf } from "./follow-ups.ts";
import { infrastructureChange } from "./infrastructure/change.ts";
import { beyondFigures } from "./infrastructure/named.ts";
import { pipelineChanges } from "./infrastructure/pipelines.ts";
import { notesOf } from "./notes.ts";
import { observe } from "./observations.ts";
import { addedLines, looksLikeSecret } from "./patch.ts";
import { pathMatcher } from "./path-matcher.ts";
import { treeFacts } from "./repository-tree.ts";
import type { ChangedFile, Check, Missing, Part, SubmissionSnapshot, WorkflowRun } from "./snapshot.ts";
import { observeTests, testsOf } from "./tests.ts";
import { timelineOf } from "./timeline.ts";

/** Facts about the submission from elsewhere. `blind` removes the person's identity. */
export type FactsOptions = {
  readonly fileKinds: FileKinds;
  readonly blind: boolean;
  /** The person's names on record. Blind mode removes them in addition to the names that the host knows. */
  readonly names?: readonly string[];
  readonly assignedAt?: string;
  readonly due?: string;
  readonly exercise?: Pick<Exercise, "id" | "requirements" | "follow_ups" | "protected">;
  readonly exerciseVersion?: string;
  /** Head commit of the previous snapshot. */
  readonly previousHead?: string;
};

/** Computes the facts of a submission from one snapshot of it. The same snapshot gives the same facts. */
export function computeFacts(snapshot: SubmissionSnapshot, options: FactsOptions): SubmissionFacts {
  const { files, totals, before, after } = snapshot;
  const { exercise, fileKinds, blind } = options;
  const hide = blind ? hiding([...snapshot.identities, ...(options.names ?? [])]) : unchanged;
  const isWhole = totals.files === files.length;
  const isMissing = (part: Part) => snapshot.missing.some((m) => m.part === part);
  const infrastructure = infrastructureChange(before, after, {
    ...{ files, isWhole, unread: snapshot.unread, isApart: fileKinds.isApart },
    beyond: beyondFigures(snapshot, fileKinds),
  });
  const pipelines = pipelineChanges(before, after, files);
  const tests = testsOf(files, isWhole, fileKinds);
  const protectedEdited = edited(files, exercise?.protected ?? []);
  const observations = [
    ...observe(infrastructure, pipelines, after),
    ...observeTests(files, tests, protectedEdited, fileKinds),
  ];
  const coverage = coverageOf(exercise?.requirements ?? [], snapshot, observations, {
    blind,
    isWhole,
    areaOf: fileKinds.areaOf,
  });
  const secrets = secretsIn(snapshot);
  const facts = {
    identity: identityOf(snapshot, options),
    beside: snapshot.beside.map((text) => plainLine(hide(text))),
    timeline: timelineOf(snapshot, options.assignedAt),
    totals: { files: totals.files, added: totals.added, removed: totals.removed },
    areas: isWhole ? areasOf(files, fileKinds) : null,
    tests,
    protected_edited: protectedEdited,
    workflows_edited: edited(files, [".github/workflows/**"]),
    checks: isMissing("checks") ? null : snapshot.checks.map(viewCheck),
    workflows: isMissing("CI runs") ? null : workflowsOf(snapshot.runs),
    infrastructure: infrastructure ?? null,
    pipelines,
    coverage,
    follow_ups: followUpsOf(exercise?.follow_ups ?? [], observations, coverage),
    repository: treeFacts(snapshot.tree, files, !isMissing("repository")),
    secrets_seen: [...new Set(secrets.map(({ path }) => path))],
    secrets,
    hidden_characters: [],
    without_diff: files.filter((f) => f.patch === undefined).map((f) => plainLine(f.path)),
    notes: notesOf(snapshot, fileKinds.isNote, hide),
    missing: missingOf(snapshot, options),
  };
  return blind ? blinded(facts, hide) : facts;
}

function secretsIn({ files, headSha }: SubmissionSnapshot): SecretSeen[] {
  return files.flatMap((file) => {
    const found = addedLines(file.patch ?? "").find(({ text }) => looksLikeSecret(text));
    if (!found) return [];
    return [
      { kind: "credential", path: plainLine(file.path), line: found.line, commit: headSha, gone: false },
    ];
  });
}

const unchanged = (text: string): string => text;

function edited(files: readonly ChangedFile[], globs: readonly string[]): string[] {
  const isNamed = pathMatcher(globs);
  const touches = (path: string | undefined) => path !== undefined && isNamed(path);
  return files.filter((f) => touches(f.path) || touches(f.previousPath)).map((f) => plainLine(f.path));
}

function identityOf(s: SubmissionSnapshot, options: FactsOptions): SubmissionFacts["identity"] {
  const { blind, due, previousHead, exercise } = options;
  const { pushedAt } = s;
  const late =
    due === undefined || pushedAt === null ? undefined : daysBetween(new Date(due), new Date(pushedAt));
  return {
    source: s.source,
    repository: blind ? BLIND : plainLine(s.repository),
    ...(s.askedAs === undefined ? {} : { asked_as: blind ? BLIND : plainLine(s.askedAs) }),
    pull_request: s.number,
    branch: blind ? BLIND : plainLine(s.branch),
    base: plainLine(s.base),
    ...(s.baseWhy === undefined ? {} : { base_why: plainLine(s.baseWhy) }),
    head_sha: s.headSha,
    base_sha: s.baseSha,
    ...(previousHead === undefined || previousHead === s.headSha ? {} : { previous_head_sha: previousHead }),
    state: s.state,
    draft: s.draft,
    opened_at: s.createdAt,
    pushed_at: pushedAt,
    exercise: exercise?.id ?? null,
    ...(options.exerciseVersion === undefined ? {} : { exercise_version: options.exerciseVersion }),
    ...(due === undefined ? {} : { due }),
    ...(late === undefined ? {} : { late_by_days: Math.max(0, late) }),
  };
}

function areasOf(
  files: readonly ChangedFile[],
  { areaOf }: FileKinds,
): NonNullable<SubmissionFacts["areas"]> {
  const placed = files.map((file) => ({ ...file, area: areaOf(file.path) }));
  return AREAS.flatMap((area) => {
    const inArea = placed.filter((file) => file.area === area);
    const isCounted = inArea.every(({ binary, patch }) => binary || patch !== undefined);
    const sum = (key: "added" | "removed") =>
      isCounted ? inArea.reduce((total, file) => total + file[key], 0) : null;
    return inArea.length === 0
      ? []
      : [{ area, files: inArea.length, added: sum("added"), removed: sum("removed") }];
  });
}

function workflowsOf(runs: readonly WorkflowRun[]): NonNullable<SubmissionFacts["workflows"]> {
  const oldestFirst = [...runs].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  return [...new Set(oldestFirst.map((run) => run.workflow))].map((name) => {
    const own = oldestFirst.filter((run) => run.workflow === name);
    return {
      name: plainLine(name),
      runs: own.length,
      first_green_at: own.find((run) => run.conclusion === "success")?.createdAt ?? null,
      last: own.at(-1)?.conclusion ?? null,
    };
  });
}

const viewCheck = (check: Check): NonNullable<SubmissionFacts["checks"]>[number] => ({
  name: plainLine(check.name),
  app: plainLine(check.app),
  status: check.status,
  conclusion: check.conclusion,
  completed_at: check.completedAt,
});

function missingOf(s: SubmissionSnapshot, { exercise, due }: FactsOptions): string[] {
  const short = (part: Part, listed: number, total: number | null): Missing[] =>
    total !== null && listed < total ? [{ part, why: `${listed} of ${total} were read` }] : [];
  const missing: Missing[] = [
    ...s.missing,
    ...(exercise === undefined
      ? [{ part: "requirements" as const, why: "no exercise is on record for this submission" }]
      : []),
    ...(due !== undefined && s.pushedAt === null && !s.missing.some(({ part }) => part === "pushes")
      ? [
          {
            part: "pushes" as const,
            why: "when the head arrived is not known, so nor is whether it was late",
          },
        ]
      : []),
    ...short("commits", s.commits.length, s.totals.commits),
    ...short("files", s.files.length, s.totals.files),
  ];
  const reasons = [...new Set(missing.map(({ why }) => why))];
  return reasons.map((why) => {
    const parts = missing.filter((m) => m.why === why).map(({ part }) => part);
    return `${[...new Set(parts)].join(", ")}: ${why}`;
  });
}
