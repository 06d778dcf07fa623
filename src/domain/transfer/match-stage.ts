import * as z from "zod";
import { Stage } from "../roles/role-template.ts";
import { nameKey } from "./import-map.ts";

const words = z.array(z.string());

/** The words by which other trackers and sheets name stages. */
export const StageWords = z.strictObject({
  stages: z.array(
    z.strictObject({
      id: z.string(),
      kind: Stage.shape.kind,
      /** Which stage of the kind is meant where a role has several; none of them where it says `only`. */
      place: z.enum(["first", "only", "only_after_first"]),
      words,
    }),
  ),
});
export type StageWords = z.infer<typeof StageWords>;

/** The stage of a role that a name means: by id, by title, or by a word for its kind. Undefined where that is not clear. */
export function stageFor(name: string, stages: readonly Stage[], known: StageWords): string | undefined {
  const key = nameKey(name);
  const named = stages.filter((stage) => nameKey(stage.id) === key || nameKey(stage.name) === key);
  if (named.length > 0) return named.length === 1 ? named[0]?.id : undefined;
  const meant = known.stages.find((entry) => entry.words.some((word) => nameKey(word) === key));
  if (meant === undefined) return undefined;
  const [first, ...others] = stages.filter(({ kind }) => kind === meant.kind);
  if (meant.place === "first" || others.length === 0) return first?.id;
  return meant.place === "only_after_first" && others.length === 1 ? others[0]?.id : undefined;
}
