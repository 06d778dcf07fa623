import { isRound } from "../panel/panel.ts";
import type { Role } from "./role.ts";
import type { RoleTemplate, Stage } from "./role-template.ts";
import { kitOfAddedRound, placesIn, type TemplateDefaults } from "./template-defaults.ts";

/**
 * A template as a role has it: with the role's stages, minutes and questions. A stage that the role added has a general kit
 * and the messages of its kind.
 */
export function templateForRole(
  template: RoleTemplate,
  { stages, questions: own }: Pick<Role, "stages" | "questions">,
  defaults: TemplateDefaults,
): RoleTemplate {
  const asked = own.map((question, n) => ({ ...question, id: `own_${n + 1}` }));
  const rounds = stages.filter(isRound).map((stage) => {
    const kit = template.interviews.find(({ round }) => round === stage.id);
    const of = kit === undefined ? kitOfAddedRound(stage, defaults.interviews) : { kit, questions: [] };
    const added = asked.filter(({ round }) => round === stage.id).map(({ id }) => id);
    const minutes = stage.minutes ?? of.kit.minutes;
    return { ...of, kit: { ...of.kit, minutes, questions: [...of.kit.questions, ...added] } };
  });
  return {
    ...template,
    stages: [...stages],
    interviews: rounds.map(({ kit }) => kit),
    questions: [
      ...template.questions.filter(({ round }) => stages.some(({ id }) => id === round)),
      ...rounds.flatMap(({ questions }) => questions),
      ...asked,
    ],
    messages: messagesAt(template, stages, defaults),
  };
}

/** The template's messages, each usual at the stages that it names and at those that the role added of the same kind. */
function messagesAt(
  { stages: known, messages }: RoleTemplate,
  stages: readonly Stage[],
  defaults: TemplateDefaults,
): RoleTemplate["messages"] {
  const placeIn = placesIn(stages);
  const added = stages.filter(({ id }) => !known.some((stage) => stage.id === id));
  return messages.map((message) => {
    const at = defaults.messages.find(({ id }) => id === message.id)?.at ?? [];
    const usual = added.filter((stage) => at.includes(placeIn(stage))).map(({ id }) => id);
    return { ...message, stages: [...message.stages, ...usual] };
  });
}
