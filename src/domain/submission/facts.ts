import type { Untrusted } from "../untrusted.ts";
import type { Area } from "./areas.ts";
import type { Coverage } from "./coverage.ts";
import type { Question } from "./follow-ups.ts";
import type { InfrastructureChange } from "./infrastructure/change.ts";
import type { PipelineChange } from "./infrastructure/pipelines.ts";
import type { TreeFacts } from "./repository-tree.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";
import type { Timeline } from "./timeline.ts";

/** The facts of a submission: computed, quoted or missing, never a judgement. */
export type SubmissionFacts = {
  identity: {
    source: SubmissionSnapshot["source"];
    repository: string;
    /** The name under which it was asked for, where it was renamed since. */
    asked_as?: string;
    pull_request: number | null;
    branch: string;
    base: string;
    head_sha: string;
    base_sha: string;
    /** Set when the head has moved since the snapshot before. */
    previous_head_sha?: string;
    state: string;
    draft: boolean;
    opened_at: string | null;
    pushed_at: string | null;
    exercise: string | null;
    /** Changes with the exercise's data: answers of two versions were asked for different things. */
    exercise_version?: string;
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
    cases_removed: number;
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
  /** CI workflows over all commits: how often they ran, when first green, and how the newest run ended. */
  workflows: { name: string; runs: number; first_green_at: string | null; last: string | null }[];
  infrastructure: InfrastructureChange | null;
  pipelines: PipelineChange[];
  coverage: Coverage[];
  follow_ups: Question[];
  repository: TreeFacts;
  secrets_seen: string[];
  without_diff: string[];
  notes: Untrusted[];
  missing: string[];
};

/** Stands where a name, handle or address was in blind mode. */
export const BLIND = "[left out]";
