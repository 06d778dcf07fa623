import { payRangesInForce, sinceWhen, unclearPlace } from "../../jurisdictions/lookup.ts";
import { quoteAt } from "../../text/finder.ts";
import type { Lexicon } from "../../text/lexicon.ts";
import { firstClaim } from "../../text/negation.ts";
import type { GeneralRule, Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";
import type { Setting } from "../setting.ts";

const NARROW = 1 / 3; // of the width of the skill stack's band

/** The template's own case of a band that was saved on, to be told where one is. */
const warningOf = ({ template }: Setting): string => {
  const [warning] = template.salary.warnings;
  const source = template.sources.find((s) => s.id === warning?.source);
  return warning ? ` ${warning.text} (${source?.name ?? warning.source})` : "";
};
const bandOf = ({ band, template }: Setting, currency: string | null) =>
  currency === template.salary.currency ? band : undefined;

const isPayStated = ({ pay, oddPay, isPayUnclear }: JobPost): boolean =>
  pay !== null || oddPay !== null || isPayUnclear;

export const compMissing: GeneralRule = {
  general: true,
  id: "comp_missing",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "Candidates ask first, and several places require a range in the post.",
  fix: "Set comp_min and comp_max.",
  scoping: true,
  find: (post) => (isPayStated(post) ? [] : [{}]),
};

export const compImplausible: GeneralRule = {
  general: true,
  id: "comp_implausible",
  severity: "error",
  where: "comp_min, comp_max",
  why: "It cannot be a year's pay.",
  fix: "State the lower end first, in whole currency units a year.",
  scoping: false,
  find: ({ oddPay }) => (oddPay === null ? [] : [oddPay]),
};

export const payRangeRequired: GeneralRule = {
  general: true,
  id: "pay_range_required",
  severity: "error",
  where: "comp_min, comp_max",
  why: "The law of the place requires a pay range in the post.",
  fix: "State the range before the post goes out. This is guidance, not legal advice.",
  scoping: false,
  find(post, setting) {
    if (isPayStated(post)) return [];
    const [first, ...more] = payRangesInForce(setting.places, setting, setting.today);
    if (!first) return [];
    const others =
      more.length > 0 ? `, and ${more.length} more (${more.map((d) => d.place).join(", ")})` : "";
    const reach =
      setting.remote && more.length > 0 ? "A remote post can be read where a range is required: " : "";
    return [
      {
        why: `${reach}${first.place}: ${first.text} In force ${sinceWhen(first)}: ${first.source}${others}.`,
      },
    ];
  },
};

export const placeUnclear: GeneralRule = {
  general: true,
  id: "place_unclear",
  severity: "info",
  where: "location",
  why: "Where may this person live? Some places require a pay range in the post, and the place is not certain.",
  fix: "Name the country, and in the United States or Canada the state or province.",
  scoping: false,
  find(post, setting) {
    if (isPayStated(post)) return [];
    const unclear = unclearPlace(setting.places, setting);
    return unclear === null ? [] : [unclear];
  },
};

export const compBelowBand: Rule = {
  id: "comp_below_band",
  severity: "error",
  where: "comp_min, comp_max",
  why: "The range starts below the band of the skill stack.",
  fix: "Raise the range to the band, or open the role at a lower level.",
  scoping: true,
  mistake: "band_too_narrow",
  find(post, setting) {
    const band = post.pay && bandOf(setting, post.pay.currency);
    if (!post.pay || !band || post.pay.min >= band.low || post.pay.bound === "up_to") return [];
    const whole = post.pay.max < band.low;
    const lies = whole ? "The whole range lies below" : `The range starts ${band.low - post.pay.min} below`;
    return [
      {
        quote: post.pay.quote,
        severity: whole || band.low - post.pay.min > (band.high - band.low) / 10 ? "error" : "warning",
        why: `${lies} the ${band.basis} of ${band.low} to ${band.high} ${post.pay.currency}: a band saved on is a person lost.${warningOf(setting)}`,
        fix: `Start at ${band.low} or above, or open the role at a lower level.`,
      },
    ];
  },
};

/**
 * The width that a range is held against: that of the level's national band, which a doubt about the place does not widen;
 * of the narrowest level where the post names none.
 */
function fullWidth(setting: Setting, band: { readonly low: number; readonly high: number }): number {
  const levels = setting.template.salary.levels.filter(
    (l) => setting.level === null || l.id === setting.level,
  );
  return Math.min(band.high - band.low, ...levels.map((l) => l.high - l.low));
}

export const compNarrow: Rule = {
  id: "comp_narrow",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "The range is much narrower than the band of the skill stack.",
  fix: "Widen it towards the band, so that who brings more can be paid for it.",
  scoping: true,
  mistake: "band_too_narrow",
  find(post, setting) {
    const saved = savings(setting.lexicon, post.passages);
    if (saved)
      return [
        { ...saved, severity: "error", why: `A band cut to save is paid for later.${warningOf(setting)}` },
      ];
    const band = post.pay && bandOf(setting, post.pay.currency);
    if (!post.pay || !band || post.pay.max < band.low || post.pay.bound) return [];
    const width = post.pay.max - post.pay.min;
    const full = fullWidth(setting, band);
    if (width / full >= NARROW) return [];
    const whose = setting.level === null ? "the narrowest level" : "the level";
    return [
      {
        quote: post.pay.quote,
        why: `The range is ${width} wide, ${Math.round((width / full) * 100)}% of the ${full} of ${whose}: it leaves no room for who brings more.${warningOf(setting)}`,
      },
    ];
  },
};

/** A sentence that says the band was narrowed to save money. */
function savings(
  lexicon: Lexicon,
  passages: readonly Passage[],
): { quote: string; where: string } | undefined {
  const passage = passages.find(
    (p) =>
      lexicon.has("pay_band", p) &&
      lexicon.has("of_money", p) &&
      !lexicon.has("of_other_things", p) &&
      firstClaim(lexicon, "pay_saved", p),
  );
  return passage && { quote: passage.text, where: passage.where };
}

export const compByTitle: Rule = {
  id: "comp_by_title",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "Priced by a title: production experience in this work commands a premium that a general engineering band misses every time.",
  fix: "Price the skill stack of the lane.",
  scoping: true,
  mistake: "band_too_narrow",
  find(post, { lexicon }) {
    for (const p of post.passages) {
      if (p.section !== "pay" && !lexicon.has("about_pay", p)) continue;
      const hit = firstClaim(lexicon, "pay_by_title", p);
      if (hit) return [{ quote: quoteAt(p, hit), where: p.where }];
    }
    return [];
  },
};
