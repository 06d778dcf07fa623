import * as z from "zod";
import type { Stage } from "./role-template.ts";

/** How senior the person is to be; salary bands are kept per level. */
export const Level = z.enum(["entry", "mid", "senior", "staff"]);
export type Level = z.infer<typeof Level>;

export const RoleStatus = z.enum(["open", "on_hold", "filled", "cancelled"]);
export type RoleStatus = z.infer<typeof RoleStatus>;

/** Whether a role still looks for somebody, on hold or not; nothing is owed for one that is filled or cancelled. */
export const isRunning = ({ status }: { readonly status: RoleStatus }): boolean =>
  status === "open" || status === "on_hold";

/** Who interviews in which round: members by e-mail. */
export const Panel = z.array(z.strictObject({ round: z.string(), members: z.array(z.string()) }));
export type Panel = z.infer<typeof Panel>;

/** An opening as the hiring team describes it. Pay is whole currency units a year. */
export type Role = {
  readonly key: string;
  readonly template: string;
  readonly lane: string | null;
  readonly title: string;
  readonly level: Level;
  readonly location: string;
  readonly remote: boolean;
  readonly onCall: string | null;
  readonly compMin: number | null;
  readonly compMax: number | null;
  readonly currency: string;
  readonly outcomes: readonly string[];
  readonly mustHaves: readonly string[];
  readonly niceToHaves: readonly string[];
  readonly panel: Panel;
  readonly stages: readonly Stage[];
  readonly status: RoleStatus;
};

/** The first free key behind a short one: MLE, MLE2, MLE3. */
export function freeKey(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let n = 2;
  while (taken.has(`${wanted}${n}`)) n += 1;
  return `${wanted}${n}`;
}
