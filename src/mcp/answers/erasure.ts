import * as z from "zod";
import type { Erasure } from "../../services/candidates/erase-candidate.ts";
import { eraseSummaryText, filesText, keepsText, toldText } from "../text/fields/erasure.ts";
import type { Answer } from "./answer.ts";
import { Confirmation } from "./confirmation.ts";

export const EraseCandidateAnswer = z.object({
  /** A reference of the person. */
  application: z.string(),
  /** Rows that go or lose their words, by table. */
  would_erase: z.record(z.string(), z.number()).optional(),
  keeps: z.array(z.string()),
  /** What has to be known beside: the person's other references, what is still open and ends, who else it may be. */
  told: z.array(z.string()),
  confirmation: Confirmation.optional(),
  /** The day. */
  erased: z.string().optional(),
});
export type EraseCandidateAnswer = Answer<typeof EraseCandidateAnswer>;

export function eraseCandidateAnswer(erasure: Erasure): EraseCandidateAnswer {
  const { application, would_erase, confirmation, erased } = erasure;
  return {
    application: application.ref,
    ...(would_erase && { would_erase: { ...would_erase } }),
    keeps: keepsText(),
    told: [...toldText(erasure), ...(erased && !erased.before ? filesText(erased.files) : [])],
    ...(confirmation && { confirmation: { ...confirmation, summary: eraseSummaryText(erasure) } }),
    ...(erased && { erased: erased.on }),
  };
}
