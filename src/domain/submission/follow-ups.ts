import type { FollowUp } from "../roles/role-template.ts";
import type { Coverage, Question } from "./facts.ts";
import type { Observation } from "./observations.ts";

const MAX_QUESTIONS = 8;
/** The same question about a third workload adds nothing to a talk. */
const MAX_SAME_QUESTION = 2;

/** Questions that the change itself raises, then those about requirements of which nothing was seen. */
export function followUpsOf(
  followUps: readonly FollowUp[],
  observations: readonly Observation[],
  coverage: readonly Coverage[],
): Question[] {
  const raised = followUps.flatMap(({ when, ask }) =>
    observations
      .filter((o) => o.id === when)
      .slice(0, MAX_SAME_QUESTION)
      .map(
        (o): Question => ({
          ask: filled(ask, o.values),
          path: o.path,
          ...(o.line === undefined ? {} : { line: o.line }),
        }),
      ),
  );
  const unseen = followUps.flatMap(({ when, ask }) =>
    coverage.some((c) => c.status === "not_seen" && when === `not_seen:${c.id}`) ? [{ ask }] : [],
  );
  return [...raised, ...unseen].slice(0, MAX_QUESTIONS);
}

/** Puts values into `{name}` places; a name without a value stays out of the sentence. */
const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "it");
