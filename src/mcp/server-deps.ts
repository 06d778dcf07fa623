import type { ServerContext } from "@modelcontextprotocol/server";
import type { AccessRule } from "../domain/access.ts";
import type { Log } from "../log.ts";
import type { Services } from "../services/services.ts";
import type { Caller, SignedIn } from "../services/session.ts";
import type { ConfirmMode } from "./confirm.ts";
import type { NoteSignIn } from "./note-sign-in.ts";
import type { AnyTool } from "./tool.ts";

export type ServerDeps = {
  /** Made when first needed, because listing the tools needs no database. */
  readonly services: () => Promise<Services>;
  /** The tools that the operator allows, in order. */
  readonly tools: readonly AnyTool[];
  readonly confirm: ConfirmMode;
  readonly version: string;
  readonly log: Log;
  /** The address of the page that takes files, where this process serves one. */
  readonly uploadPage?: () => string | undefined;
  /** Who is signed in on this connection. Without it, calls act for the member of the process. */
  readonly signedIn?: SignedIn | undefined;
  /** The origin by which clients know this server, where people sign in. */
  readonly publicUrl?: string | undefined;
  /** Records that a signed-in person works through this client, once a day. */
  readonly noteSignIn?: NoteSignIn;
  /** How much a signed-in person may have done. Begins a call and gives what ends it; throws where it is too much. */
  readonly limits?: { begin(member: string, tool: Pick<AnyTool, "name" | "heavy">): () => void };
};

/** The tool, prompt or resource that is called, with its access rule. Without an effect it only reads. */
export type Called = {
  readonly name: string;
  readonly access: AccessRule;
  readonly effect?: AnyTool["effect"];
};
export type CallerOf = (context: ServerContext, called: Called) => Caller;
