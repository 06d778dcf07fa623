import * as z from "zod";
import { DomainError } from "../domain/errors.ts";
import type { Remedy } from "../domain/remedy.ts";
import type { Caller } from "../services/session.ts";
import type { ServiceSettings } from "../services/settings.ts";
import { WIRE } from "./frames.ts";

/** The longest frame: room for the longest message of a client. Before the greeting, only a short one is accepted. */
export const LONGEST_FRAME = 160 * 1024 * 1024;
export const LONGEST_GREETING = 64 * 1024;

/** Two processes share a database only when these are equal. */
export type Release = { readonly version: string; readonly schema: number };
const Release = z.object({ version: z.string(), schema: z.number(), wire: z.number() });

/** The first frame of a process that connects: its release and its settings. */
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

/** The caller as it is sent. A cancelled call is a message of its own. */
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
/** Checks the outer shape of what arrives. Each service checks its own input. */
const CallerShape = z.object({
  client: z.string(),
  tool: z.string(),
  member: z.string().optional(),
  scopes: z.array(z.string()).optional(),
  uploadPage: z.string().optional(),
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
  /** The holder is leaving and has not begun this call. The next holder will carry it out. */
  | { readonly id: number; readonly notBegun: true };

/** An error as it is sent: a `DomainError` in full; a defect as the reference under which the holder logged it. */
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
