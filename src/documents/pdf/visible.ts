import type { HiddenWhy } from "../../domain/candidates/hidden.ts";
import { TINY_POINTS } from "../seen.ts";
import { blend, type Colour, differs, WHITE } from "./colour.ts";
import type { Ink } from "./inks.ts";
import { lets, onPage, over, type Placed, type Sheet, throughMask } from "./sheet.ts";
import type { Glyph, Run } from "./state.ts";

export type Page = { readonly sheet: Sheet; readonly width: number; readonly height: number };

/** Whether a sign is seen: no `why` is seen. `doubtful` where a picture or an unknown colour leaves that open. */
export type Verdict = {
  readonly why?: HiddenWhy;
  readonly doubtful: boolean;
  /** Whether a picture is what hides it, as the page of a scan does with the text under it. */
  readonly underPicture: boolean;
};

const SEEN: Verdict = { doubtful: false, underPicture: false };
const hidden = (why: HiddenWhy): Verdict => ({ why, doubtful: false, underPicture: false });

/** Where a sign is looked at: parts of its way across and up, within the height of small letters. */
const POINTS = [0.25, 0.5, 0.75].flatMap((across) => [0.12, 0.4].map((up) => [across, up] as const));

/** The share of a word that must be unseen for it to be hidden; over a picture nearly all of it. */
const HIDDEN_SHARE = 0.5;
const HIDDEN_SHARE_ON_PICTURE = 0.9;
const DOUBTFUL_SHARE = 0.1;

/** Judges every sign of a run, the signs of a word alike. */
export function verdictsOf(run: Run, page: Page): Verdict[] {
  const whole = ofWholeRun(run, page);
  if (whole) return run.glyphs.map(() => whole);
  const verdicts: Verdict[] = [];
  let word: Glyph[] = [];
  const close = () => {
    const verdict = word.length > 0 ? ofWord(word, run, page) : SEEN;
    verdicts.push(...word.map(() => verdict));
    word = [];
  };
  for (const glyph of run.glyphs) {
    if (!glyph.blank) word.push(glyph);
    else {
      close();
      verdicts.push(SEEN);
    }
  }
  close();
  return verdicts;
}

function ofWholeRun(run: Run, page: Page): Verdict | undefined {
  if (run.layerOff) return hidden("layer_off");
  if (run.fill === undefined && run.stroke === undefined && run.asClip === undefined)
    return hidden("invisible_mode");
  const printed = run.glyphs.filter(({ blank }) => !blank);
  const [first] = printed;
  if (!first) return SEEN;
  // A small page is looked at as large as a big one.
  const limit = TINY_POINTS * Math.min(1, Math.max(page.width, page.height) / A4_HEIGHT);
  const wide = printed.reduce((sum, { across }) => sum + Math.hypot(...across), 0) / printed.length;
  if (Math.hypot(...first.up) < limit || (wide < limit * SQUEEZED && printed.length > 2))
    return hidden("tiny");
  return undefined;
}
const A4_HEIGHT = 842;
/** How narrow signs are on the mean, of their size, when nobody can tell them apart. */
const SQUEEZED = 0.12;

function ofWord(word: readonly Glyph[], run: Run, page: Page): Verdict {
  const seen = word.flatMap(({ x, y, across, up, own }) =>
    POINTS.map(([right, high]) =>
      look({ run, own }, page, x + across[0] * right + up[0] * high, y + across[1] * right + up[1] * high),
    ),
  );
  const unseen = seen.filter(({ why }) => why !== undefined);
  const unknown = seen.filter((point) => point.unknown).length / seen.length;
  const share = unseen.length / seen.length;
  const onPicture = seen.some(({ picture }) => picture);
  if (share > (onPicture ? HIDDEN_SHARE_ON_PICTURE : HIDDEN_SHARE))
    return {
      why: mostOf(unseen.flatMap(({ why }) => why ?? [])) ?? "colour",
      doubtful: false,
      underPicture: unseen.every((point) => point.why === "covered" && point.picture),
    };
  return {
    doubtful: unknown > DOUBTFUL_SHARE || (onPicture && share > DOUBTFUL_SHARE),
    underPicture: false,
  };
}

/** A sign's drawing: the run that it belongs to, and the inks of its own. */
type Drawn = { readonly run: Run; readonly own: readonly Ink[] | undefined };
type Looked = { readonly why?: HiddenWhy; readonly unknown?: true; readonly picture: boolean };

/** Whether the page looks different at a point with the text than without it, and if not, why. */
function look({ run, own }: Drawn, { sheet, width, height }: Page, x: number, y: number): Looked {
  if (!onPage(width, height, x, y)) return { why: "off_page", picture: false };
  if (!lets(run.clip, x, y)) return { why: "clipped", picture: false };
  const areas = sheet.at(x, y, run.order);
  if (areas === undefined) return { unknown: true, picture: false };
  const plain = areas.filter(({ through }) => through === undefined);
  const under = plain.filter(({ order }) => order < run.order);
  const after = plain.filter(({ order }) => order >= run.order);
  const ground = over(WHITE, under, x, y);
  const without = over(ground, after, x, y);
  const picture = plain.some(({ ink }) => ink.picture);
  const looks = waysOf({ run, own }, areas).map((way) => {
    const withText = over(way.paint(ground, x, y), way.after ?? after, x, y);
    if (withText === undefined || without === undefined) return { unknown: true as const, picture: true };
    return differs(withText, without) ? { picture } : { why: way.cause(ground, x, y), picture };
  });
  // Which of its own colours is the letter and which its ground cannot be told.
  if (own && looks.some(({ why }) => why) && looks.some(({ why }) => !why)) return { unknown: true, picture };
  return (
    looks.find(({ why, unknown }) => !why && !unknown) ??
    looks.find(({ unknown }) => unknown) ??
    looks[0] ?? { why: "invisible_mode", picture }
  );
}

type Way = {
  readonly paint: (ground: Colour | undefined, x: number, y: number) => Colour | undefined;
  /** What is painted over it, where that is not the same for all. */
  readonly after?: readonly Placed[];
  readonly cause: (ground: Colour | undefined, x: number, y: number) => HiddenWhy;
};

/** The ways in which a run may be seen: filled, stroked, or as the clip of what is painted through its letters. */
function waysOf({ run, own }: Drawn, areas: readonly Placed[]): Way[] {
  const ways: Way[] = [];
  if (own) return own.map((ink) => inked(run, ink, run.fillAlpha));
  if (run.fill) ways.push(inked(run, run.fill, run.fillAlpha));
  if (run.stroke) ways.push(inked(run, run.stroke, run.strokeAlpha));
  const through = areas.filter((area) => area.through !== undefined && area.through === run.asClip);
  if (through.length > 0)
    ways.push({
      paint: (ground) => ground,
      after: areas.filter(
        (area) => area.order >= run.order && (area.through === undefined || through.includes(area)),
      ),
      cause: () => "colour",
    });
  return ways;
}

function inked(run: Run, ink: Ink, alpha: number): Way {
  const paint = (ground: Colour | undefined, x: number, y: number) => {
    const through = run.masks.reduce<number | undefined>((left, mask) => {
      const part = throughMask(mask, x, y);
      return left === undefined || part === undefined ? undefined : left * part;
    }, alpha);
    return through === undefined ? undefined : blend(ground, ink.at(x, y), through, run.mode);
  };
  return {
    paint,
    cause: (ground, x, y) => {
      const full = blend(ground, ink.at(x, y), 1, run.mode);
      if (ground && full && !differs(full, ground)) return "colour";
      const own = paint(ground, x, y);
      return ground && own && !differs(own, ground) ? "transparent" : "covered";
    },
  };
}

function mostOf(causes: readonly HiddenWhy[]): HiddenWhy | undefined {
  const counts = new Map<HiddenWhy, number>();
  for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
