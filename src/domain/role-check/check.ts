import { DomainError } from "../errors.ts";
import { type Duty, dutiesIn, matchPlaces } from "../jurisdictions/lookup.ts";
import type { Role } from "../roles/role.ts";
import { adjustedBand } from "../roles/salary.ts";
import { type Finding, type GeneralRule, type Rule, Severity } from "./finding.ts";
import { type Forecast, forecastWeeks } from "./forecast.ts";
import type { JobPost } from "./job-post.ts";
import { foreignLanguage } from "./language.ts";
import { type Given, type PostFacts, readFacts } from "./post-facts.ts";
import { checkReading, type PostReading, type RefusedQuote } from "./post-reading.ts";
import { readRole } from "./read-role.ts";
import { RULES } from "./rules.ts";
import type { GeneralSetting, Setting } from "./setting.ts";

export type RoleCheck = {
  readonly findings: readonly Finding[];
  readonly forecast_weeks: Forecast | null;
  /** Dated duties of the place, in force or upcoming. Guidance, not legal advice. */
  readonly law: readonly Duty[];
};

/** What was read of a pasted post beside what is wrong with it. */
export type PostCheck = RoleCheck & {
  readonly read: PostFacts;
  readonly refused: readonly RefusedQuote[];
  /** What was neither found nor read, without which there is no forecast. */
  readonly forecast_needs: readonly ("template" | "outcomes" | "must_haves" | "pay")[];
};

/** The most that a post may hold; a long one has some 10,000 characters. */
export const LONGEST_POST = 100_000;

const SCOPING = new Set(RULES.filter((rule) => rule.scoping).map((rule) => rule.id));

/** The kind of role, the places and words that are known, and the day. */
type CommonSetting = Pick<Setting, "template" | "places" | "lexicon" | "today">;

/** What is wrong with a role before anyone is interviewed, worst first, and how long the search will take so. */
export function checkRole(role: Role, setting: CommonSetting): RoleCheck {
  const { level, location, remote } = role;
  return judge(readRole(role), { ...setting, level, location, remote });
}

type PostSetting = Pick<GeneralSetting, "template" | "places" | "lexicon" | "today"> &
  Given & { readonly reading?: PostReading | undefined };

/**
 * The same for a pasted job post, with quotes that stand in it word for word. What the caller does not give is read from the
 * post; a reading of the caller's stands in the place of what the rules made out, where its quotes stand in the post. Without
 * a template only the rules that hold for any trade are run. A post in a language that is not read is judged no further.
 * @throws DomainError `invalid` for an empty post or one beyond reading, or a reading of which no quote stands in it.
 */
export function checkPost(text: string, common: PostSetting): PostCheck {
  requireReadable(text);
  const { reading = {}, template, places, lexicon, today } = common;
  const held = checkReading(text, reading);
  if (held.refused.length > 0 && held.quotes.size === 0) throw noneHeld(held.refused);
  const { post, facts } = readFacts(text, common, held);
  const read = withGiven(facts, common);
  const setting: GeneralSetting = {
    ...{ template, places, lexicon, today },
    level: read.level?.value ?? null,
    location: read.location.length > 0 ? read.location.join("; ") : null,
    remote: read.remote?.value === "remote",
  };
  const language = foreignLanguage(text);
  const checked = language === null ? judge(post, setting) : unread(language, setting);
  const forecast_needs = missingForForecast(setting, read);
  return {
    ...checked,
    forecast_weeks: forecast_needs.length > 0 ? null : checked.forecast_weeks,
    ...{ read, refused: held.refused, forecast_needs },
  };
}

function requireReadable(text: string): void {
  if (text.trim() === "")
    throw new DomainError(
      "invalid",
      "description: empty.",
      "Paste the text of the job post, or name a role.",
    );
  if (text.length > LONGEST_POST) {
    throw new DomainError(
      "invalid",
      `description: ${text.length} characters; at most ${LONGEST_POST} are read.`,
      "Paste the post alone, without the page around it.",
    );
  }
}

function noneHeld(refused: readonly RefusedQuote[]): DomainError {
  const each = refused.map(({ field, quote }) => `reading.${field}: ${JSON.stringify(quote)}`).join("; ");
  const nearest = refused.flatMap((one) => (one.nearest === undefined ? [] : [JSON.stringify(one.nearest)]));
  return new DomainError(
    "invalid",
    `No quote of the reading stands in the post: ${each}.`,
    nearest.length > 0 ? `Nearest: ${nearest.join(", ")}. Copy it exactly.` : "Copy the post's own words.",
  );
}

/** What the caller gave outweighs what was read. */
const withGiven = (facts: PostFacts, { level, location, remote }: Given): PostFacts => ({
  ...facts,
  level: isGiven(level) ? { value: level, quote: null } : facts.level,
  location: isGiven(location) ? [location] : facts.location,
  remote: isGiven(remote) ? { value: remote ? "remote" : "onsite", quote: null } : facts.remote,
});

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

function missingForForecast({ template }: GeneralSetting, read: PostFacts): PostCheck["forecast_needs"] {
  const known = (field: "outcomes" | "must_haves") => read[field].length > 0 || read.settled.has(field);
  return [
    ...(template === null ? (["template"] as const) : []),
    ...(known("outcomes") ? [] : (["outcomes"] as const)),
    ...(known("must_haves") ? [] : (["must_haves"] as const)),
    ...(read.pay || read.location.length > 0 || read.settled.has("pay") ? [] : (["pay"] as const)),
  ];
}

function judge(post: JobPost, setting: GeneralSetting): RoleCheck {
  const { template, places } = setting;
  const named = new Set(template?.mistakes.map((mistake) => mistake.id));
  const known = template && { ...setting, template, band: adjustedBand(places, template, setting) };
  const hitsOf = (rule: Rule | GeneralRule) => {
    if ("general" in rule) return rule.find(post, setting);
    const isHeldTo = rule.mistake === undefined || named.has(rule.mistake);
    return known !== null && isHeldTo ? rule.find(post, known) : [];
  };
  const findings = RULES.flatMap((rule) => {
    return hitsOf(rule).map((hit): Finding => {
      const { quote, where = rule.where, severity = rule.severity, why = rule.why, fix = rule.fix } = hit;
      return { rule: rule.id, severity, where, ...(quote === undefined ? {} : { quote }), why, fix };
    });
  });
  const order = Severity.options;
  findings.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return {
    findings,
    forecast_weeks: template && forecastWeeks(template, findings, SCOPING),
    law: lawOf(setting),
  };
}
const lawOf = ({ places, location, remote, today }: GeneralSetting) =>
  dutiesIn(matchPlaces(places, { location, remote }), today);

function unread(language: string, setting: GeneralSetting): RoleCheck {
  const unjudged = RULES.map((rule) => rule.id).join(", ");
  const finding: Finding = {
    rule: "language_unsupported",
    severity: "warning",
    where: "description",
    why:
      `The post is in ${language}, and the rules read English. Not judged: ${unjudged}. ` +
      "Nothing found here does not mean that nothing is wrong.",
    fix: "Pass an English version, or open a role with its fields in English.",
  };
  return { findings: [finding], forecast_weeks: null, law: lawOf(setting) };
}
