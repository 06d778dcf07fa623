import type { Area } from "../../../src/domain/submission/facts.ts";
import type { MadeCommit } from "../made-repository.ts";

export type Files = MadeCommit["files"];
type Content = Exclude<Files[string], null>;

/** What a deployment asks for: pods at the fewest and the most, and one pod's vCPU, GiB of memory and GPUs. */
export type Pods = {
  readonly least: number;
  readonly most: number;
  readonly cpu: number;
  readonly memory: number;
  readonly gpu: number;
};

/** Counts of test cases by the names that facts give them. */
export type Cases = Record<
  "cases_added" | "cases_removed" | "skipped_added" | "focused_added" | "emptied",
  number
>;

/** A credential by construction: the step of its piece that put it in, and the one that took it away again. */
type Secret = { readonly kind: string; readonly line: number; readonly from: number; readonly to?: number };

/** One part of a made submission: a file at the start, what the work makes of it step by step, and what follows. */
export type Piece = {
  readonly path: string;
  /** Its name at the start, where it was another. */
  readonly from?: string;
  readonly area: Area;
  readonly given: Content | null;
  /** The file after each step. The last is what the head holds. */
  readonly steps: readonly (Content | null)[];
  /** Set for a file of tests. */
  readonly cases?: Cases;
  /** Set for a file of tests in a language that is not counted. */
  readonly language?: string;
  readonly workload?: {
    readonly name: string;
    readonly before: Pods | null;
    readonly after: Pods | null;
  };
  /** Set for an autoscaler in a file of its own: the path of what it scales. */
  readonly scales?: string;
  readonly secret?: Secret;
  /** The requirements of which it has a trace, and the one of which it only touches the files. */
  readonly traces?: readonly string[];
  readonly touches?: string;
};

/** What becomes of a line: it stays, is new, or goes. */
export type Fate = "stays" | "new" | "goes";

/**
 * The texts before and after, of lines that all differ from each other, so that no diff has a choice. Null on a side
 * without lines.
 */
export function sidesOf(lines: readonly (readonly [Fate, string])[], end = "\n") {
  const side = (without: Fate) => {
    const kept = lines.filter(([fate]) => fate !== without);
    return kept.length === 0 ? null : kept.map(([, line]) => line + end).join("");
  };
  return { before: side("new"), after: side("goes") };
}

const textOf = (content: Content | null): string => {
  if (content === null || content instanceof Uint8Array) return "";
  return typeof content === "string" ? content : content.is;
};
const linesOf = (content: Content | null) =>
  textOf(content)
    .split(/(?<=\n)/)
    .filter((line) => line !== "");
const modeOf = (content: Content) =>
  typeof content === "string" || content instanceof Uint8Array ? "100644" : content.mode;

export type Change = {
  readonly status: "added" | "removed" | "modified" | "renamed" | "other";
  readonly added: number;
  readonly removed: number;
};

/** How a piece differs between start and head. Undefined where it does not. */
export function changeOf({ from, given, steps }: Piece): Change | undefined {
  const head = steps.at(-1) ?? null;
  const isLink = (content: Content | null) => content !== null && modeOf(content) === "120000";
  const isAnother = isLink(given) !== isLink(head);
  const [before, after] = [linesOf(given), linesOf(head)];
  const without = (lines: string[], others: string[]) =>
    lines.filter((line) => isAnother || !others.includes(line)).length;
  const lines = { added: without(after, before), removed: without(before, after) };
  if (given === null) return head === null ? undefined : { status: "added", ...lines };
  if (head === null) return { status: "removed", ...lines };
  if (from !== undefined) return { status: "renamed", ...lines };
  if (isAnother) return { status: "other", ...lines };
  const isSame = modeOf(given) === modeOf(head) && Buffer.from(bytesOf(given)).equals(bytesOf(head));
  return isSame ? undefined : { status: "modified", ...lines };
}

const bytesOf = (content: Content): Uint8Array =>
  content instanceof Uint8Array ? content : Buffer.from(textOf(content));
