import { pluralize } from "../domain/pluralize.ts";
import type {
  ImportPlan,
  LeftOut,
  PlannedName,
  PlannedRole,
  Skipped,
} from "../domain/transfer/import-plan.ts";
import type { ImportedSource, Unclear } from "../domain/transfer/imported.ts";
import type { PersonToImport } from "../domain/transfer/join-people.ts";
import type { ImportedBatch } from "../services/transfer/carry-out-import.ts";

const MAX_LINES = 30;

/** What would come in: counts first, then what the names mean, then what is unclear with its place. */
export function planLines(
  { recognised, unclear }: Pick<ImportedSource, "recognised" | "unclear">,
  people: readonly PersonToImport[],
  plan: ImportPlan,
): string[] {
  const { roles, stages, owners, doubles } = plan;
  const several = people.filter(({ also }) => also.length > 0);
  return [
    ...listed(
      "Read",
      recognised.map(({ what, as }) => `${what}: ${as}`),
    ),
    ...countLines(plan),
    ...listed("Roles", roles.map(roleLine)),
    ...stageLines(stages),
    ...listed("Looked after by", owners.map(ownerLine)),
    ...listed(
      "Several times in the source, taken once",
      several.map(({ name, where, also }) => `${name}: ${[where, ...also].join(", ")}`),
    ),
    ...listed("Not added again", plan.skipped.filter(({ why }) => why !== "imported").map(skippedLine)),
    ...listed("May be the same person, not decided", doubles.map(doubleLine)),
    ...unclearLines([...unclear, ...plan.unclear]),
  ];
}

function countLines({ counts }: ImportPlan): string[] {
  const {
    people,
    applications,
    added,
    new_people,
    added_to_known: known,
    skipped,
    left_out: leftOut,
  } = counts;
  const skips = (Object.keys(SKIPPED) as Skipped[]).filter((why) => skipped[why] > 0);
  const all = skips.reduce((sum, why) => sum + skipped[why], 0);
  return [
    `${pluralize(people, "person", "people")}, ${pluralize(applications, "application")}:`,
    `  ${added} to be added${added === 0 ? "" : ` (${pluralize(new_people, "new person", "new people")}, ${known} for people on record)`}`,
    ...(all === 0
      ? []
      : [`  ${all} not again (${skips.map((why) => `${skipped[why]} ${SKIPPED[why]}`).join(", ")})`]),
    ...(leftOut === 0 ? [] : [`  ${leftOut} left out, because something is unclear or the map says so`]),
    ...(counts.files + counts.records === 0
      ? []
      : [`  with ${pluralize(counts.files, "file")} and ${recordsText(counts.records)}`]),
    ...told(
      counts.stage_undated,
      "since when they are in their stage is not known: it counts from the import",
    ),
    ...told(counts.applied_undated, "when they applied is not known: the day of the import stands there"),
    ...told(counts.without_resume, "are active without a résumé: they can be moved without an assessment"),
  ];
}

const recordsText = (n: number): string =>
  pluralize(n, "note, scorecard or answer", "notes, scorecards and answers");

const told = (n: number, what: string): string[] => (n === 0 ? [] : [`  of these ${n}: ${what}`]);

const SKIPPED: Readonly<Record<Skipped, string>> = {
  imported: "imported before",
  here: "on record for the role already",
  erased: "erased before",
  own: "your own, which a colleague has to add",
};

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  role_not_named: "no role is named: give --role KEY",
  role_unknown: "no role of this name: left out",
  role_left_out: "left out, as the map says",
  roles_of_one_name: "several roles of this name: left out until the map says which",
  role_closed: "closed",
  stage_unclear: "unclear",
  stage_left_out: "left out",
  person_unclear: "unclear",
};

function roleLine({ name, applications, keys, opens, leftOut }: PlannedRole): string {
  const meant = opens ? `opens a role from ${opens.template}` : keys.join(" or ") || "?";
  const why = leftOut === undefined ? "" : `: ${LEFT_OUT[leftOut]}`;
  return `${name ?? "(none named)"} -> ${meant} (${applications})${why}`;
}

function stageLines(stages: readonly PlannedName[]): string[] {
  const roles = [...new Set(stages.map(({ role }) => role))];
  return roles.flatMap((role) => {
    const ofRole = stages.filter((stage) => stage.role === role);
    return [
      `Stages of ${role}:`,
      ...ofRole.map(({ name, to, applications, allowed }) =>
        to === undefined
          ? `  ${name} -> ? (${applications}): left out. Allowed: ${allowed.join(", ")}.`
          : `  ${name} -> ${to} (${applications})`,
      ),
    ];
  });
}

const ownerLine = ({ name, to, applications }: PlannedName): string =>
  to === undefined
    ? `${name} -> ? (${applications}): no member of this name; the role's owner looks after them`
    : `${name} -> ${to} (${applications})`;

const skippedLine = ({ where, name, why, ref }: ImportPlan["skipped"][number]): string =>
  why === "own" || why === "erased"
    ? `${where}: ${SKIPPED[why]}`
    : `${where}, ${name}: ${SKIPPED[why]}${ref === undefined ? "" : ` (${ref})`}`;

const doubleLine = ({ where, name, others }: ImportPlan["doubles"][number]): string =>
  `${where}, ${name}: ${others.map((one) => `${one.name} (${one.ref ?? one.where ?? ""}) by ${one.by.join(", ")}`).join("; ")}`;

const unclearLines = (unclear: readonly Unclear[]): string[] =>
  listed(
    "Unclear, and left out",
    unclear.map(({ where, field, why }) => `${[where, field].filter((part) => part).join(", ")}: ${why}`),
  );

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MAX_LINES;
  return [
    `${title}:`,
    ...lines.slice(0, MAX_LINES).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** What to do after a dry run. */
export function nextLines(
  { counts, roles, stages }: ImportPlan,
  { mapPath, from }: { readonly mapPath: string | undefined; readonly from: string },
): string[] {
  const isOpen = [
    ...roles.map(({ leftOut }) => leftOut !== undefined),
    ...stages.map(({ to }) => to === undefined),
  ];
  const map =
    mapPath === undefined
      ? "The map could not be written beside the source: name a place for it with --map."
      : isOpen.includes(true)
        ? `To settle what is unclear: edit ${mapPath}, and run this again.`
        : `What each name means stands in ${mapPath}; edit it where it is wrong.`;
  return [
    "Nothing has been changed.",
    map,
    ...(counts.added === 0
      ? []
      : [`To add ${pluralize(counts.added, "application")}: greenflag import ${from} --yes`]),
  ];
}

/** What came in. */
export function importedLines({
  people,
  applications,
  documents,
  records,
  unclear,
}: ImportedBatch): string[] {
  return [
    `Added ${pluralize(applications, "application")} of ${pluralize(people, "person", "people")}, ` +
      `with ${pluralize(documents, "document")} and ${recordsText(records)}.`,
    ...unclearLines(unclear),
  ];
}
