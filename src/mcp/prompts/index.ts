import { completable, type McpServer, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { Services } from "../../services/services.ts";
import type { Caller } from "../../services/session.ts";
import { memoize } from "../once.ts";
import { refs } from "../resources/application.ts";
import { type CallerOf, startingWith } from "../resources/index.ts";
import { templateIds } from "../resources/role-templates.ts";
import { errorText, toClientError } from "../result.ts";
import type { ServerDeps } from "../server.ts";
import { prepareInterview } from "./prepare-interview.ts";
import { reviewSubmission } from "./review-submission.ts";
import { runDebrief } from "./run-debrief.ts";
import { scopeRole } from "./scope-role.ts";
import { screenCandidate } from "./screen-candidate.ts";
import { weeklyReview } from "./weekly-review.ts";

type PromptContext = { readonly services: Services; readonly caller: Caller };

/** A way of working, written for the assistant. `needs` names its arguments; each is completed from the record. */
export type Prompt = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly needs: readonly Argument[];
  write(args: Record<string, string | undefined>, context: PromptContext): Promise<string> | string;
};
type Argument = { readonly name: "application" | "template" | "role" | "round"; readonly optional?: boolean };

/** Every prompt, in the order in which clients list them. */
export const prompts: readonly Prompt[] = [
  scopeRole,
  screenCandidate,
  prepareInterview,
  reviewSubmission,
  runDebrief,
  weeklyReview,
];

const VALUES: Record<
  Argument["name"],
  (context: PromptContext) => readonly string[] | Promise<readonly string[]>
> = {
  application: refs,
  template: templateIds,
  role: ({ services, caller }) => services.roles.keys(caller),
  round: ({ services }) => services.catalog.get("mlops-engineer").interviews.map((kit) => kit.round),
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
    const argsSchema = memoize(services, prompt, () => argumentsOf(prompt, services));
    const config = { title: prompt.title, description: prompt.description, argsSchema };
    server.registerPrompt(prompt.name, config, async (args, context) => {
      try {
        const text = await prompt.write(args as Record<string, string | undefined>, {
          services: await services(),
          caller: callerOf(context, prompt.name),
        });
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

function argumentsOf(prompt: Prompt, services: ServerDeps["services"]) {
  const caller: Caller = { client: "completion", tool: prompt.name, signal: new AbortController().signal };
  const shape = prompt.needs.map(({ name, optional }) => {
    const value = z.string().max(60).describe(DESCRIBED[name]);
    const complete = (typed: string | undefined) =>
      startingWith(typed ?? "", async () => VALUES[name]({ services: await services(), caller }));
    return [name, optional ? completable(value.optional(), complete) : completable(value, complete)] as const;
  });
  return z.object(Object.fromEntries(shape));
}
