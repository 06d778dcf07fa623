import { plainLine } from "../untrusted.ts";

/** The questions that applicants may be asked about themselves, by their names in reports. */
export const QUESTIONS = ["sex", "race_ethnicity", "age_group", "disability", "veteran"] as const;

const MAX_ANSWER_CHARS = 60;

export type Answer = { readonly ref: string; readonly question: string; readonly answer: string };
export type Read = { readonly answers: readonly Answer[] } | { readonly wrong: string };

/** Reads one line of an import: an application, with an answer to at least one question. */
export function readAnswer(line: unknown): Read {
  if (typeof line !== "object" || line === null || Array.isArray(line)) return { wrong: "is no JSON object" };
  const { application, ...fields } = line as Record<string, unknown>;
  if (typeof application !== "string" || application.trim() === "") return { wrong: "names no application" };
  const ref = application.trim().toUpperCase();
  const answers: Answer[] = [];
  for (const [question, value] of Object.entries(fields)) {
    if (!(QUESTIONS as readonly string[]).includes(question)) {
      return {
        wrong: `asks ${JSON.stringify(question.slice(0, MAX_ANSWER_CHARS))}; known are ${QUESTIONS.join(", ")}`,
      };
    }
    const answer = typeof value === "string" ? plainLine(value, MAX_ANSWER_CHARS).toLowerCase() : "";
    if (answer === "") return { wrong: `has no text under ${question}` };
    answers.push({ ref, question, answer });
  }
  return answers.length === 0 ? { wrong: "answers nothing" } : { answers };
}
