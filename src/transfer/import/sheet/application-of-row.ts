import type { CellWords } from "../../../domain/transfer/cell-words.ts";
import type { ImportedPerson } from "../../../domain/transfer/imported.ts";
import { quoted } from "./report.ts";
import type { ReadCellDate, RowValues, Value } from "./row-values.ts";
import { oneLine } from "./values.ts";

type Application = ImportedPerson["applications"][number];
type Status = Application["status"];

const MAX_LINE_CHARS = 300;
const MAX_REASON_CHARS = 2_000;

/** What a row says of how an application stands. */
type Standing = {
  readonly status: Status;
  /** Whether the row says so itself. */
  readonly isStated: boolean;
  readonly stage?: string | undefined;
  readonly reason?: string | undefined;
  readonly endedAt?: string | undefined;
};

/** The application of a row, with why it is left out where the row contradicts itself or does not say how it ended. */
export function applicationOf(
  values: RowValues,
  words: CellWords,
  readDate: ReadCellDate,
): Omit<Application, "records"> {
  const standing = standingOf(values, words, readDate);
  const { status, stage, reason, endedAt }: Omit<Standing, "isStated"> =
    "why" in standing ? { status: "active" } : standing;
  const appliedAt = values.date("applied_at") ?? values.date("added_at");
  const stageEnteredAt = values.date("stage_entered_at");
  const role = lineOf(values.one("role"));
  const source = joinedLine(values.all("source"));
  const referredBy = lineOf(values.one("referred_by"));
  const owner = lineOf(values.one("owner"));
  return {
    status,
    history: [],
    ...("why" in standing && { unclear: standing }),
    ...(role !== undefined && { role }),
    ...(stage !== undefined && { stage }),
    ...(appliedAt !== undefined && { appliedAt }),
    ...(stageEnteredAt !== undefined && { stageEnteredAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(reason !== undefined && { reason: reason.slice(0, MAX_REASON_CHARS) }),
    ...(source !== undefined && { source }),
    ...(referredBy !== undefined && { referredBy }),
    ...(owner !== undefined && { owner }),
  };
}

/** The text of a value on one line, as long as a field may be. */
export const lineOf = (value: Value | undefined): string | undefined =>
  value === undefined ? undefined : oneLine(value.text).slice(0, MAX_LINE_CHARS);

/** Several values on one line, each once. */
export function joinedLine(values: readonly Value[]): string | undefined {
  const parts = [...new Set(values.map(({ text }) => oneLine(text)))];
  return parts.length === 0 ? undefined : parts.join(", ").slice(0, MAX_LINE_CHARS);
}

type Contradiction = { readonly field: string; readonly why: string };

const contradiction = ({ column, text }: Value, why: string): Contradiction => ({
  field: column.header,
  why: `${quoted(oneLine(text))}: ${why}`,
});
const ENDED_SOMEHOW = "it is over, and how is not told";

function standingOf(values: RowValues, words: CellWords, readDate: ReadCellDate): Standing | Contradiction {
  const named = statusAndStage(values, words);
  if ("why" in named) return named;
  const ended = endByColumns(values, words, readDate);
  if (ended === undefined) return withDates(values, named);
  if (ended === "unclear") {
    if (named.status !== "active") return withDates(values, named);
    const value = values.one("archive_reason");
    return value ? contradiction(value, ENDED_SOMEHOW) : withDates(values, named);
  }
  if (named.isStated && named.status === "active") {
    return contradiction(ended.value, "the status says that it goes on");
  }
  // A status that is written out counts for more than what a reason sounds like.
  const status = named.isStated ? named.status : ended.status;
  return withDates(values, {
    ...named,
    status,
    isStated: true,
    reason: ended.reason ?? named.reason,
    endedAt: ended.endedAt,
  });
}

/** Status and stage by the columns of that name, of which either can hold both. */
function statusAndStage(values: RowValues, words: CellWords): Standing | Contradiction {
  const [statusValue, stageValue] = [values.one("status"), values.one("stage")];
  const [status, atStage] = [statusValue, stageValue].map((value) => value && statusIn(value.text, words));
  const [byStatus, byStage] = [status?.word, atStage?.word];
  const reason = status?.reason ?? atStage?.reason;
  const stage = byStage === undefined || byStage === "unclear" ? lineOf(stageValue) : undefined;
  const ends = [byStatus, byStage].filter((word) => word !== undefined && word !== "unclear");
  const [first, second] = ends;
  if (statusValue && second !== undefined && first !== second) {
    return contradiction(statusValue, "status and stage contradict each other");
  }
  if (first !== undefined) return { status: first, isStated: true, stage, ...(reason && { reason }) };
  if (statusValue === undefined) return { status: "active", isStated: false, stage };
  // What is no word for a status may be one for a stage. That it is over counts for more than where it was.
  if (byStatus === "unclear" || stage === undefined)
    return { status: "active", isStated: false, stage: lineOf(statusValue) };
  values.tell(statusValue, "is no status that is understood");
  return { status: "active", isStated: false, stage };
}

/** The word for a status in a cell, with the reason where one stands behind it: "Rejected - salary". */
function statusIn(text: string, words: CellWords) {
  const word = words.statusOf(text);
  const [, head, rest] =
    word === undefined ? (/^([^:(–—]*?)(?: -|:| ?[(–—])\s*(.+?)\)?$/s.exec(text) ?? []) : [];
  if (head === undefined || rest === undefined) return { word };
  const end = words.statusOf(head);
  // "Rejected - offer declined" says two things.
  const isReason = end === "withdrawn" || (end === "rejected" && words.endByReason(rest) === "rejected");
  return isReason ? { word: end, reason: oneLine(rest) } : { word };
}

type End = {
  readonly status: Exclude<Status, "active">;
  readonly value: Value;
  readonly reason?: string | undefined;
  readonly endedAt?: string | undefined;
};

/** How it ended by the columns of reasons, and by those that say yes, a day or a reason. */
function endByColumns(
  values: RowValues,
  words: CellWords,
  readDate: ReadCellDate,
): End | "unclear" | undefined {
  const reasonValue = values.one("reason");
  const archived = values.one("archive_reason");
  const rejected = values.one("rejected");
  const [wasRejected, wasArchived] = [rejected, archived].map((value) => endOf(value, words, readDate));
  const [reason, archiveReason] = [reasonValue, wasArchived?.reason ? archived : undefined];
  const stated = reason ?? archiveReason ?? (wasRejected?.reason ? rejected : undefined);
  const endedAt = wasRejected?.endedAt ?? wasArchived?.endedAt;
  if (stated !== undefined) {
    const status = words.endByReason(stated.text);
    const isOnlyWord = words.statusOf(stated.text) === status;
    return { status, value: stated, endedAt, ...(!isOnlyWord && { reason: oneLine(stated.text) }) };
  }
  if (rejected && wasRejected) return { status: "rejected", value: rejected, endedAt };
  return wasArchived ? "unclear" : undefined;
}

function endOf(
  value: Value | undefined,
  words: CellWords,
  readDate: ReadCellDate,
): { readonly reason?: string; readonly endedAt?: string } | undefined {
  if (value === undefined) return undefined;
  const said = words.yesNo(value.text);
  if (said !== undefined) return said ? {} : undefined;
  const read = readDate(value);
  if ("moment" in read) return { endedAt: read.moment };
  return /\p{L}/u.test(value.text) ? { reason: value.text } : {};
}

/** With the day on which it ended. A day of an end that the row does not speak of otherwise says how it ended, or nothing does. */
function withDates(values: RowValues, standing: Standing): Standing | Contradiction {
  const { status, isStated } = standing;
  const days = (["rejected_at", "hired_at", "ended_at"] as const).flatMap((field) => {
    const value = values.one(field);
    const day = value && values.date(field);
    return value && day ? [{ field, value, day }] : [];
  });
  if (!isStated && days[0] !== undefined) {
    const ends = days.filter(({ field }) => field !== "ended_at");
    if (ends.length !== 1) {
      return contradiction(days[0].value, ENDED_SOMEHOW);
    }
    const [end] = ends;
    return { ...standing, status: end?.field === "hired_at" ? "hired" : "rejected", endedAt: end?.day };
  }
  const wanted = status === "hired" ? ["hired_at", "ended_at"] : ["rejected_at", "ended_at"];
  const end = status === "active" ? undefined : days.find(({ field }) => wanted.includes(field));
  for (const { value } of days.filter((day) => day !== end && day.value.text !== end?.value.text))
    values.tell(value, "does not go with the status");
  return { ...standing, endedAt: end?.day ?? standing.endedAt };
}
