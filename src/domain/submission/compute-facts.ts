import { daysBetween } from "../days.ts";
import type { Exercise } from "../roles/role-template.ts";
import { plainLine } from "../untrusted.ts";
import { hiding, withTexts } from "./blind.ts";
import { coverageOf } from "./coverage.ts";
import { AREAS, BLIND, type SubmissionFacts } from "./facts.ts";
import type { FileKinds } from "./file-kinds.ts";
import { followUpsOf } from "./follow-ups.ts";
import { hiddenCharacters } from "./hidden-characters.ts";
import { infrastructureChange } from "./infrastructure/change.ts";
import { beyondFigures } from "./infrastructure/named.ts";
import { pipelineChanges } from "./infrastructure/pipelines.ts";
import { textsThatRun } from "./infrastructure/texts-that-run.ts";
import { notesOf } from "./notes.ts";
import { observe, unknownObservations } from "./observations.ts";
import { pathMatcher } from "./path-matcher.ts";
import { pointersIn } from "./pointers.ts";
import { treeFacts } from "./repository-tree.ts";
import { secretsInFiles, secretsInMessages } from "./secrets-seen.ts";
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

const MAX_PLACES = 100;

/** Computes the facts of a submission from one snapshot of it. The same snapshot gives the same facts. */
export function computeFacts(snapshot: SubmissionSnapshot, options: FactsOptions): SubmissionFacts {
  const { files, totals } = snapshot;
  const { exercise, fileKinds, blind } = options;
  const hide = blind ? hiding([...snapshot.identities, ...(options.names ?? [])]) : unchanged;
  const isWhole = totals.files === files.length;
  const isMissing = (part: Part) => snapshot.missing.some((m) => m.part === part);
  // Sources are read whole too, for what is counted in them; only these say what would run.
  const { before, after } = textsThatRun(snapshot, fileKinds);
  const infrastructure = infrastructureChange(before, after, {
    ...{ files, isWhole, unread: snapshot.unread, isApart: fileKinds.isApart },
    beyond: beyondFigures(snapshot, fileKinds),
  });
  const pipelines = pipelineChanges(before, after, files);
  const seen = testsOf(snapshot, isWhole, fileKinds);
  const protectedEdited = edited(files, exercise?.protected ?? []);
  const observations = [...observe(infrastructure, pipelines, after), ...observeTests(seen, protectedEdited)];
  const { coverage, missing } = coverageOf(exercise?.requirements ?? [], snapshot, observations, {
    ...{ blind, isWhole, fileKinds },
    unknown: unknownObservations(snapshot, seen.tests, fileKinds),
  });
  const inFiles = secretsInFiles(snapshot, fileKinds.secrets);
  const secrets = [...inFiles, ...secretsInMessages(snapshot, fileKinds.secrets)];
  const hidden = hiddenCharacters(snapshot, fileKinds.areaOf);
  const facts = {
    identity: identityOf(snapshot, options),
    beside: [...snapshot.beside, ...pointersIn(files, snapshot.tree)].map((text) => plainLine(hide(text))),
    timeline: timelineOf(snapshot, options.assignedAt),
    totals: { files: totals.files, added: totals.added, removed: totals.removed },
    areas: isWhole ? areasOf(files, fileKinds) : null,
    tests: seen.tests,
    protected_edited: protectedEdited,
    workflows_edited: edited(files, [".github/workflows/**"]),
    // What was read of a part of them is shown, and `missing` says how many were not.
    checks: isMissing("checks") && snapshot.checks.length === 0 ? null : snapshot.checks.map(viewCheck),
    workflows: isMissing("CI runs") ? null : workflowsOf(snapshot.runs),
    infrastructure: infrastructure ?? null,
    pipelines: pipelines.slice(0, MAX_PLACES),
    coverage,
    follow_ups: followUpsOf(exercise?.follow_ups ?? [], observations, coverage),
    repository: treeFacts(snapshot.tree, files, snapshot.gone ?? [], !isMissing("repository")),
    secrets_seen: [...new Set(inFiles.slice(0, MAX_PLACES).map(({ path }) => path))],
    secrets: secrets.slice(0, MAX_PLACES),
    hidden_characters: hidden.slice(0, MAX_PLACES),
    without_diff: firstOf(files.filter((f) => f.patch === undefined).map((f) => plainLine(f.path))),
    notes: notesOf(snapshot, fileKinds, hide),
    missing: [
      ...missingOf({ ...snapshot, missing: [...snapshot.missing, ...seen.missing, ...missing] }, options),
      ...notListed("what looks like a credential", secrets.length),
      ...notListed("hidden characters", hidden.length),
      ...notListed("changed pipelines", pipelines.length),
    ],
  };
  // A name may hold one as well: of a file, a branch or a job.
  return withTexts(facts, (text) => hide(fileKinds.secrets.without(text)));
}

const notListed = (what: string, places: number): string[] =>
  places > MAX_PLACES ? [`${what}: ${places - MAX_PLACES} more places are not listed`] : [];

const MAX_PATHS_LISTED = 19;

/** The first names of a list, and how many more there are. */
const firstOf = (names: readonly string[]): string[] =>
  names.length > MAX_PATHS_LISTED
    ? [...names.slice(0, MAX_PATHS_LISTED), `and ${names.length - MAX_PATHS_LISTED} more`]
    : [...names];

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
    const isCounted = inArea.every(
      ({ binary, patch, added, removed }) => binary || patch !== undefined || added + removed > 0,
    );
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
    ...(s.history === null && s.totals.commits !== 1 && !s.missing.some(({ part }) => part === "history")
      ? [{ part: "history" as const, why: "the commits between start and head were not searched" }]
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
