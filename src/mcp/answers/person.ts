import * as z from "zod";
import type { Updated } from "../../services/candidates/update-candidate.ts";
import { mergeText } from "../text/fields/merge.ts";
import type { Answer } from "./answer.ts";
import { Confirmation } from "./confirmation.ts";
import { ChangedValue } from "./record-parts.ts";

export const UpdateCandidateAnswer = z.object({
  application: z.object({ ref: z.string(), name: z.string() }),
  /** A value that was not there is absent. */
  changed: z.array(
    z.object({ field: z.string(), before: ChangedValue.optional(), after: ChangedValue.optional() }),
  ),
  /** Messages that have not left and carry an earlier value of these fields. */
  stale: z.array(
    z.object({
      message: z.string(),
      application: z.string(),
      purpose: z.string(),
      fields: z.array(z.string()),
    }),
  ),
  /** Of a merge: the references of the other person, and to which applications those lead that became a part of them. */
  merged: z.array(z.object({ application: z.string(), into: z.string().optional() })).optional(),
  /** Of a merge that waits for a person: nothing is changed yet. */
  confirmation: Confirmation.optional(),
});
export type UpdateCandidateAnswer = Answer<typeof UpdateCandidateAnswer>;

export const updateCandidateAnswer = ({
  application,
  changed,
  stale,
  merged = [],
  confirmation,
}: Updated): UpdateCandidateAnswer => ({
  application,
  changed: [...changed],
  stale: stale.map(({ fields, ...message }) => ({ ...message, fields: [...fields] })),
  ...(merged.length > 0 && { merged: [...merged] }),
  ...(confirmation && { confirmation: toAgree(confirmation) }),
});

const toAgree = ({ plan, ...pending }: NonNullable<Updated["confirmation"]>) => ({
  ...pending,
  summary: mergeText(plan),
});
