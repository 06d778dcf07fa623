import { payRangesInForce, sinceWhen } from "../../jurisdictions/lookup.ts";
import { adjustedBand } from "../../roles/salary.ts";
import type { Rule } from "../finding.ts";
import type { Passage } from "../job-post.ts";
import { firstClaim } from "../negation.ts";
import type { Setting } from "../setting.ts";
import { anyOf, has } from "../words.ts";

const NARROW = 1 / 3; // of the width of the skill stack's band

/** The template's own case of a band that was saved on, to be told where one is. */
const warningOf = ({ template }: Setting): string => {
  const [warning] = template.salary.warnings;
  const source = template.sources.find((s) => s.id === warning?.source);
  return warning ? ` ${warning.text} (${source?.name ?? warning.source})` : "";
};
const bandOf = (setting: Setting, currency: string) =>
  currency === setting.template.salary.currency
    ? adjustedBand(setting.places, setting.template, setting)
    : undefined;

export const compMissing: Rule = {
  id: "comp_missing",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "Candidates ask first, and several places require a range in the post.",
  fix: "Set comp_min and comp_max.",
  scoping: true,
  find: (post) => (post.pay === null && post.oddPay === null ? [{}] : []),
};

export const compImplausible: Rule = {
  id: "comp_implausible",
  severity: "error",
  where: "comp_min, comp_max",
  why: "It cannot be a year's pay.",
  fix: "State the lower end first, in whole currency units a year.",
  scoping: false,
  find: ({ oddPay }) => (oddPay === null ? [] : [oddPay]),
};

export const payRangeRequired: Rule = {
  id: "pay_range_required",
  severity: "error",
  where: "comp_min, comp_max",
  why: "The law of the place requires a pay range in the post.",
  fix: "State the range before the post goes out. This is guidance, not legal advice.",
  scoping: false,
  find(post, setting) {
    if (post.pay !== null || post.oddPay !== null) return [];
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
    if (!post.pay || !band || post.pay.min >= band.low) return [];
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
    const saved = savings(post.passages);
    if (saved)
      return [
        { ...saved, severity: "error", why: `A band cut to save is paid for later.${warningOf(setting)}` },
      ];
    const band = post.pay && bandOf(setting, post.pay.currency);
    if (!post.pay || !band || post.pay.max < band.low) return [];
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

const SAVED = anyOf(
  "sav(?:e|es|ed|ing|ings)|cut|cuts|cutting|trim*|narrow*|shav*|reduc*|lower*|capped|cap|tighten*|squeez*|shrunk|shrink*|took (?:\\S+ )?off|(?:k|000) off|below (?:the )?market|under budget|came down|brought (?:it )?down|less than (?:last|the)|kept (?:it )?(?:tight|low|small)",
);
const BAND = anyOf("band|salary|pay|offer|range|base|compensation|comp|package|ceiling|top of");
const OF_MONEY = anyOf(
  "sav\\w+|budget|cost*|finance|runway|cash|money|spend|afford|thrift*|frugal*|burn|[$€£]\\d[\\d,.]* ?k?|\\d{2,3} ?k|by \\d+ ?(?:%|percent)|margin|headcount plan|market",
);
const OF_OTHER_THINGS = anyOf(
  "bill|spend(?= (?:on|per|by))|cloud|gpus?|inference|infrastructure|latency|aws|customers?|drivers?|hospitals?|stores?|users?|compute|training (?:cost|bill|time)|storage|deploy*|toil|401\\(?k\\)?|tax|time|hours",
);

/** A sentence that says the band was narrowed to save money. */
function savings(passages: readonly Passage[]): { quote: string; where: string } | undefined {
  for (const { text, where } of passages) {
    const told = has(text, BAND) && has(text, OF_MONEY) && !has(text, OF_OTHER_THINGS);
    const match = told ? firstClaim(text, SAVED) : undefined;
    if (match) return { quote: text, where };
  }
  return undefined;
}

/** A title of general engineering, with the grade that may stand behind it. */
const TITLE =
  "(?:(?:software|back-?end|front-?end|full-?stack|devops|data|java|python|systems|application|web|cloud|it|infrastructure|r&d)(?:/\\w+)? (?:engineer*|developers?|programmers?)|swe|sde|sre|devops|software engineering|engineering (?:org*|staff)|technical staff)(?:(?:,| -)? ?(?:grade \\w+|level \\w+|L\\d|\\d|[A-Z]\\d|i{1,3}|iv|v))?";
const LADDER =
  "(?:band|grade|range|scale|salary|pay|level|ladder|salaries|matrix|table|structure|bracket|tier|grid|job family|career framework|pay point|spine|step|rate|comp|compensation|architecture)s?";
const BY_TITLE = anyOf(
  `(?:same|standard|existing|generic|our|usual|regular|general|normal|like|as|per|on|in|to|under|with|from|using|the|a|an|every|all|any|other)\\b[^.;\\n]{0,30} ${TITLE}[^.;\\n]{0,20} ${LADDER}\\b[^.;\\n]{0,30}`,
  `(?:paid|pays?|priced|salary|compensation|comp|bands?|benchmarked|graded|levell?ed|mapped|slotted|sits|set|pegged|tied|aligned|same (?:money|pay|salary))\\b[^.;\\n]{0,60} (?:as|like|for|of|with|same as|to|against|in line with|alongside|at|on|by) (?:(?:a|an|any|all|every|our|the|other|senior|regular|general|standard|mid level)\\b ?){0,3}${TITLE}\\b[^.;\\n]{0,30}`,
  `${LADDER} (?:for|of) (?:(?:a|an|our|all|any|other|senior|general|regular) ){0,2}${TITLE}\\b[^.;\\n]{0,20}`,
);

export const compByTitle: Rule = {
  id: "comp_by_title",
  severity: "warning",
  where: "comp_min, comp_max",
  why: "Priced by a title: production experience in this work commands a premium that a general engineering band misses every time.",
  fix: "Price the skill stack of the lane.",
  scoping: true,
  mistake: "band_too_narrow",
  find(post) {
    const p = post.passages.find(
      ({ text, section }) =>
        (section === "pay" || has(text, PAY)) && firstClaim(text, BY_TITLE) !== undefined,
    );
    const match = p && firstClaim(p.text, BY_TITLE);
    return p && match ? [{ quote: match[0].trim(), where: p.where }] : [];
  },
};
const PAY = anyOf(
  "pay|pays|paid|salary|salaries|comp|compensation|band|bands|remuneration|range|grade|graded|money|priced|wage|mapped|ladder|job (?:family|architecture)|rate",
);
