import * as z from "zod";
import type { JobPost } from "./job-post.ts";
import type { GeneralSetting, Setting } from "./setting.ts";

export const Severity = z.enum(["error", "warning", "info"]);
export type Severity = z.infer<typeof Severity>;

/** Something about a role that will cost time or people, and what to do about it. */
export const Finding = z.object({
  rule: z.string(),
  severity: Severity,
  where: z.string(),
  /** Verbatim from the role or the post; left out where something is missing. */
  quote: z.string().optional(),
  why: z.string(),
  fix: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** One place where a rule is broken. What it leaves out is as the rule says. */
type Hit = {
  readonly quote?: string;
  readonly where?: string;
  readonly severity?: Severity;
  readonly why?: string;
  readonly fix?: string;
};

/** A rule is data with one function: where in a post, or in a role written out as one, it is broken. */
export type Rule = {
  readonly id: string;
  readonly severity: Severity;
  readonly where: string;
  readonly why: string;
  readonly fix: string;
  /** True where the fault makes a search drag: these decide the forecast. */
  readonly scoping: boolean;
  /** A mistake of the role template that the rule stands on; a template that does not name it is not held to it. */
  readonly mistake?: string;
  find(post: JobPost, setting: Setting): readonly Hit[];
};

/** A rule that holds for any trade, and so without a template too. */
export type GeneralRule = Omit<Rule, "find" | "mistake"> & {
  readonly general: true;
  find(post: JobPost, setting: GeneralSetting): readonly Hit[];
};
