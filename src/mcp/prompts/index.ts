import {
  completable,
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { requireWellFormed } from "../../domain/well-formed.ts";
import { completesFor, completionCaller, startingWith } from "../completion.ts";
import { memoize } from "../memoize.ts";
import { withProgress } from "../progress.ts";
import { refs } from "../resources/application.ts";
import { templateIds } from "../resources/role-templates.ts";
import { errorText, toClientError } from "../result.ts";
import type { CallerOf, ServerDeps } from "../server-deps.ts";
import type { Context } from "../tool.ts";
import { prepareInterview } from "./prepare-interview.ts";
import type { Argument, Prompt, PromptArguments } from "./prompt.ts";
import { reviewSubmission } from "./review-submission.ts";
import { runDebrief } from "./run-debrief.ts";
import { scopeRole } from "./scope-role.ts";
import { screenCandidate } from "./screen-candidate.ts";
import { weeklyReview } from "./weekly-review.ts";

/** Every prompt, in the order in which clients list them. */
export const prompts: readonly Prompt[] = [
  scopeRole,
  screenCandidate,
  prepareInterview,
  reviewSubmission,
  runDebrief,
  weeklyReview,
];

/** The values of an argument; `chosen` are those of the arguments that have been filled in already. */
type ValuesOf = (context: Context, chosen: PromptArguments) => readonly string[] | Promise<readonly string[]>;

const VALUES: Record<Argument["name"], ValuesOf> = {
  application: refs,
  template: templateIds,
  role: ({ services, session }) => services.roles.keys(session),
  round: ({ services, session }, { application }) => services.roles.rounds(session, application),
};

const DESCRIBED: Record<Argument["name"], string> = {
  application: "Reference, such as MLE-7",
  template: "Template id, such as mlops-engineer",
  role: "Role key, such as MLE",
  round: "Stage id of the round, such as incident",
};

export function registerPrompts(server: McpServer, deps: ServerDeps, callerOf: CallerOf): void {
  const { services, log } = deps;
  for (const prompt of prompts) {
    const argsSchema = memoize(completesFor(deps), prompt, () => argumentsOf(prompt, deps));
    const config = { title: prompt.title, description: prompt.description, argsSchema };
    const write = async (args: unknown, context: ServerContext) => {
      requireWellFormed(args);
      const made = await services();
      const session = await made.startSession(callerOf(context, prompt));
      return prompt.write(args as PromptArguments, { services: made, session });
    };
    server.registerPrompt(prompt.name, config, async (args, context) => {
      try {
        const text = await withProgress(context, () => write(args, context));
        return {
          description: prompt.description,
          messages: [{ role: "user", content: { type: "text", text } }],
        };
      } catch (error) {
        throw new ProtocolError(
          ProtocolErrorCode.InvalidParams,
          errorText(toClientError(error, prompt.name, log)),
        );
      }
    });
  }
}

function argumentsOf(prompt: Prompt, { services, signedIn }: ServerDeps) {
  const shape = prompt.needs.map(({ name, optional }) => {
    const value = z.string().max(60).describe(DESCRIBED[name]);
    const complete = (typed: string | undefined, context?: { readonly arguments?: PromptArguments }) =>
      startingWith(typed ?? "", async () => {
        const made = await services();
        const session = await made.startSession(completionCaller(prompt, signedIn));
        return VALUES[name]({ services: made, session }, context?.arguments ?? {});
      });
    return [name, optional ? completable(value.optional(), complete) : completable(value, complete)] as const;
  });
  return z.object(Object.fromEntries(shape));
}
