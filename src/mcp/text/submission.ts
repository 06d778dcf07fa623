import { pluralize } from "../../domain/pluralize.ts";
import { BLIND, type SubmissionFacts } from "../../domain/submission/facts.ts";
import type { InfrastructureChange, WorkloadChange } from "../../domain/submission/infrastructure/change.ts";
import type { PipelineChange } from "../../domain/submission/infrastructure/pipelines.ts";
import { linesOf, quoteUntrusted } from "./lines.ts";

type Shown = { ref: string | null; missing: readonly string[]; stored: boolean; submission: unknown };

const clock = (iso: string | null): string =>
  iso === null ? "unknown" : `${new Date(iso).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const NOTES = 3;
const NAMED = 20;
const SEEN = { met_by: "seen", touched: "touched", not_seen: "not seen" };

/** The facts without what stayed as it was and without most of the candidate's own words. */
export const concise = (facts: SubmissionFacts): SubmissionFacts => ({
  ...facts,
  notes: facts.notes.slice(0, NOTES),
  without_diff: facts.without_diff.slice(0, NAMED),
  pipelines: facts.pipelines.slice(0, NAMED),
  infrastructure: facts.infrastructure && {
    ...facts.infrastructure,
    workloads: facts.infrastructure.workloads.filter((w) => w.status !== "same"),
  },
});

type Stored = {
  readonly at: string | null;
  readonly assignment?: { exercise: string; status: string; due: string; repository?: string };
} & Partial<SubmissionFacts>;

/** What the record holds of an exercise and its answer, without asking anybody. */
export function storedSubmissionText({ at, assignment: given, ...facts }: Stored): string {
  const where = given?.repository === undefined ? "" : ` Handed in at ${given.repository}.`;
  const { missing = [] } = facts;
  return linesOf(
    given && `Exercise ${given.exercise}: ${given.status}, due ${clock(given.due)}.${where}`,
    at === null ? "No submission was read yet." : `Submission, as read ${clock(at)}:`,
    at !== null &&
      submissionText({ ref: null, missing, stored: false, submission: concise(facts as SubmissionFacts) }),
  );
}

/** The facts in the order in which a reviewer asks for them; what was not examined comes before the candidate's words. */
export function submissionText({ ref, missing, stored, submission }: Shown): string {
  const s = submission as SubmissionFacts;
  const { identity: id, timeline: t, tests } = s;
  const state = `${id.state}${id.draft ? ", draft" : ""}`;
  const what =
    id.pull_request === null ? `${capital(id.source)}` : `Pull request ${id.pull_request} (${state})`;
  const pinned = `pinned to ${id.head_sha.slice(0, 12)}`;
  return linesOf(
    id.repository === BLIND
      ? `${what} against ${id.base}, ${pinned}. Blind: whose it is was left out.`
      : `${id.repository}: ${what.toLowerCase()}, ${id.branch} against ${id.base}, ${pinned}.`,
    id.previous_head_sha &&
      `The head has moved since the snapshot before (${id.previous_head_sha.slice(0, 12)}).`,
    id.due &&
      `Due ${clock(id.due)}, last pushed ${clock(id.pushed_at)}${id.late_by_days ? `: ${pluralize(id.late_by_days, "day")} late` : ""}.`,
    `Timeline: ${pluralize(t.commits, "commit")} on ${pluralize(t.active_days, "day")}, ${t.first === t.last ? "" : `${clock(t.first)} to `}${clock(t.last)} (as the commits claim)${t.single_commit ? "; all in one commit" : ""}${t.force_pushes ? `; ${pluralize(t.force_pushes, "force push", "force pushes")}` : ""}${t.before_assignment ? `; ${t.before_assignment} dated before the exercise was given` : ""}.`,
    `Change: ${pluralize(s.totals.files, "file")}, +${s.totals.added} -${s.totals.removed}.`,
    ...s.areas.map((a) => `  ${a.area}: ${pluralize(a.files, "file")}, +${a.added} -${a.removed}`),
    `Tests: ${pluralize(tests.files_added, "file")} added, ${tests.files_changed} changed, ${tests.files_removed} removed; ${pluralize(tests.cases_added, "case")} added, ${tests.cases_removed} removed, ${tests.skipped_added} newly skipped.`,
    s.protected_edited.length > 0 && `Protected files edited: ${some(s.protected_edited)}.`,
    s.workflows_edited.length > 0 && `CI workflows edited: ${some(s.workflows_edited)}.`,
    s.checks.length > 0
      ? `Checks: ${s.checks.map((c) => `${c.name} ${c.conclusion ?? c.status}`).join(", ")}.`
      : "Checks: none reported.",
    ...s.workflows.map(
      (w) =>
        `  ${w.name}: ${pluralize(w.runs, "run")}, first green ${w.first_green_at ? clock(w.first_green_at) : "never"}, last ${w.last ?? "unfinished"}`,
    ),
    ...infrastructureLines(s.infrastructure),
    ...s.pipelines.map(pipelineLine),
    s.coverage.length > 0 &&
      "Requirements of the exercise, and where the change shows a trace of them (no verdict):",
    ...s.coverage.map((c) => `  ${SEEN[c.status]}: ${c.text}${places(c.evidence)}`),
    s.follow_ups.length > 0 && "To ask in the talk:",
    ...s.follow_ups.map(
      (q) => `  - ${q.ask}${q.path ? places([{ path: q.path, ...(q.line ? { line: q.line } : {}) }]) : ""}`,
    ),
    ...named("Symbolic links", s.repository.symbolic_links),
    ...named("Submodules", s.repository.submodules),
    ...named("LFS pointers", s.repository.lfs_pointers),
    ...named("Files over 1 MB", s.repository.large_files),
    ...named("Names that collide where case does not count", s.repository.colliding_names),
    s.secrets_seen.length > 0 && `What looks like a credential was added in: ${some(s.secrets_seen)}.`,
    s.without_diff.length > 0 &&
      `Without a readable difference (binary or too large): ${some(s.without_diff)}.`,
    missing.length > 0 ? `Not examined: ${missing.join("; ")}.` : "Everything that was asked for was read.",
    stored && `Stored as the snapshot of ${ref}.`,
    ...s.notes.map(quoteUntrusted),
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const named = (what: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${what}: ${some(names)}.`];

/** Names for a line; a reader of the facts has them all. */
const some = (names: readonly string[]): string =>
  names.length <= NAMED
    ? names.join(", ")
    : `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;

const UNITS = { cpu: "vCPU", memory_gib: "GiB of memory", gpu: "GPU" } as const;

/** "Requested GPU: 8 to 2, minus 75%": at the fewest replicas first, then at the most. */
function infrastructureLines(change: InfrastructureChange | null): string[] {
  if (!change) return [];
  const amounts = (["cpu", "memory_gib", "gpu"] as const).flatMap((key) => {
    const { before, after, percent } = change.requested[key];
    if (before.at_least === 0 && after.at_least === 0 && before.at_most === 0 && after.at_most === 0)
      return [];
    const moved = (from: number | null, to: number | null, part: number | null) =>
      from === to ? `${bound(to)}, unchanged` : `${bound(from)} to ${bound(to)}${share(part)}`;
    const least = moved(before.at_least, after.at_least, percent.at_least);
    const most = moved(before.at_most, after.at_most, percent.at_most);
    const isFixed = before.at_least === before.at_most && after.at_least === after.at_most;
    const range = isFixed ? least : `${least} at the fewest replicas; ${most} at the most`;
    return [`  Requested ${UNITS[key]}: ${range}.`];
  });
  return [
    "Infrastructure, from the manifests:",
    ...amounts,
    ...change.workloads.slice(0, NAMED).map(workloadLine),
    change.workloads.length > NAMED
      ? `  and ${pluralize(change.workloads.length - NAMED, "more workload")}`
      : "",
    ...named("  Kinds that are not computed", change.unknown_kinds),
    ...named("  Not plain YAML, not read", change.unreadable),
    ...named("  Beside a kustomization that does not name them, not counted", change.not_applied),
    ...named("  In several files, counted once", change.repeated),
    ...named("  Not evaluated", change.not_evaluated),
  ];
}

const bound = (amount: number | null): string => (amount === null ? "unbounded" : String(amount));
const share = (percent: number | null): string =>
  percent === null
    ? ""
    : percent === 0
      ? ", unchanged"
      : percent < 0
        ? `, minus ${-percent}%`
        : `, plus ${percent}%`;

function workloadLine({ name, kind, status, before, after }: WorkloadChange): string {
  if (!after) return `  removed: ${name} (${kind})`;
  const range = (s: NonNullable<typeof after>) =>
    s.replicas.at_least === s.replicas.at_most
      ? `${s.replicas.at_least}`
      : `${s.replicas.at_least}-${bound(s.replicas.at_most)}`;
  const shape = (s: NonNullable<typeof after>) =>
    `${range(s)} x (${s.requests.cpu} vCPU, ${s.requests.memory_gib} GiB${s.requests.gpu ? `, ${s.requests.gpu} GPU` : ""}), ${s.probes.length > 0 ? `probes ${s.probes.join(", ")}` : "no probes"}`;
  return `  ${status}: ${name} (${kind}) ${before ? `${shape(before)} -> ` : ""}${shape(after)}`;
}

function pipelineLine({ path, before, after, new_jobs }: PipelineChange): string {
  if (!after) return `Pipeline ${path} removed.`;
  const now = (key: "steps" | "with_retries" | "with_timeout") =>
    before && before[key] !== after[key] ? `${before[key]} -> ${after[key]}` : `${after[key]}`;
  // GitHub Actions knows no retries of its own.
  const retries = after.system === "github_actions" ? "" : `, with retries ${now("with_retries")}`;
  const jobs = new_jobs.length > 0 ? `; new: ${new_jobs.join(", ")}` : "";
  const loose = after.unpinned.length > 0 ? `; not pinned: ${after.unpinned.join(", ")}` : "";
  return `Pipeline ${path} (${after.system}${before ? "" : ", new"}): steps ${now("steps")}${retries}, with a timeout ${now("with_timeout")}${jobs}${loose}.`;
}

function places(evidence: readonly { path: string; line?: number }[]): string {
  if (evidence.length === 0) return "";
  return ` (${evidence.map(({ path, line }) => (line === undefined ? path : `${path}:${line}`)).join(", ")})`;
}
