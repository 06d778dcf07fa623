import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { protectedInPersonal } from "../text/protected-attributes.ts";
import { proseSentences } from "../text/segments.ts";
import type { Question } from "./role-template.ts";

type QuestionFault = { readonly path: string; readonly why: string };

/** The questions of interviews that ask for a protected attribute. What a kit says not to ask is none of them. */
export function questionFaults(
  { questions }: { readonly questions: readonly Pick<Question, "question" | "follow_ups">[] },
  lexicon: Lexicon,
): QuestionFault[] {
  return questions.flatMap(({ question, follow_ups }, n) => [
    ...faultsIn(lexicon, `questions[${n}].question`, question),
    ...follow_ups.flatMap((text, at) => faultsIn(lexicon, `questions[${n}].follow_ups[${at}]`, text)),
  ]);
}

const faultsIn = (lexicon: Lexicon, path: string, text: string): QuestionFault[] =>
  proseSentences(text)
    .flatMap((sentence) => protectedInPersonal(lexicon, sentenceOf(sentence)))
    .map(({ quote, why }) => ({
      path,
      why: `${JSON.stringify(quote)} asks for a protected attribute. ${why.replace(/\.$/, "")}`,
    }));
