import * as z from "zod";
import { DomainError } from "../domain/errors.ts";
import type { Remedy } from "../domain/remedy.ts";
import type { Caller } from "../services/session.ts";
import type { ServiceSettings } from "../services/settings.ts";
import { WIRE } from "./frames.ts";

/** How long a frame may be: the longest message of a client and what surrounds it; before the greeting, next to nothing. */
export const LONGEST_FRAME = 160 * 1024 * 1024;
export const LONGEST_GREETING = 64 * 1024;

/** What two processes must have in common to work on one database. */
export type Release = { readonly version: string; readonly schema: number };
const Release = z.object({ version: z.string(), schema: z.number(), wire: z.number() });

/** The first frame of whoever connects: which release they are, and what they were started with. */
export const Hello = z.object({ greenflag: Release, settings: z.unknown() });
/** The answer to it. */
export type Welcome = z.infer<typeof Welcome>;
export const Welcome = z.union([
  z.object({ welcome: z.literal(true) }),
  z.object({ refused: z.object({ version: z.string(), command: z.string(), pid: z.number() }) }),
]);

export const helloOf = ({ version, schema }: Release, settings: ServiceSettings) => ({
  greenflag: { version, schema, wire: WIRE },
  settings,
});

export const isSameRelease = (ours: Release, theirs: z.infer<typeof Release>): boolean =>
  ours.version === theirs.version && ours.schema === theirs.schema && theirs.wire === WIRE;

/** Who calls, as it crosses: whether they went away is told by a message of its own. */
export type CallerFacts = Omit<Caller, "signal">;

/** One piece of work for the holder: to start a session and say what it is, or to carry out one call of one service. */
export type Work =
  | { readonly start: "session"; readonly caller: CallerFacts }
  | { readonly start: "upkeep" }
  | {
      readonly group: string;
      readonly method: string;
      /** Undefined where the work is done for the person at the machine, not for a member. */
      readonly caller: CallerFacts | undefined;
      readonly input: readonly unknown[];
    };

export type ToHolder =
  | { readonly id: number; readonly work: Work }
  | { readonly id: number; readonly cancel: true };
/** Loosely, for what arrives: a service looks at its input by itself. */
const CallerShape = z.object({
  client: z.string(),
  tool: z.string(),
  access: z.record(z.string(), z.string()),
});
export const ToHolder = z.union([
  z.object({ id: z.number(), cancel: z.literal(true) }),
  z.object({
    id: z.number(),
    work: z.union([
      z.object({ start: z.literal("session"), caller: z.looseObject(CallerShape.shape) }),
      z.object({ start: z.literal("upkeep") }),
      z.object({
        group: z.string(),
        method: z.string(),
        caller: z.looseObject(CallerShape.shape).optional(),
        input: z.array(z.unknown()),
      }),
    ]),
  }),
]);

export type ToFollower =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: CrossedError }
  /** The holder is leaving and has not begun: whoever holds the database next will. */
  | { readonly id: number; readonly notBegun: true };

/** An error as it crosses: ours in full, a defect as the reference under which the holder's log explains it. */
export type CrossedError =
  | Pick<DomainError, "code" | "message" | "hint" | "remedy">
  | { readonly defect: string };

export const crossedError = ({ code, message, hint, remedy }: DomainError): CrossedError => ({
  code,
  message,
  hint,
  remedy,
});

export function errorFrom(crossed: CrossedError): Error {
  if ("defect" in crossed)
    return new Error(
      `a defect in the process that holds the database; its log explains it: ${crossed.defect}`,
    );
  const next: string | Remedy | undefined = crossed.remedy ?? crossed.hint;
  return new DomainError(crossed.code, crossed.message, next);
}
