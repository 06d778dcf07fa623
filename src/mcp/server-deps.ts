import type { ServerContext } from "@modelcontextprotocol/server";
import type { AccessRule } from "../domain/access.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { Caller } from "../services/session.ts";
import type { ConfirmMode } from "./confirm.ts";
import type { AnyTool } from "./tool.ts";

export type ServerDeps = {
  /** Made on first need: what it takes to open a database is not what it takes to list tools. */
  readonly services: () => Promise<Services>;
  /** What is offered, in order, already narrowed to what the operator allows. */
  readonly tools: readonly AnyTool[];
  readonly confirm: ConfirmMode;
  readonly version: string;
  readonly log: Log;
};

/** What is called: a tool, a prompt or a resource, with its own rule of who may. What names no effect reads. */
export type Called = {
  readonly name: string;
  readonly access: AccessRule;
  readonly effect?: AnyTool["effect"];
};
export type CallerOf = (context: ServerContext, called: Called) => Caller;
