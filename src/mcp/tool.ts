import type { ToolAnnotations } from "@modelcontextprotocol/server";
import type * as z from "zod";
import type { AccessRule, Act } from "../domain/access.ts";
import type { Services } from "../services/services.ts";
import type { Session } from "../services/session.ts";
import type { Answer } from "./answers/answer.ts";
import type { Confirmation } from "./answers/confirmation.ts";

/** What a tool, a prompt or a resource works with: every use case, and the call at work. */
export type Context = { readonly services: Services; readonly session: Session };

/** Groups by which an operator narrows what is offered. */
export const TOOLSETS = [
  "roles",
  "candidates",
  "evaluation",
  "submissions",
  "outreach",
  "scheduling",
  "reports",
  "team",
] as const;
type Toolset = (typeof TOOLSETS)[number];

/**
 * A tool is data and a few functions: what to call, how its answer reads as text, and where needed a picture of it and
 * what a person has to agree to.
 * @typeParam A what `handle` answers, exactly: `text` and `picture` are given this type and no wider one.
 */
export type Tool<
  N extends string = string,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodObject = z.ZodObject,
  A extends object = object,
> = {
  readonly name: N;
  readonly title: string;
  readonly description: string;
  readonly toolset: Toolset;
  /** Who may call it, and about whose applications. */
  readonly access: AccessRule;
  /** The act that a call with these arguments is for, where that takes more than `access`. */
  act?(input: z.output<I>): Act | undefined;
  /** True when it reaches beyond the database. */
  readonly openWorld?: boolean;
  /** True when it takes seconds, or others pay for it: one person may call it less often than the other tools. */
  readonly heavy?: true;
  readonly input: I;
  readonly output: O;
  handle(input: z.output<I>, context: Context): Promise<A>;
  /** The whole answer, compactly, for hosts that show a model nothing else. */
  text(answer: A): string;
  /** A picture of the answer as PNG, where one helps. */
  picture?(answer: A, context: Pick<Context, "services">): Promise<Uint8Array | null>;
} & Effect<A>;

/**
 * What a call does to the record, from which every hint follows. What decides asks a person, and says so here; so does a
 * write that asks for some of its arguments.
 */
type Effect<A> =
  | ({ readonly effect: "read" | "write" } & Partial<Asks<A>>)
  | ({ readonly effect: "decide" } & Asks<A>);
type Asks<A> = {
  /** What a person has to agree to before this call does anything; undefined where it has been done. */
  confirmation(answer: A): Confirmation | undefined;
};

/** Any tool, its own types forgotten: what the server and tests over the whole catalogue hold. */
export type AnyTool = Tool;

/** Types a tool's functions by its schemas and by what it answers. */
export function defineTool<
  N extends string,
  I extends z.ZodObject,
  O extends z.ZodObject,
  A extends Answer<O> & object,
>(tool: Tool<N, I, O, A>): Tool<N, I, O, A> {
  return tool;
}

/** The four hints of the protocol. Every write here is natural to repeat: the second time changes nothing. */
export function annotationsFor(tool: Pick<AnyTool, "effect" | "openWorld">): ToolAnnotations {
  return {
    readOnlyHint: tool.effect === "read",
    destructiveHint: tool.effect === "decide",
    idempotentHint: true,
    openWorldHint: tool.openWorld ?? false,
  };
}
