import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { pluralize } from "../../domain/pluralize.ts";
import { cursor, email, limit, roleKey } from "../params.ts";
import { linesOf } from "../text/lines.ts";
import { defineTool } from "../tool.ts";

export const findCandidates = defineTool({
  name: "find_candidates",
  title: "Find candidates",
  description:
    "List applications, newest first; every argument narrows. query matches names, e-mails and references, not résumés; " +
    "flag is a rubric flag found present.",
  toolset: "candidates",
  access: READ,
  effect: "read",
  input: z.strictObject({
    query: z.string().max(200).optional(),
    role: roleKey.optional(),
    stage: z.string().max(60).optional(),
    status: ApplicationStatus.optional(),
    flag: z.string().max(60).optional(),
    over_goal: z.boolean().optional(),
    owed_by: email.optional(),
    cursor,
    limit,
  }),
  output: z.object({
    applications: z.array(
      z.looseObject({
        ref: z.string(),
        name: z.string(),
        role: z.string(),
        stage: z.string(),
        status: z.string(),
        days_in_stage: z.number(),
      }),
    ),
    total: z.number(),
    next_cursor: z.string().nullable(),
  }),
  handle: (input, { services, session }) => services.applications.find(session, input),
  text: ({ applications, total, next_cursor }) =>
    linesOf(
      `${applications.length} of ${total}${total === 0 ? ": nobody matches." : ":"}`,
      ...applications.map((a) => {
        const flags = a.flags as string[] | null;
        const scored = flags === null ? "not assessed" : flags.join(", ") || "no flag";
        return `${a.ref} ${a.name}: ${a.status === "active" ? a.stage : `${a.status} at ${a.stage}`}, ${pluralize(a.days_in_stage, "day")}${a.over_goal ? " (over the goal)" : ""}; ${scored}`;
      }),
      next_cursor && `More: cursor ${next_cursor}`,
    ),
});
