import * as z from "zod";
import { Confirmation, onceAgreed } from "../confirm.ts";
import { linesOf } from "../text.ts";
import type { Answer } from "../tool.ts";

const Moved = z.looseObject({ from: z.string(), to: z.string() });

const answer = {
  application: z.looseObject({ ref: z.string(), stage: z.string(), status: z.string(), version: z.number() }),
  side_effects: z.array(z.string()),
};

/** What moving answers with; a move that waits for a person carries `confirmation` and no `moved`. */
export const MoveAnswer = z.object({
  ...answer,
  moved: Moved.optional(),
  unmet: z.array(z.looseObject({ rule: z.string(), what: z.string() })),
  confirmation: Confirmation.optional(),
});

export const UndoAnswer = z.object({ ...answer, undone: Moved.nullable() });

export function undoText({ application, undone, side_effects }: Answer<typeof UndoAnswer>): string {
  const done =
    undone && `${application.ref} ${String(application.name)}: ${undone.from} -> ${undone.to} (undone).`;
  return linesOf(done, ...side_effects);
}

export function moveText({
  application,
  moved,
  side_effects,
  unmet,
  confirmation,
}: Answer<typeof MoveAnswer>): string {
  return linesOf(
    confirmation &&
      `Nothing is changed yet. Ask the user: "${confirmation.summary}" ${onceAgreed(confirmation)}`,
    moved && `${application.ref} ${String(application.name)}: ${moved.from} -> ${moved.to}.`,
    !confirmation && unmet.length > 0 && `Overridden: ${unmet.map((u) => u.what).join("; ")}.`,
    ...side_effects,
  );
}
