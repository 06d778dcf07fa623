import type { Requirement } from "../role-template.ts";
import { plainLine, type Untrusted, untrusted } from "../untrusted.ts";
import { AREAS, type Area, areaOf, globMatcher } from "./areas.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { addedLines, looksLikeSecret, SKIP, TEST_CASE } from "./patch.ts";
import type { ChangedFile, Check, PullRequestSnapshot } from "./snapshot.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

/** What may be known beside the pull request itself. Blind leaves out whose work it is. */
export type SummaryOptions = {
  readonly blind: boolean;
  readonly assignedAt?: string;
  readonly due?: string;
  readonly requirements?: readonly Requirement[];
  /** Globs of paths that the exercise asks to leave alone. */
  readonly protected?: readonly string[];
};

/** The facts of a submission: computed, quoted or missing, never a judgement. */
export type SubmissionFacts = {
  identity: {
    repository: string;
    pull_request: number;
    branch: string;
    base: string;
    head_sha: string;
    base_sha: string;
    state: string;
    draft: boolean;
    opened_at: string;
    updated_at: string;
    due?: string;
    late_by_days?: number;
  };
  timeline: Timeline;
  totals: { files: number; added: number; removed: number };
  areas: { area: Area; files: number; added: number; removed: number }[];
  tests: {
    files_added: number;
    files_changed: number;
    files_removed: number;
    cases_added: number;
    skipped_added: number;
  };
  protected_edited: string[];
  workflows_edited: string[];
  checks: {
    name: string;
    app: string;
    status: string;
    conclusion: string | null;
    completed_at: string | null;
  }[];
  coverage: Coverage[];
  secrets_seen: string[];
  without_diff: string[];
  notes: Untrusted[];
  missing: string[];
};

const NOTE_CHARS = 1_500;
const MESSAGES = 20;
const MESSAGE_CHARS = 200;
/** Stands where a name, handle or address was in blind mode. */
export const BLIND = "[left out]";

/** Computes the facts of a pull request from one snapshot of it. The same snapshot gives the same facts. */
export function summarize(snapshot: PullRequestSnapshot, options: SummaryOptions): SubmissionFacts {
  const { files, totals } = snapshot;
  const edited = (globs: readonly string[]) => {
    const matchers = globs.map(globMatcher);
    return files.filter((f) => matchers.some((match) => match(f.path))).map((f) => plainLine(f.path));
  };
  return {
    identity: identityOf(snapshot, options),
    timeline: timelineOf(snapshot, options.assignedAt),
    totals: { files: totals.files, added: totals.added, removed: totals.removed },
    areas: areasOf(files),
    tests: testsOf(files),
    protected_edited: edited(options.protected ?? []),
    workflows_edited: edited([".github/workflows/**"]),
    checks: snapshot.checks.map(viewCheck),
    coverage: coverageOf(options.requirements ?? [], snapshot, options.blind),
    secrets_seen: files
      .filter((f) => addedLines(f.patch ?? "").some(({ text }) => looksLikeSecret(text)))
      .map((f) => plainLine(f.path)),
    without_diff: files
      .filter((f) => f.patch === undefined && f.status !== "renamed")
      .map((f) => plainLine(f.path)),
    notes: notesOf(snapshot, options.blind),
    missing: missingOf(snapshot, options),
  };
}

function identityOf(s: PullRequestSnapshot, { blind, due }: SummaryOptions): SubmissionFacts["identity"] {
  const late =
    due === undefined ? undefined : Math.max(0, (Date.parse(s.updatedAt) - Date.parse(due)) / 86_400_000);
  return {
    repository: blind ? BLIND : `${s.owner}/${s.repo}`,
    pull_request: s.number,
    branch: blind ? BLIND : plainLine(s.branch),
    base: plainLine(s.base),
    head_sha: s.headSha,
    base_sha: s.baseSha,
    state: s.state,
    draft: s.draft,
    opened_at: s.createdAt,
    updated_at: s.updatedAt,
    ...(due === undefined || late === undefined ? {} : { due, late_by_days: Math.round(late * 10) / 10 }),
  };
}

function areasOf(files: readonly ChangedFile[]): SubmissionFacts["areas"] {
  return AREAS.flatMap((area) => {
    const inArea = files.filter((file) => areaOf(file.path) === area);
    const sum = (key: "added" | "removed") => inArea.reduce((total, file) => total + file[key], 0);
    return inArea.length === 0
      ? []
      : [{ area, files: inArea.length, added: sum("added"), removed: sum("removed") }];
  });
}

function testsOf(files: readonly ChangedFile[]): SubmissionFacts["tests"] {
  const tests = files.filter((file) => areaOf(file.path) === "tests");
  const lines = tests.flatMap((file) => addedLines(file.patch ?? ""));
  const having = (...status: ChangedFile["status"][]) =>
    tests.filter((file) => status.includes(file.status)).length;
  return {
    files_added: having("added"),
    files_changed: having("modified", "renamed", "other"),
    files_removed: having("removed"),
    cases_added: lines.filter(({ text }) => TEST_CASE.test(text)).length,
    skipped_added: lines.filter(({ text }) => SKIP.test(text)).length,
  };
}

const viewCheck = (check: Check): SubmissionFacts["checks"][number] => ({
  name: plainLine(check.name),
  app: plainLine(check.app),
  status: check.status,
  conclusion: check.conclusion,
  completed_at: check.completedAt,
});

/** The candidate's own words, bounded and marked. In blind mode their handle is taken out of them as well. */
function notesOf(s: PullRequestSnapshot, blind: boolean): Untrusted[] {
  const hide = (text: string) => (blind ? withoutIdentity(text, s) : text);
  const note = (text: string, source: string, max: number) => {
    const cleaned = untrusted(hide(text), { source, max });
    return { ...cleaned, text: cleaned.text.trim() };
  };
  const messages = s.commits
    .slice(0, MESSAGES)
    .map((c) => note(c.message, `commit ${c.sha.slice(0, 7)}`, MESSAGE_CHARS));
  const body = s.body.trim() === "" ? [] : [note(s.body, "pull request text", NOTE_CHARS)];
  return [note(s.title, "pull request title", MESSAGE_CHARS), ...body, ...messages];
}

const EMAIL = /[^\s@<>()]{1,64}@[^\s@<>()]{1,255}/g;
const HANDLE = /(?<![\w/])@[A-Za-z0-9-]{1,39}/g;

function withoutIdentity(text: string, { author, owner }: PullRequestSnapshot): string {
  const names = [...new Set([author, owner])].filter((name) => name.length > 1);
  const hidden = text.replace(EMAIL, BLIND).replace(HANDLE, BLIND);
  return names.reduce(
    (kept, name) => kept.replaceAll(name, BLIND),
    hidden.replace(/^(?:Signed-off-by|Co-authored-by):.*$/gim, BLIND),
  );
}

function missingOf(s: PullRequestSnapshot, { requirements }: SummaryOptions): string[] {
  const brief =
    requirements === undefined ? ["requirements: no exercise is on record for this submission"] : [];
  const short = (what: string, listed: number, total: number) =>
    listed < total ? [`${what}: ${listed} of ${total} were read`] : [];
  return [
    ...s.missing,
    ...brief,
    ...short("commits", s.commits.length, s.totals.commits),
    ...short("files", s.files.length, s.totals.files),
  ];
}
