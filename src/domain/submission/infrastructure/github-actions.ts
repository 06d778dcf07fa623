import { plainLine } from "../../untrusted.ts";
import type { Pipeline } from "./facts.ts";
import { type Fields, fieldsAt, isFields, listAt } from "./manifests.ts";
import { emptyPipeline, imagesOf, MAX_NAMES } from "./pipeline-parts.ts";

/** A commit, or a tag of a version. A branch moves, and so may a tag; tags are told as pinned all the same. */
const FIXED = /@(?:[0-9a-f]{40}|v\d+(?:\.\d+)*|\d+(?:\.\d+)+)$/;

/**
 * A workflow of GitHub Actions (docs: "Workflow syntax"). Timeouts are those of jobs, and those of steps in jobs without
 * one. `job_runs` counts each combination of a job's matrix.
 */
export function githubActions(path: string, fields: Fields): Pipeline {
  const jobs = Object.entries(fieldsAt(fields, "jobs")).flatMap(([name, job]) =>
    isFields(job) ? [{ name, job }] : [],
  );
  const steps = jobs.flatMap(({ job }) => listAt(job, "steps"));
  const uses = [...steps, ...jobs.map(({ job }) => job)].flatMap((one) =>
    typeof one.uses === "string" ? [one.uses] : [],
  );
  const isFixed = (action: string) => FIXED.test(action) || action.startsWith("./");
  const actions = uses.filter((action) => !action.startsWith("docker://"));
  const images = imagesOf([
    ...uses
      .filter((action) => action.startsWith("docker://"))
      .map((action) => action.slice("docker://".length)),
    ...jobs.flatMap(({ job }) => imagesIn(job)),
  ]);
  const timeouts = jobs.map(({ job }) =>
    hasTimeout(job) ? 1 : listAt(job, "steps").filter(hasTimeout).length,
  );
  const runs = jobs.map(({ job }) => combinations(job));
  const reused = jobs.filter(({ job }) => typeof job.uses === "string").map(({ name }) => plainLine(name));
  return {
    ...emptyPipeline(path, "github_actions", steps.length),
    with_timeout: timeouts.reduce((sum, n) => sum + n, 0),
    pinned: actions.filter(isFixed).length + (images.pinned ?? 0),
    unpinned: [
      ...actions.filter((action) => !isFixed(action)).map((action) => plainLine(action)),
      ...images.unpinned,
    ].slice(0, MAX_NAMES),
    jobs: jobs.slice(0, MAX_NAMES).map(({ name }) => plainLine(name)),
    job_runs: runs.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0),
    why: [
      ...(reused.length > 0
        ? [`steps of reused workflows are not counted: ${reused.slice(0, MAX_NAMES).join(", ")}`]
        : []),
      ...(runs.includes(null) ? ["a matrix is made by an expression or by inclusions"] : []),
    ],
  };
}

const hasTimeout = (one: Fields): boolean => one["timeout-minutes"] !== undefined;

const imageIn = (value: unknown): unknown => (typeof value === "string" ? value : fieldsAt(value).image);

const imagesIn = (job: Fields): unknown[] =>
  [imageIn(job.container), ...Object.values(fieldsAt(job, "services")).map(imageIn)].filter(
    (image) => typeof image === "string" && !image.includes("${{"),
  );

/** How often a job runs for its matrix. Null where the text does not say it. */
function combinations(job: Fields): number | null {
  const strategy = fieldsAt(job, "strategy");
  const { matrix } = strategy;
  if (matrix === undefined) return 1;
  if (!isFields(matrix)) return null;
  const { include, exclude, ...axes } = matrix;
  const values = Object.values(axes);
  if (exclude !== undefined || (include !== undefined && values.length > 0)) return null;
  const lists = include === undefined ? values : [include];
  return lists.reduce<number | null>(
    (product, list) => (product === null || !Array.isArray(list) ? null : product * list.length),
    1,
  );
}
