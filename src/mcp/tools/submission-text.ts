import { BLIND, type SubmissionFacts } from "../../domain/submission/summarize.ts";
import { linesOf, quoteUntrusted } from "../text.ts";

type Shown = { ref: string | null; missing: readonly string[]; stored: boolean; submission: unknown };

const of = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const clock = (iso: string | null): string =>
  iso === null ? "unknown" : `${new Date(iso).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** The facts in the order in which a reviewer asks for them; what was not examined comes before the candidate's words. */
export function submissionText({ ref, missing, stored, submission }: Shown): string {
  const s = submission as SubmissionFacts;
  const { identity: id, timeline: t, tests } = s;
  const state = `${id.state}${id.draft ? ", draft" : ""}`;
  const pinned = `pinned to ${id.head_sha.slice(0, 12)}`;
  return linesOf(
    id.repository === BLIND
      ? `Pull request ${id.pull_request} (${state}) into ${id.base}, ${pinned}. Blind: whose it is was left out.`
      : `${id.repository}, pull request ${id.pull_request} (${state}), ${id.branch} into ${id.base}, ${pinned}.`,
    id.due &&
      `Due ${clock(id.due)}, last pushed ${clock(id.updated_at)}${id.late_by_days ? `: ${id.late_by_days} days late` : ""}.`,
    `Timeline: ${of(t.commits, "commit")} on ${of(t.active_days, "day")}, ${clock(t.first)} to ${clock(t.last)} (as the commits claim)${t.single_commit ? "; all in one commit" : ""}.`,
    `Change: ${of(s.totals.files, "file")}, +${s.totals.added} -${s.totals.removed}.`,
    ...s.areas.map((a) => `  ${a.area}: ${of(a.files, "file")}, +${a.added} -${a.removed}`),
    `Tests: ${of(tests.files_added, "file")} added, ${tests.files_changed} changed, ${tests.files_removed} removed; ${of(tests.cases_added, "case")} added, ${tests.skipped_added} newly skipped.`,
    s.protected_edited.length > 0 && `Protected files edited: ${s.protected_edited.join(", ")}.`,
    s.workflows_edited.length > 0 && `CI workflows edited: ${s.workflows_edited.join(", ")}.`,
    s.checks.length > 0
      ? `Checks: ${s.checks.map((c) => `${c.name} ${c.conclusion ?? c.status}`).join(", ")}.`
      : "Checks: none reported.",
    s.coverage.length > 0 && "Requirements of the exercise:",
    ...s.coverage.map((c) => `  ${c.status}: ${c.text}${places(c.evidence)}`),
    s.secrets_seen.length > 0 && `What looks like a credential was added in: ${s.secrets_seen.join(", ")}.`,
    s.without_diff.length > 0 &&
      `Without a readable difference (binary or too large): ${s.without_diff.join(", ")}.`,
    missing.length > 0 ? `Not examined: ${missing.join("; ")}.` : "Everything that was asked for was read.",
    stored && `Stored as the snapshot of ${ref}.`,
    ...s.notes.slice(0, 3).map(quoteUntrusted),
    s.notes.length > 3 && `${of(s.notes.length - 3, "more note")} in the structured answer.`,
  );
}

function places(evidence: readonly { path: string; line?: number }[]): string {
  if (evidence.length === 0) return "";
  return ` (${evidence.map(({ path, line }) => (line === undefined ? path : `${path}:${line}`)).join(", ")})`;
}
