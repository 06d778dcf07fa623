import { DomainError } from "../errors.ts";
import { type Duty, dutiesIn, matchPlaces } from "../jurisdictions/lookup.ts";
import type { Role } from "../roles/role.ts";
import { type Finding, Severity } from "./finding.ts";
import { type Forecast, forecastWeeks } from "./forecast.ts";
import type { JobPost } from "./job-post.ts";
import { foreignLanguage } from "./language.ts";
import { levelIn, placeIn, remoteIn } from "./post-metadata.ts";
import { readPost } from "./read-post.ts";
import { readRole } from "./read-role.ts";
import { RULES } from "./rules.ts";
import type { Setting } from "./setting.ts";

export type RoleCheck = {
  readonly findings: readonly Finding[];
  readonly forecast_weeks: Forecast | null;
  /** Dated duties of the place, in force or upcoming. Guidance, not legal advice. */
  readonly law: readonly Duty[];
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

type PostSetting = CommonSetting & {
  readonly [K in "level" | "location" | "remote"]?: Setting[K] | undefined;
};

/**
 * The same for a pasted job post, with quotes that stand in it word for word. Level, place and remote are read from the
 * post where they are not given. A post in a language that is not read says so and is judged no further.
 * @throws DomainError `invalid` for an empty post or one beyond reading.
 */
export function checkPost(text: string, common: PostSetting): RoleCheck {
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
  const setting: Setting = {
    ...common,
    level: common.level ?? levelIn(common.lexicon, text),
    location: common.location ?? placeIn(common.places, text),
    remote: common.remote ?? remoteIn(common.lexicon, text),
  };
  const language = foreignLanguage(text);
  if (language !== null) return unread(language, setting);
  return judge(readPost(text, setting.lexicon), setting);
}

function judge(post: JobPost, setting: Setting): RoleCheck {
  const named = new Set(setting.template.mistakes.map((mistake) => mistake.id));
  const findings = RULES.filter((rule) => rule.mistake === undefined || named.has(rule.mistake)).flatMap(
    (rule) =>
      rule.find(post, setting).map((hit): Finding => {
        const { quote, where = rule.where, severity = rule.severity, why = rule.why, fix = rule.fix } = hit;
        return { rule: rule.id, severity, where, ...(quote === undefined ? {} : { quote }), why, fix };
      }),
  );
  const order = Severity.options;
  findings.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return {
    findings,
    forecast_weeks: forecastWeeks(setting.template, findings, SCOPING),
    law: lawOf(setting),
  };
}

const lawOf = ({ places, location, remote, today }: Setting) =>
  dutiesIn(matchPlaces(places, { location, remote }), today);

function unread(language: string, setting: Setting): RoleCheck {
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
