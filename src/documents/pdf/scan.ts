import { type Colour, differs, WHITE } from "./colour.ts";
import type { Mark } from "./marks.ts";
import type { Page } from "./visible.ts";

const GRID = 14;
const PICTURE_SHARE = 0.7;
/** What a scanner may print on the page itself, such as its name. */
const MAX_PRINTED_SIGNS = 40;
const PRINTED_SHARE = 1 / 3;
const ON_INK_SHARE = 0.6;

/**
 * Whether a page is a picture of text with the recognised text laid over it or under it: nearly nothing else is printed,
 * and either a picture covers most of the page or the text lies on drawn shapes. A stretch is recognised text where something
 * that could be it is drawn, so that a line on empty paper stays hidden.
 */
export function recognised(
  stretches: readonly (readonly Mark[])[],
  seen: number,
  page: Page,
): (readonly Mark[])[] {
  const unseen = stretches.filter(
    ([mark]) => mark && (mark.verdict.why === "invisible_mode" || mark.verdict.underPicture),
  );
  const signs = unseen.reduce((sum, stretch) => sum + stretch.length, 0);
  if (signs === 0 || seen > MAX_PRINTED_SIGNS || seen > signs * PRINTED_SHARE) return [];
  if (isPicture(page)) return unseen.filter((stretch) => hasInk(stretch, page, NEAR_EMS));
  const onInk = unseen.filter((stretch) => hasInk(stretch, page, 0));
  return onInk.length >= unseen.length * ON_INK_SHARE ? onInk : [];
}
/** How far a scan and its recognised text may lie apart. */
const NEAR_EMS = 2;

function isPicture({ sheet, width, height }: Page): boolean {
  let covered = 0;
  for (let row = 0; row < GRID; row += 1)
    for (let column = 0; column < GRID; column += 1) {
      const areas = sheet.at(((column + 0.5) / GRID) * width, ((row + 0.5) / GRID) * height) ?? [];
      if (areas.some(({ ink }) => ink.picture)) covered += 1;
    }
  return covered >= GRID * GRID * PICTURE_SHARE;
}

const [ACROSS, DOWN] = [24, 14];

/** Whether more than one colour is seen where a stretch stands, or near it. */
function hasInk(stretch: readonly Mark[], { sheet }: Page, margin: number): boolean {
  const [first, last] = [stretch[0]?.glyph, stretch.at(-1)?.glyph];
  if (!first || !last) return false;
  const [ux, uy] = first.up;
  const em = Math.hypot(ux, uy);
  const [dx, dy] = [last.x + last.across[0] - first.x, last.y + last.across[1] - first.y];
  const long = Math.hypot(dx, dy) || 1;
  let ground: Colour | undefined;
  for (let row = 0; row < DOWN; row += 1)
    for (let column = 0; column < ACROSS; column += 1) {
      const right = -((margin * em) / long) + ((column + 0.5) / ACROSS) * (1 + (2 * margin * em) / long);
      const high = -margin + ((row + 0.5) / DOWN) * (0.8 + 2 * margin);
      const colour = sheet.look(first.x + dx * right + ux * high, first.y + dy * right + uy * high, WHITE);
      if (colour === undefined) return true;
      ground ??= colour;
      if (differs(colour, ground)) return true;
    }
  return false;
}
