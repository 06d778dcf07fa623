import type { HiddenWhy } from "../../domain/candidates/hidden.ts";
import { BLACK, type Fill, isLost, type Rgb } from "../contrast.ts";
import { TINY_POINTS } from "../seen.ts";
import type { Shade } from "./fills.ts";
import type { Doubt } from "./lines.ts";
import type { ParagraphLook, RunLook } from "./looks.ts";
import type { Context, Reader } from "./reader.ts";

export const USUAL_POINTS = 11;
const LEAST_SCALE_PERCENT = 10;
const LEAST_OPACITY = 0.1;
/** A fixed height of lines below this share of the letters cuts them off. */
const LEAST_LINE_SHARE = 0.35;

type Judged = { readonly why?: HiddenWhy; readonly doubt?: Doubt };

/** Whether a person sees text of this look, and if not, why. */
export function judge(reader: Reader, context: Context, run: RunLook, paragraph: ParagraphLook): Judged {
  const why = context.why ?? hiddenByLook(run, paragraph);
  if (why !== undefined) return { why };
  const colour = run.colour === "auto" ? undefined : run.colour;
  const behind = painted(run.highlight && run.highlight !== "none" ? [run.highlight] : undefined, [
    run.shade,
    paragraph.shade,
    context.behind,
  ]);
  if (behind === "picture") {
    reader.warnings.add("over_picture");
    return {};
  }
  if (run.outlined) return {};
  // A colour that adapts is black or white, whichever can be read.
  if (run.colour === "auto" || (colour === undefined && behind !== undefined)) return {};
  const own: Rgb = colour ?? BLACK;
  if (behind !== undefined) return isLost(own, behind) ? { why: "colour" } : {};
  if (colour === undefined || !isLost(own, [reader.paperColour])) return {};
  return { doubt: { ...reader.pen.spot, colour: own, group: context.group } };
}

function hiddenByLook(run: RunLook, { exactLine }: ParagraphLook): HiddenWhy | undefined {
  if (run.vanish || run.specVanish) return "marked_hidden";
  if ((run.opacity ?? 1) < LEAST_OPACITY && !run.outlined) return "transparent";
  const points = run.points ?? USUAL_POINTS;
  if (points < TINY_POINTS || (run.scale ?? 100) < LEAST_SCALE_PERCENT) return "tiny";
  return exactLine !== undefined && exactLine < points * LEAST_LINE_SHARE ? "clipped" : undefined;
}

/** The first shade that is painted, from the letters outwards. */
function painted(highlight: Fill | undefined, shades: readonly (Shade | undefined)[]): Fill | undefined {
  if (highlight) return highlight;
  return shades.find((shade): shade is Fill => shade !== undefined && shade !== "none");
}
