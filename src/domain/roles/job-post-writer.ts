import { DomainError } from "../errors.ts";
import type { Finding } from "../role-check/finding.ts";
import type { Role } from "./role.ts";
import type { RoleTemplate } from "./role-template.ts";

export type PostFormat = "markdown" | "text";

/**
 * A job post from the role's own facts: lane, outcomes, must-haves, loop with minutes, on-call and pay. Nothing is
 * invented, and facts that the role lacks are left out.
 */
export function writeJobPost(role: Role, template: RoleTemplate, format: PostFormat): string {
  const lane = template.lanes.find((l) => l.id === role.lane);
  const heading = (text: string) => (format === "markdown" ? `## ${text}` : text.toUpperCase());
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`);
  const block = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", heading(title), ...lines];
  const level = role.level.charAt(0).toUpperCase() + role.level.slice(1);
  // People put a level before a title, but not this one.
  const isTitled = role.level === "mid" || new RegExp(`\\b${role.level}\\b`, "i").test(role.title);
  const title = isTitled ? role.title : `${level} ${role.title}`;
  const named = lane ? `${title}, ${lane.title}` : title;
  const rounds = role.stages.filter(
    (s) => (s.kind === "interview" || s.kind === "exercise") && s.minutes !== undefined,
  );
  const minutes = rounds.reduce((sum, s) => sum + (s.minutes ?? 0), 0);
  const place = role.remote ? `${role.location}, remote` : role.location;
  return [
    format === "markdown" ? `# ${named}` : named,
    "",
    `Location: ${place}`,
    ...block("What you will have reached", list(role.outcomes)),
    ...block("What you will do", list(lane?.duties ?? template.responsibilities)),
    ...block("Must have", list(role.mustHaves)),
    ...block("Nice to have", list(role.niceToHaves)),
    ...block("On-call", role.onCall === null ? [] : [role.onCall]),
    ...block("Pay", payLines(role)),
    ...block(
      "Interviews",
      list(rounds.map((s) => `${s.name}${s.kind === "exercise" ? " on real work" : ""}, ${s.minutes} min`)),
    ),
    ...(rounds.length > 0 ? ["", `These rounds take ${minutes} minutes.`] : []),
    "",
  ].join("\n");
}

function payLines({ compMin, compMax, currency }: Role): string[] {
  if (compMin === null || compMax === null) return [];
  const amount = (n: number) => `${currency} ${n.toLocaleString("en-US")}`;
  return [`Base salary: ${amount(compMin)} to ${amount(compMax)} a year.`];
}

/**
 * Refuses a role whose job post would fail the checks.
 * @throws DomainError `precondition_failed` naming each error that has to be fixed first.
 */
export function requirePostable(key: string, findings: readonly Finding[]): void {
  const errors = findings.filter((f) => f.severity === "error");
  if (errors.length === 0) return;
  const what = errors.map(
    (f) => `${f.rule}${f.quote === undefined ? "" : ` (${JSON.stringify(f.quote)})`}: ${f.fix}`,
  );
  throw new DomainError("precondition_failed", `${key} cannot be advertised yet. ${what.join(" ")}`, {
    do: "fix_role",
    role: key,
  });
}
