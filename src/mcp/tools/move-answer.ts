import * as z from "zod";
import { linesOf } from "../text.ts";
import type { Answer } from "../tool.ts";

const Moved = z.looseObject({ from: z.string(), to: z.string() });

/** What moving and undoing answer with; a move that waits for a person carries `confirmation` and no `moved`. */
export const MoveAnswer = z.object({
  application: z.looseObject({ ref: z.string(), stage: z.string(), status: z.string(), version: z.number() }),
  moved: Moved.optional(),
  undone: Moved.nullish(),
  side_effects: z.array(z.string()),
  unmet: z.array(z.looseObject({ rule: z.string(), what: z.string() })),
  confirmation: z.object({ code: z.string(), expires_at: z.string(), summary: z.string() }).optional(),
});

export function moveText({
  application,
  moved,
  undone,
  side_effects,
  unmet,
  confirmation,
}: Answer<typeof MoveAnswer>): string {
  const done = moved ?? undone;
  return linesOf(
    confirmation &&
      `Nothing is changed yet. Ask the user: "${confirmation.summary}" If they agree, repeat the call with confirm: "${confirmation.code}" (until ${confirmation.expires_at}).`,
    done &&
      `${application.ref} ${String(application.name)}: ${done.from} -> ${done.to}${undone ? " (undone)" : ""}.`,
    !confirmation && unmet.length > 0 && `Overridden: ${unmet.map((u) => u.what).join("; ")}.`,
    ...side_effects,
  );
}
