import { pluralize } from "../domain/pluralize.ts";
import { emptyIn, type ProposedRole } from "../domain/transfer/import-map.ts";
import type { ImportPlan, PlannedName, PlannedRole, Skipped } from "../domain/transfer/import-plan.ts";
import type { ImportedSource, Unclear } from "../domain/transfer/imported.ts";
import type { PersonToImport } from "../domain/transfer/join-people.ts";
import type { LeftOut, LeftOutAt } from "../domain/transfer/left-out.ts";
import type { ImportedBatch } from "../services/transfer/carry-out-import.ts";

const MAX_LINES = 30;

/** What would come in: counts first, then what the names mean, and what would not come in. */
export function planLines(
  { recognised }: Pick<ImportedSource, "recognised">,
  people: readonly PersonToImport[],
  plan: ImportPlan,
): string[] {
  const { roles, stages, owners } = plan;
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
    ...notAgainLines(plan),
  ];
}

/** Who is on record already, and who may be somebody else: told before an import and after it. */
const notAgainLines = ({ skipped, doubles }: ImportPlan): string[] => [
  ...listed("Not added again", skipped.filter(({ why }) => why !== "imported").map(skippedLine)),
  ...listed("May be the same person, not decided", doubles.map(doubleLine)),
];

/** What is left out, each with its place, its name and why: applications, and what was not understood of the rest. */
export type LeftOutLines = { readonly applications: readonly string[]; readonly unclear: readonly string[] };

/** @param file the name of the source, where its places do not name a file of it themselves */
export function leftOutOf(
  file: string,
  leftOut: readonly LeftOutAt[],
  unclear: readonly Unclear[],
): LeftOutLines {
  const at = (where: string) => (/^(?:rows?|columns?|worksheet) /.test(where) ? `${file}, ${where}` : where);
  return {
    applications: leftOut.map((one) => `${at(one.where)}, ${one.name}: ${whyLeftOut(one)}`),
    unclear: unclear.map(
      ({ where, field, why }) => `${[at(where), field].filter((part) => part).join(", ")}: ${why}`,
    ),
  };
}

function whyLeftOut({ why, role, stage, field, told: words }: LeftOutAt): string {
  if (words !== undefined) return field === undefined ? words : `${field}: ${words}`;
  const [of, at] = [JSON.stringify(role), JSON.stringify(stage)];
  const whys: Partial<Record<LeftOut, string>> = {
    role_not_named: "no role is named",
    role_unknown: `no role here is called ${of}`,
    role_left_out: `the map leaves out the role ${of}`,
    roles_of_one_name: `several roles are called ${of}`,
    stage_unclear: `which stage ${at} is, is unclear`,
    stage_left_out: `the map leaves out the stage ${at}`,
  };
  return whys[why] ?? "unclear";
}

const LEFT_OUT_TITLE = "Left out";
const UNCLEAR_TITLE = "Not understood, and not taken";

/** What is left out, for the terminal: of long lists the beginning, and where the whole is. */
export const leftOutLines = ({ applications, unclear }: LeftOutLines, path: string | undefined): string[] => [
  ...listed(LEFT_OUT_TITLE, applications),
  ...listed(UNCLEAR_TITLE, unclear),
  ...(path === undefined ? [] : [`All that is left out, line by line: ${path}`]),
];

/** Whether the terminal shows only the beginning of what is left out. */
export const isLong = ({ applications, unclear }: LeftOutLines): boolean =>
  applications.length > MAX_LINES || unclear.length > MAX_LINES;

/** All that is left out, as a file. */
export const leftOutText = ({ applications, unclear }: LeftOutLines): string =>
  [
    ...(applications.length === 0 ? [] : [`${LEFT_OUT_TITLE}:`, ...applications, ""]),
    ...(unclear.length === 0 ? [] : [`${UNCLEAR_TITLE}:`, ...unclear, ""]),
  ].join("\n");

function countLines({ counts }: ImportPlan): string[] {
  const { people, applications, added, new_people, added_to_known: known, left_out: leftOut } = counts;
  return [
    `${pluralize(people, "person", "people")}, ${pluralize(applications, "application")}:`,
    `  ${added} to be added${added === 0 ? "" : ` (${pluralize(new_people, "new person", "new people")}, ${known} for people on record)`}`,
    ...skippedLines(counts),
    ...leftOutCount(leftOut),
    ...(counts.files + counts.records === 0
      ? []
      : [`  with ${pluralize(counts.files, "file")} and ${recordsText(counts.records)}`]),
    ...told(
      counts.stage_undated,
      "since when they are in their stage is not known: it counts from the import",
    ),
    ...told(counts.applied_undated, "when they applied is not known: the day of the import stands there"),
    ...told(counts.ended_undated, "have ended, and when is not known: the day of the import stands there"),
    ...told(counts.without_resume, "are active without a résumé: they can be moved without an assessment"),
  ];
}

const leftOutCount = (n: number): string[] => (n === 0 ? [] : [`  ${n} left out, each with why below`]);

function skippedLines({ skipped }: ImportPlan["counts"]): string[] {
  const skips = (Object.keys(SKIPPED) as Skipped[]).filter((why) => skipped[why] > 0);
  const all = skips.reduce((sum, why) => sum + skipped[why], 0);
  if (all === 0) return [];
  return [`  ${all} not again (${skips.map((why) => `${skipped[why]} ${SKIPPED[why]}`).join(", ")})`];
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
  role_unknown: "no role of this name",
  role_left_out: "left out, as the map says",
  roles_of_one_name: "several roles of this name: left out until the map says which",
  role_closed: "closed",
  stage_unclear: "unclear",
  stage_left_out: "left out",
  person_unclear: "unclear",
};

function roleLine({ name, applications, keys, opens, proposed, leftOut }: PlannedRole): string {
  if (proposed) return `${name} -> ? (${applications}): ${LEFT_OUT.role_unknown}. ${proposalText(proposed)}`;
  if (leftOut === "role_left_out") return `${name} -> ${LEFT_OUT[leftOut]} (${applications})`;
  const meant = opens ? `opens a role from ${opens.template}` : keys.join(" or ") || "?";
  const why = leftOut === undefined ? "" : `: ${LEFT_OUT[leftOut]}`;
  return `${name ?? "(none named)"} -> ${meant} (${applications})${why}`;
}

/** `The map proposes one from mlops-engineer: fill in level, location.` */
function proposalText(proposed: ProposedRole): string {
  const from = proposed.template ? `one from ${proposed.template}` : "to open one";
  return `The map proposes ${from}: fill in ${emptyIn(proposed).join(", ")}`;
}

function stageLines(stages: readonly PlannedName[]): string[] {
  const roles = [...new Set(stages.map(({ role }) => role))];
  return roles.flatMap((role) => {
    const ofRole = stages.filter((stage) => stage.role === role);
    return [
      `Stages of ${role}:`,
      ...ofRole.map(({ name, to, applications, allowed }) =>
        to !== undefined
          ? `  ${name} -> ${to} (${applications})`
          : allowed.length === 0
            ? `  ${name} -> ? (${applications}): goes by the template`
            : `  ${name} -> ? (${applications}): left out. Allowed: ${allowed.join(", ")}.`,
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

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MAX_LINES;
  return [
    `${title}:`,
    ...lines.slice(0, MAX_LINES).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

type Next = { readonly mapPath: string | undefined; readonly command: string };

/** What to do after a dry run. */
export function nextLines(plan: ImportPlan, { mapPath, command }: Next): string[] {
  const { counts } = plan;
  if (counts.people === 0) return ["Nothing has been changed: nobody was found."];
  const isOpen = hasOpenNames(plan);
  const map =
    mapPath === undefined
      ? "The map could not be written beside the source: name a place for it with --map."
      : isOpen
        ? `To settle what is unclear: edit ${mapPath}. What stays empty there is left out.`
        : `What each name means stands in ${mapPath}; edit it where it is wrong.`;
  const what = counts.added === 0 ? "what the map settles" : pluralize(counts.added, "application");
  const more = counts.added > 0 && isOpen ? " and what the map settles" : "";
  return [
    "Nothing has been changed.",
    map,
    ...(counts.added === 0 && !isOpen ? [] : [`To add ${what}${more}: ${command}`]),
  ];
}

/** Whether a role or stage of the source still waits for somebody to say what it is. */
const hasOpenNames = ({ roles, stages }: ImportPlan): boolean =>
  roles.some(({ name, leftOut }) => name !== null && leftOut !== undefined && leftOut !== "role_left_out") ||
  stages.some(({ to }) => to === undefined);

/** What to do after an import that left out what the map does not say. */
export const afterLines = (plan: ImportPlan, { mapPath, command }: Next): string[] =>
  mapPath === undefined || plan.left_out.length === 0 || !hasOpenNames(plan)
    ? []
    : [`To take in what the map did not settle: edit ${mapPath}, then ${command}`];

type Given = { readonly [option in "role" | "map" | "dates"]?: string | undefined };

/** The call that carries out what a dry run with these options has told. */
export function commandText(from: string, given: Given): string {
  const options = (["role", "map", "dates"] as const).flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [`--${name}`, quoted(value)];
  });
  return ["greenflag import", quoted(from), ...options, "--yes"].join(" ");
}

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w@%+=:,./\\~-]+$/.test(word) ? word : `"${word}"`);

/** What came in, and who was there already. */
export function importedLines(
  { people, applications, documents, records, left_out: leftOut }: ImportedBatch,
  plan: ImportPlan,
): string[] {
  return [
    `Added ${pluralize(applications, "application")} of ${pluralize(people, "person", "people")}, ` +
      `with ${pluralize(documents, "document")} and ${recordsText(records)}.`,
    ...skippedLines(plan.counts),
    ...leftOutCount(leftOut.length),
    ...notAgainLines(plan),
  ];
}
