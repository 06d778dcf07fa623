import { dayOf } from "../domain/days.ts";
import type { HeldBy, KeptUntil, NotKnown } from "../domain/personal-data/due-to-erase.ts";
import type { DutyRule, LongestRule } from "../domain/personal-data/retention-rule.ts";
import { DEFAULT_PLACE } from "../domain/personal-data/retention-settings.ts";
import { pluralize } from "../domain/pluralize.ts";
import type { Retention } from "../services/personal-data/retention.ts";

/** What is due, held back and not known, a line for each person, and how many there are of the others. */
export function retentionLines({ due, held, unknown, notYet, running, hired, own }: Retention): string[] {
  const people = (count: number) => pluralize(count, "person", "people");
  return [
    ...section(
      `Due to be erased: ${people(due.length)}.`,
      due.map(
        ({ references, verdict }) => `${references.join(", ")}: ${verdict.kept.map(keptText).join("; ")}`,
      ),
    ),
    ...section(
      `Period over, but held back: ${people(held.length)}.`,
      held.map(({ references, verdict }) => `${references.join(", ")}: ${heldText(verdict.by)}`),
    ),
    ...section(
      `Not known how long they are kept: ${people(unknown.length)}. Nothing is due there by itself.`,
      unknown.map(
        ({ references, verdict: { unknown: why, consentUntil } }) =>
          `${references.join(", ")}: ${[...new Set(why.map(notKnownText))].join("; ")}` +
          (consentUntil ? `; consent until ${consentUntil}` : ""),
      ),
    ),
    ...(unknown.length > 0
      ? ["To set a period of your own: greenflag retention set PLACE|default MONTHS --why TEXT"]
      : []),
    `Not due yet: ${people(notYet.people)}${notYet.first === null ? "" : `, the first after ${notYet.first}`}. ` +
      `Applications still running: ${people(running)}. Hired, whose record belongs to the employment: ${people(hired)}.`,
    ...(own ? ["You are on record yourself; somebody else looks at that record."] : []),
  ];
}

const section = (head: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [head, ...lines.map((line) => `  ${line}`)];

/** `kept until 2026-05-31 (Germany, AGG § 15 (4))`. */
export function keptText({ until, by }: KeptUntil): string {
  if ("rule" in by) return `kept until ${until} (${by.rule.place}: ${by.rule.law})`;
  const place = by.place === DEFAULT_PLACE ? "" : ` for ${by.place}`;
  return `kept until ${until} (your own ${pluralize(by.own.months, "month")}${place}: ${by.own.why})`;
}

/** What holds a record back whose period is over. */
export function heldText(by: HeldBy): string {
  if ("hold" in by)
    return `legal hold ${by.hold.until === null ? "until it is released" : `until ${by.hold.until}`}: ${by.hold.reason}`;
  if ("duty" in by)
    return `${by.duty.rule.law} (${by.duty.rule.place}) until ${by.duty.until}: ${by.duty.rule.why}`;
  return `consent to stay on file until ${by.consent}`;
}

/** Why a period is not known. */
export const notKnownText = ({ application, why, rule }: NotKnown): string =>
  why === "no_place"
    ? `${application} names no certain place`
    : rule
      ? `${rule.place}: ${rule.why}`
      : `no period is on file for the place of ${application}`;

/** Every law and usual period on file, with where it was looked up. */
export const ruleLines = (rules: readonly (DutyRule | LongestRule)[]): string[] =>
  rules.flatMap((rule) => [
    `${rule.id}: ${rule.place}, ${rule.kind === "duty" ? "at least" : "usually at most"} ${rule.keep ?? "unknown"} ` +
      `(${rule.law}${rule.kind === "duty" ? `; ${rule.who}${rule.binds === "if_told" ? ", where you say so" : ""}` : ""})` +
      `${rule.valid_from ? `, from ${rule.valid_from}` : ""}${rule.valid_until ? `, to ${rule.valid_until}` : ""}`,
    `  ${rule.why} Looked up ${rule.looked_up} (${SEEN[rule.seen]}): ${rule.source}`,
  ]);

const SEEN = {
  text: "its own words",
  summary: "words of others about it",
  memory: "not found again; check it",
} as const satisfies Record<LongestRule["seen"], string>;

/** What the team has set itself. */
export const settingLine = ({
  key,
  months,
  binds,
  why,
  setAt,
}: {
  readonly key: string;
  readonly months: number | null;
  readonly binds: boolean | null;
  readonly why: string;
  readonly setAt: Date;
}): string => {
  const law = binds ? "binds this team" : "does not bind this team";
  return `Set on ${dayOf(setAt)}: ${key} ${months === null ? law : pluralize(months, "month")}: ${why}`;
};
