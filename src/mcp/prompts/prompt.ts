import type { AccessRule } from "../../domain/access.ts";
import type { Context } from "../tool.ts";

/**
 * A prompt: instructions for the assistant on one piece of work. `needs` names its arguments, which are completed from
 * the record.
 */
export type Prompt = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The access rule for this prompt. */
  readonly access: AccessRule;
  readonly needs: readonly Argument[];
  write(args: PromptArguments, context: Context): Promise<string> | string;
};
export type Argument = {
  readonly name: "application" | "template" | "role" | "round";
  readonly optional?: boolean;
};
export type PromptArguments = Readonly<Record<string, string | undefined>>;
