import { DAY } from "../days.ts";
import type { ApplicationStatus } from "../pipeline/application.ts";
import type { Stage } from "../roles/role-template.ts";
import type { ImportedApplication, Unclear } from "./imported.ts";
import { isAfter, type Moment, readMoment } from "./read-moment.ts";

type End = Exclude<ApplicationStatus, "active">;

/** What a stage's name in the source means: a stage of the role, an end, nobody's concern, or nothing that is known. */
export type MeantStage = { readonly stage: string } | { readonly end: End } | "leave out" | undefined;

/** The way of an application through the stages of its role, as far as the source tells it. */
export type Route = {
  /** Undefined where the source does not say when they applied. */
  readonly appliedAt: Date | undefined;
  /** The stage in which the record here begins; `at` is undefined where nobody knows when they came there. */
  readonly begin: { readonly stage: string; readonly at: Date | undefined };
  readonly moves: readonly { readonly to: string; readonly at: Date }[];
  readonly end: { readonly status: End; readonly at: Date | undefined } | undefined;
  /** Whether the source tells the stages before, with their days. */
  readonly isTold: boolean;
};

type Fault = Omit<Unclear, "where">;
export type Routed =
  | { readonly route: Route; readonly unclear: readonly Fault[] }
  /** It cannot come in: a stage is not known or is left out on purpose. */
  | { readonly leftOut: "stage_unclear" | "stage_left_out"; readonly stage: string };

type Rules = {
  readonly stages: readonly Stage[];
  readonly meant: (stage: string) => MeantStage;
  readonly now: Date;
};

/** The way of one application. Dates that cannot be right are left out and told. */
export function routeOf(application: ImportedApplication, { stages, meant, now }: Rules): Routed {
  const unclear: Fault[] = [];
  const read = (field: string, text: string | undefined): Moment | undefined => {
    if (text === undefined) return undefined;
    const moment = readMoment(text, now);
    if (!("why" in moment)) return moment;
    unclear.push({ field, why: moment.why });
    return undefined;
  };
  const named = application.stage === undefined ? undefined : meant(application.stage);
  if (application.stage !== undefined && (named === undefined || named === "leave out"))
    return { leftOut: named === undefined ? "stage_unclear" : "stage_left_out", stage: application.stage };
  const status =
    typeof named === "object" && "end" in named && application.status === "active"
      ? named.end
      : application.status;
  const told = historyOf(application, { read, meant });
  const ended = status === "active" ? undefined : (read("ended", application.endedAt) ?? told.ended);
  const stage =
    typeof named === "object" && "stage" in named
      ? named.stage
      : (told.entries.at(-1)?.stage ?? defaultStage(stages, status));
  const dates = inOrder(
    {
      applied: read("applied", application.appliedAt),
      entered: read("stage entered", application.stageEnteredAt),
      entries: told.entries,
    },
    ended,
    unclear,
  );
  const way = reaching(stage, dates, unclear);
  const isFirst = stage === stages[0]?.id;
  const [first, ...rest] =
    way.length > 0 ? way : [{ stage, at: dates.entered ?? (isFirst ? dates.applied : undefined) }];
  const begin = { stage: first?.stage ?? stage, at: first?.at?.at };
  const moves = rest.flatMap(({ stage: to, at }) => (at ? [{ to, at: at.at }] : []));
  const last = moves.at(-1)?.at ?? begin.at;
  return {
    route: {
      appliedAt: earliest(dates.applied?.at, begin.at) ?? ended?.at,
      ...{ begin, moves, isTold: way.length > 0 },
      end: status === "active" ? undefined : { status, at: ended && latest(ended.at, last) },
    },
    unclear,
  };
}

type Entry = { readonly stage: string; readonly at: Moment };

function historyOf(
  { history }: ImportedApplication,
  {
    read,
    meant,
  }: { readonly read: (field: string, text: string) => Moment | undefined; readonly meant: Rules["meant"] },
): { readonly entries: readonly Entry[]; readonly ended: Moment | undefined } {
  const entries: Entry[] = [];
  let ended: Moment | undefined;
  for (const { stage, enteredAt } of history) {
    const to = meant(stage);
    if (to === undefined || to === "leave out") continue;
    const at = read("stage entered", enteredAt);
    if (at === undefined) continue;
    if ("end" in to) ended = at;
    else entries.push({ stage: to.stage, at });
  }
  const sorted = entries.toSorted((a, b) => a.at.at.getTime() - b.at.at.getTime());
  return { entries: sorted.filter(({ stage }, n) => stage !== sorted[n - 1]?.stage), ended };
}

type Dates = {
  readonly applied: Moment | undefined;
  readonly entered: Moment | undefined;
  readonly entries: readonly Entry[];
};

/** Leaves out what lies after the end, and stages that were entered long before the application. */
function inOrder({ applied, entered, entries }: Dates, ended: Moment | undefined, unclear: Fault[]): Dates {
  const beforeEnd = (field: string, moment: Moment | undefined): Moment | undefined => {
    if (moment === undefined || ended === undefined || !isAfter(moment, ended)) return moment;
    unclear.push({ field, why: `${dayOf(moment)} lies after the end on ${dayOf(ended)}` });
    return undefined;
  };
  const from = beforeEnd("applied", applied);
  const afterStart = (moment: Moment | undefined): Moment | undefined => {
    if (moment === undefined || from === undefined || from.at.getTime() - moment.at.getTime() <= DAY)
      return moment;
    unclear.push({
      field: "stage entered",
      why: `${dayOf(moment)} lies before the application on ${dayOf(from)}`,
    });
    return undefined;
  };
  return {
    applied: from,
    entered: afterStart(beforeEnd("stage entered", entered)),
    entries: entries.filter(({ at }) => afterStart(beforeEnd("stage entered", at)) !== undefined),
  };
}

/** The stages up to the one in which they stand or ended; none where the source does not tell how they came there. */
function reaching(stage: string, { entered, entries }: Dates, unclear: Fault[]): readonly Entry[] {
  const last = entries.at(-1);
  if (last === undefined || last.stage === stage) return entries;
  if (entered !== undefined && entered.at >= last.at.at) return [...entries, { stage, at: entered }];
  unclear.push({
    field: "stages before",
    why: "they do not lead to the stage that is named, and are left out",
  });
  return [];
}

/** Where somebody stands of whom no stage is told: those who were hired at the offer, everybody else at the beginning. */
function defaultStage(stages: readonly Stage[], status: ApplicationStatus): string {
  const hired = stages.find(({ kind }) => kind === "offer") ?? stages.at(-1);
  return (status === "hired" ? hired : stages[0])?.id ?? "";
}

const dayOf = ({ at }: Moment): string => at.toISOString().slice(0, 10);
const earliest = (a: Date | undefined, b: Date | undefined) => (a && b ? (a < b ? a : b) : (a ?? b));
const latest = (a: Date, b: Date | undefined): Date => (b !== undefined && b > a ? b : a);
