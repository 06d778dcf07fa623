import type { Figure } from "./figures.ts";
import type { Span } from "./matcher.ts";
import type { Token } from "./tokens.ts";

const OFTEN = new Set(
  "weekly daily monthly fortnightly biweekly bimonthly nightly quarterly fortnight alternate alternating".split(
    " ",
  ),
);
const PERIOD =
  /^(?:day|night|week|weekend|month|quarter|year|shift|rotation|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?$/;
const SHARED = /^(?:person|people|man|way|engineer|engineers|strong|member|of|between)$/;
const ROTA = /^(?:rota|rotas|rotation|rotations|roster|schedule|us)$/;

/** How often: one in five, every other week, two pages a week, a dozen incidents a year, a rota of six. */
export function cadencesOf(tokens: readonly Token[], figures: readonly Figure[]): Span[] {
  const word = (at: number) => tokens[at]?.folded ?? "";
  const counted = (at: number) => figures.some((f) => f.to <= at && at - f.to <= 3 && f.unit !== "year");
  const isCadence = (at: number): boolean => {
    if (OFTEN.has(word(at))) return true;
    if (word(at) === "every" || word(at) === "each") return [1, 2, 3].some((n) => PERIOD.test(word(at + n)));
    if ((word(at) === "in" || word(at) === "of" || word(at) === "out") && counted(at))
      return figures.some(
        (f) => f.from > at && f.from - at <= 2 && f.unit === "count" && !isPlural(tokens[f.to]),
      );
    if (word(at) === "once" || word(at) === "twice") return /^(?:a|per|every)$/.test(word(at + 1));
    return (
      (word(at) === "a" || word(at) === "per" || word(at) === "/" || word(at) === "one") &&
      (counted(at) || word(at - 1) === "week" || word(at - 1) === "weekend") &&
      PERIOD.test(word(at + 1))
    );
  };
  const shared = figures.filter(
    (f) =>
      f.unit === "count" && [0, 1, 2, 3].some((n) => ROTA.test(word(f.to + n))) && SHARED.test(word(f.to)),
  );
  const ofSix = figures.filter(
    (f) =>
      f.unit === "count" && /^(?:of|between|with)$/.test(word(f.from - 1)) && ROTA.test(word(f.from - 2)),
  );
  const ratio = figures.filter(
    (f) => /:$/.test(tokens[f.from]?.lead ?? "") && /^\d+$/.test(word(f.from - 1)),
  );
  const found = tokens.flatMap((_, at) => (isCadence(at) ? [{ from: at, to: at + 1 }] : []));
  return [...found, ...shared, ...ofSix, ...ratio];
}

const isPlural = (token: Token | undefined): boolean =>
  /^\p{L}{4,}s$/u.test(token?.folded ?? "") && !PERIOD.test(token?.folded ?? "");

const MEANT =
  /^(?:tb|gb|pb|mb|k|m|million|billion|years?|yrs?|months?|x|%|ms|s|hours?|min|mins|minutes|percent|times)$/;
/** What may stand between a name and its version. */
const BETWEEN = /^[\s(=:≥>~,@-]{0,3}$/;

/** Whether a version stands behind the name: `2.9`, `v2`, `(1.24 to 1.28)`, `from 1.10 to 2.7`, or before it: `v2.9 of`. */
export function versionAt(tokens: readonly Token[], from: number, to: number): boolean {
  const word = (at: number) => tokens[at]?.folded ?? "";
  if (/^(?:of|for)$/.test(word(from - 1)) && isDotted(tokens, from - 2)) return true;
  let at = to;
  if (!BETWEEN.test(tokens[at]?.lead ?? "")) return false;
  const loose =
    !/^[\s=@]*$/.test(tokens[at]?.lead ?? "") ||
    /^(?:from|version|release|ver|v|cluster|clusters|upgrades?|across)$/.test(word(at));
  if (/^(?:from|release|version|ver|v|across|to)$/.test(word(at))) at += 1;
  if (/^(?:cluster|clusters|upgrades?)$/.test(word(at))) at += word(at + 1) === "from" ? 2 : 1;
  const next = tokens[at];
  if (!next) return false;
  if (/^v\d/.test(next.folded)) return true;
  if (/,/.test(tokens[to]?.lead ?? "")) return false;
  if (isDotted(tokens, at)) return true;
  if (next.kind !== "number" || /^(?:19|20)\d\d$/.test(next.folded) || /[.,]/.test(next.folded)) return false;
  if (word(to) === "version" || word(to) === "v" || word(at + 1) === "x") return true;
  const unit = word(at + 1);
  return (
    !loose && next.folded.length <= 2 && !/^\p{L}{4,}s$/u.test(unit) && !MEANT.test(unit) && unit !== "+"
  );
}

function isDotted(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind === "word") return /^v\d/.test(token.folded);
  return token?.kind === "number" && /[.]/.test(token.folded) && !MEANT.test(tokens[at + 1]?.folded ?? "");
}
