import * as z from "zod";
import type { Updated } from "../../services/candidates/update-candidate.ts";
import type { Answer } from "./answer.ts";
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
});
export type UpdateCandidateAnswer = Answer<typeof UpdateCandidateAnswer>;

export const updateCandidateAnswer = ({ application, changed, stale }: Updated): UpdateCandidateAnswer => ({
  application,
  changed: [...changed],
  stale: stale.map(({ fields, ...message }) => ({ ...message, fields: [...fields] })),
});
