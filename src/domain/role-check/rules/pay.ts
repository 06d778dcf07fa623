import { payRangesInForce, sinceWhen } from "../../jurisdictions/lookup.ts";
import { adjustedBand } from "../../salary.ts";
import type { Rule } from "../finding.ts";
import type { Passage } from "../job-post.ts";
import type { Setting } from "../setting.ts";

const NARROW = 1 / 3; // of the width of the skill stack's band

/** The template's own case of a band that was saved on, to be told where one is. */
const warningOf = ({ template }: Setting): string => {
  const [warning] = template.salary.warnings;
  const source = template.sources.find((s) => s.id === warning?.source);
  return warning ? ` ${warning.text} (${source?.name ?? warning.source})` : "";
};
const bandOf = (setting: Setting, currency: string) =>
  currency === setting.template.salary.currency ? adjustedBand(setting.template, setting) : undefined;

export const compMissing: Rule = {
  id: "comp_missing",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "Candidates ask first, and several places require a range in the post.",
  fix: "Set comp_min and comp_max (benchmark_salary gives the band).",
  scoping: true,
  find: (post) => (post.pay === null ? [{}] : []),
};

export const payRangeRequired: Rule = {
  id: "pay_range_required",
  severity: "error",
  where: "comp_min, comp_max",
  why: "The law of the place requires a pay range in the post.",
  fix: "State the range before the post goes out. This is guidance, not legal advice.",
  scoping: false,
  find(post, { location, remote, today }) {
    if (post.pay !== null) return [];
    const [first, ...more] = payRangesInForce(location, remote, today);
    if (!first) return [];
    const others =
      more.length > 0 ? `, and ${more.length} more (${more.map((d) => d.place).join(", ")})` : "";
    const reach = remote && more.length > 0 ? "A remote post can be read where a range is required: " : "";
    return [
      {
        why: `${reach}${first.place}: ${first.text} In force ${sinceWhen(first)}: ${first.source}${others}.`,
      },
    ];
  },
};

export const compBelowBand: Rule = {
  id: "comp_below_band",
  severity: "error",
  where: "comp_min, comp_max",
  why: "The range starts below the band of the skill stack.",
  fix: "Raise the range to the band, or open the role at a lower level (benchmark_salary shows each step).",
  scoping: true,
  mistake: "band_too_narrow",
  find(post, setting) {
    const band = post.pay && bandOf(setting, post.pay.currency);
    if (!post.pay || !band || post.pay.min >= band.low) return [];
    const whole = post.pay.max < band.low;
    const lies = whole ? "The whole range lies below" : `The range starts ${band.low - post.pay.min} below`;
    return [
      {
        quote: post.pay.quote,
        severity: whole || band.low - post.pay.min > (band.high - band.low) / 10 ? "error" : "warning",
        why: `${lies} the ${band.basis} of ${band.low} to ${band.high} ${post.pay.currency}: a band saved on is a person lost.${warningOf(setting)}`,
        fix: `Start at ${band.low} or above, or open the role at a lower level (benchmark_salary shows each step).`,
      },
    ];
  },
};

export const compNarrow: Rule = {
  id: "comp_narrow",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "The range is much narrower than the band of the skill stack.",
  fix: "Widen it towards the band, so that who brings more can be paid for it.",
  scoping: true,
  mistake: "band_too_narrow",
  find(post, setting) {
    const saved = savings(post.passages);
    if (saved)
      return [
        { ...saved, severity: "error", why: `A band cut to save is paid for later.${warningOf(setting)}` },
      ];
    const band = post.pay && bandOf(setting, post.pay.currency);
    if (!post.pay || !band || post.pay.max < band.low) return [];
    const share = (post.pay.max - post.pay.min) / (band.high - band.low);
    if (share >= NARROW) return [];
    const width = post.pay.max - post.pay.min;
    return [
      {
        quote: post.pay.quote,
        why: `The range is ${width} wide, ${Math.round(share * 100)}% of the ${band.basis} (${band.low} to ${band.high}): it leaves no room for who brings more.${warningOf(setting)}`,
      },
    ];
  },
};

const SAVED =
  /[^.;\n]{0,80}\b(?:sav(?:e|es|ed|ing)|cut|trim\w*|narrow\w*)\b[^.;\n]{0,60}?[$€£]?\d{2,3}(?:,\d{3}|k)\b[^.;\n]{0,60}/i;

/** A sentence that says the band was narrowed to save money. */
function savings(passages: readonly Passage[]): { quote: string; where: string } | undefined {
  for (const { text, where } of passages) {
    const match = /\b(?:band|salary|pay|offer|range|base|compensation)\b/i.test(text)
      ? SAVED.exec(text)
      : null;
    if (match && !/\b(?:bill|spend|cloud|gpu|inference|infrastructure)\b/i.test(text))
      return { quote: match[0].trim(), where };
  }
  return undefined;
}

const BY_TITLE =
  /\b(?:same|standard|existing|generic|our|usual)\b[^.;\n]{0,30}\b(?:software|backend|back-end|devops|data) engineer(?:ing)?\b[^.;\n]{0,20}\b(?:band|grade|range|scale|salary|pay|level)\b/i;

export const compByTitle: Rule = {
  id: "comp_by_title",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "Priced by a title: production experience in this work commands a premium that a general engineering band misses every time.",
  fix: "Price the skill stack of the lane (benchmark_salary).",
  scoping: true,
  mistake: "band_too_narrow",
  find(post) {
    const p = post.passages.find(({ text }) => /engineer/i.test(text) && BY_TITLE.test(text));
    const match = p && BY_TITLE.exec(p.text);
    return p && match ? [{ quote: match[0].trim(), where: p.where }] : [];
  },
};
