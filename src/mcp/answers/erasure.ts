import * as z from "zod";
import { KnownBy } from "../../domain/candidates/known-by.ts";
import type { Erasure } from "../../services/candidates/erase-candidate.ts";
import { eraseSummaryText, keepsText } from "../text/fields/erasure.ts";
import type { Answer } from "./answer.ts";
import { Confirmation } from "./confirmation.ts";

export const EraseCandidateAnswer = z.object({
  application: z.object({ ref: z.string(), name: z.string().optional() }),
  /** All references of the person. */
  references: z.array(z.string()),
  /** Rows that go or lose their words, by table. */
  would_erase: z.record(z.string(), z.number()).optional(),
  keeps: z.array(z.string()),
  /** What is still open and ends with it. */
  ends: z.array(
    z.object({
      what: z.enum(["application", "interview", "offer"]),
      application: z.string(),
      stage: z.string().optional(),
      round: z.string().optional(),
      start: z.string().optional(),
      version: z.number().optional(),
    }),
  ),
  /** Records that may be of the same person, and stay. */
  possible_duplicates: z
    .array(z.object({ ref: z.string(), name: z.string(), by: z.array(KnownBy) }))
    .optional(),
  confirmation: Confirmation.optional(),
  erased: z
    .object({
      on: z.string(),
      /** True where it was so before this call. */
      before: z.literal(true).optional(),
      /** What became of deleted rows in the database's own files; absent where that is still to be done. */
      files: z.enum(["rewritten", "vacuumed", "left_to_server"]).optional(),
    })
    .optional(),
});
export type EraseCandidateAnswer = Answer<typeof EraseCandidateAnswer>;

export function eraseCandidateAnswer(erasure: Erasure): EraseCandidateAnswer {
  const { application, references, would_erase, ends, possible_duplicates: others, ...done } = erasure;
  const { confirmation, erased } = done;
  return {
    application,
    references: [...references],
    ...(would_erase && { would_erase: { ...would_erase } }),
    keeps: keepsText(),
    ends: [...ends],
    ...(others.length > 0 && {
      possible_duplicates: others.map(({ by, ...other }) => ({ ...other, by: [...by] })),
    }),
    ...(confirmation && { confirmation: { ...confirmation, summary: eraseSummaryText(erasure) } }),
    ...(erased && {
      erased: {
        on: erased.on,
        ...(erased.before && { before: true as const }),
        ...(erased.files !== undefined && { files: erased.files }),
      },
    }),
  };
}
