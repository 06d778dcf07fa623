import * as z from "zod";

/** What changed so that an assessment no longer rests on the record as it is. */
export const StaleWhy = z.enum([
  "read_anew",
  "document_moved",
  "document_removed",
  "document_replaced",
  "author_stated",
  "rubric_changed",
  "merged",
]);
export type StaleWhy = z.infer<typeof StaleWhy>;
