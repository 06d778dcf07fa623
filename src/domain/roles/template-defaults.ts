import * as z from "zod";
import type { Rubric, WrittenRubric } from "../evaluation/rubric.ts";
import { isRound } from "../panel/panel.ts";
import {
  InterviewKit,
  MessageTemplate,
  Question,
  Reasons,
  type RoleTemplate,
  type Stage,
  type WrittenTemplate,
} from "./role-template.ts";

const Kit = InterviewKit.omit({ round: true, questions: true, do_not_ask: true }).extend({
  questions: z.array(Question.omit({ round: true, source: true })).min(1),
});
type Kit = z.infer<typeof Kit>;

/** Where a message is the usual one: at the stages of a kind, the first conversation apart. */
const At = z.enum(["application", "first_interview", "interview", "exercise", "debrief", "offer"]);

/** What a template has that says nothing about it: what to ask about a flag, kits for any trade, a message for each purpose. */
export const TemplateDefaults = z.strictObject({
  questions: z.strictObject({ green: z.string(), red: z.string() }),
  interviews: z.strictObject({
    do_not_ask: z.array(z.string()),
    exercise: Kit,
    interviews: z.array(Kit).min(1),
  }),
  messages: z.array(MessageTemplate.omit({ stages: true }).extend({ at: z.array(At) })),
  reasons: Reasons,
});
export type TemplateDefaults = z.infer<typeof TemplateDefaults>;

/** A template with a key, a kit for each of its rounds and a message for each purpose, its own before the general ones. */
export function withDefaults(written: WrittenTemplate, defaults: TemplateDefaults): RoleTemplate {
  const kits = generalKits(written, defaults.interviews);
  return {
    ...written,
    key: written.key ?? keyOf(written.title),
    reasons: written.reasons ?? defaults.reasons,
    rubric: rubricOf(written.rubric, defaults),
    interviews: inOrder(written, [...written.interviews, ...kits.map(({ kit }) => kit)]),
    questions: [...written.questions, ...kits.flatMap(({ questions }) => questions)],
    messages: withMessages(written, defaults.messages),
  };
}

const MAX_KEY = 6;

/** `Staff nurse` has the key SN, and a title of one word its first letters. */
function keyOf(title: string): string {
  const words =
    title
      .normalize("NFKD")
      .toUpperCase()
      .match(/[A-Z][A-Z0-9]*/g) ?? [];
  const letters = words.length > 1 ? words.map(([first]) => first).join("") : (words[0] ?? "").slice(0, 4);
  return letters.length > 1 ? letters.slice(0, MAX_KEY) : "ROLE";
}

/** A rubric in which every flag is called something and has something to ask. */
export function rubricOf(rubric: WrittenRubric, { questions }: Pick<TemplateDefaults, "questions">): Rubric {
  const flags = rubric.flags.map((flag) => {
    const label = flag.label ?? sentenceCase(flag.id.replaceAll("_", " "));
    const question =
      flag.question ?? questions[flag.polarity].replace("{label}", () => JSON.stringify(label));
    return { ...flag, label, question };
  });
  return { ...rubric, flags };
}

export type KitWithQuestions = {
  readonly kit: RoleTemplate["interviews"][number];
  readonly questions: Question[];
};

function generalKits(
  { stages, interviews, questions }: WrittenTemplate,
  general: TemplateDefaults["interviews"],
): KitWithQuestions[] {
  const talks = stages.filter(({ kind }) => kind === "interview");
  const last = general.interviews.length - 1;
  return stages
    .filter((stage) => isRound(stage) && !interviews.some(({ round }) => round === stage.id))
    .flatMap((stage) => {
      const talk = talks.indexOf(stage);
      const kit = talk < 0 ? general.exercise : general.interviews[Math.min(talk, last)];
      const own = questions.filter(({ round }) => round === stage.id);
      return kit === undefined ? [] : [kitWithQuestions(stage, kit, own, general)];
    });
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The general kit of a round that is not among the template's. It depends on the round's kind alone, so that cards are read
 * by the same criteria wherever the round stands.
 */
export function kitOfAddedRound(stage: Stage, general: TemplateDefaults["interviews"]): KitWithQuestions {
  const kit = stage.kind === "exercise" ? general.exercise : general.interviews.at(-1);
  return kitWithQuestions(stage, kit ?? general.exercise, [], general);
}

function kitWithQuestions(
  stage: Stage,
  kit: Kit,
  own: readonly Question[],
  { do_not_ask }: TemplateDefaults["interviews"],
): KitWithQuestions {
  const questions = own.length > 0 ? [] : questionsOf(kit, stage);
  return { kit: kitFor(stage, kit, [...own, ...questions], do_not_ask), questions };
}

const questionsOf = ({ questions }: Kit, { id }: Stage): Question[] =>
  questions.map((question) => ({ ...question, id: `${id}_${question.id}`, round: id }));

const kitFor = ({ id, minutes }: Stage, kit: Kit, asked: readonly Question[], notAsked: string[]) => ({
  ...kit,
  round: id,
  minutes: minutes ?? kit.minutes,
  questions: asked.map((question) => question.id),
  do_not_ask: notAsked,
});

function inOrder(
  { stages }: WrittenTemplate,
  kits: readonly KitWithQuestions["kit"][],
): KitWithQuestions["kit"][] {
  const order = stages.map(({ id }) => id);
  return kits.toSorted((a, b) => order.indexOf(a.round) - order.indexOf(b.round));
}

/** A stage at which a message of the template's own is the usual one has no general one beside it. */
function withMessages(
  { stages, messages }: WrittenTemplate,
  general: TemplateDefaults["messages"],
): RoleTemplate["messages"] {
  const taken = new Set(messages.flatMap((message) => message.stages));
  const placeIn = placesIn(stages);
  const added = general
    .filter(({ id }) => !messages.some((message) => message.id === id))
    .map(({ at, ...message }) => ({
      ...message,
      stages: stages
        .filter((stage) => at.includes(placeIn(stage)) && !taken.has(stage.id))
        .map(({ id }) => id),
    }));
  return [...messages, ...added];
}

/** What a stage is to the general messages: its kind, the first conversation apart. */
export function placesIn(stages: readonly Stage[]): (stage: Stage) => z.infer<typeof At> {
  const first = stages.find(({ kind }) => kind === "interview");
  return (stage) => (stage === first ? "first_interview" : stage.kind);
}
