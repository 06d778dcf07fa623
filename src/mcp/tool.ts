import type { ToolAnnotations } from "@modelcontextprotocol/server";
import type * as z from "zod";
import type { Services } from "../services/services.ts";
import type { Caller } from "../services/session.ts";

type ToolContext = { readonly services: Services; readonly caller: Caller };

/** Groups by which an operator narrows what is offered. */
export const TOOLSETS = [
  "roles",
  "candidates",
  "evaluation",
  "submissions",
  "outreach",
  "scheduling",
  "reports",
] as const;
type Toolset = (typeof TOOLSETS)[number];

/** What an answer looks like from outside: services may freeze what they give. */
export type Answer<O extends z.ZodObject> = Frozen<z.input<O>>;
type Frozen<T> = T extends readonly (infer U)[]
  ? readonly Frozen<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T;

/** What a call does to the record; every tool is one of these, and its hints follow. */
type Effect = "read" | "write" | "decide";

/** A tool is data and two functions: what to call, and how its answer reads as text. */
export type Tool<I extends z.ZodObject = z.ZodObject, O extends z.ZodObject = z.ZodObject> = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly toolset: Toolset;
  /** One word from which every hint is derived, so that none can contradict another. */
  readonly effect: Effect;
  /** True when it reaches beyond the database. */
  readonly openWorld?: boolean;
  readonly input: I;
  readonly output: O;
  handle(input: z.output<I>, context: ToolContext): Promise<Answer<O>>;
  /** The whole answer, compactly, for hosts that show a model nothing else. */
  text(output: Answer<O>): string;
  /** A picture of the answer as PNG, where one helps. */
  picture?(output: Answer<O>, context: Pick<ToolContext, "services">): Promise<Uint8Array | null>;
};

/** Types a tool's functions by its schemas; the list of tools then holds them all alike. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(tool: Tool<I, O>): Tool {
  return tool as unknown as Tool;
}

/** The four hints of the protocol. Every write here is natural to repeat: the second time changes nothing. */
export function annotationsFor(tool: Pick<Tool, "effect" | "openWorld">): ToolAnnotations {
  return {
    readOnlyHint: tool.effect === "read",
    destructiveHint: tool.effect === "decide",
    idempotentHint: true,
    openWorldHint: tool.openWorld ?? false,
  };
}
