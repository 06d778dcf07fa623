import type { AccessRule } from "../../domain/access.ts";
import type { Context } from "../tool.ts";

/** A way of working, written for the assistant. `needs` names its arguments; each is completed from the record. */
export type Prompt = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Who may ask for it. */
  readonly access: AccessRule;
  readonly needs: readonly Argument[];
  write(args: PromptArguments, context: Context): Promise<string> | string;
};
export type Argument = {
  readonly name: "application" | "template" | "role" | "round";
  readonly optional?: boolean;
};
export type PromptArguments = Readonly<Record<string, string | undefined>>;
