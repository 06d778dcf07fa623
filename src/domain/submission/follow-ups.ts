import type { FollowUp } from "../roles/role-template.ts";
import type { Coverage, Question } from "./facts.ts";
import type { Observation } from "./observations.ts";

const MAX_QUESTIONS = 8;
/** The most repetitions of one question, because asking it about a third workload adds nothing. */
const MAX_SAME_QUESTION = 2;

/** Questions about things in the change come first, then questions about requirements without a trace. */
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

/** Fills the `{name}` places of a sentence. A name without a value is left out. */
const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "it");
