import { child, childrenNamed, type Element, valOf } from "./xml.ts";

type Level = {
  readonly format: string;
  readonly text: string;
  readonly start: number;
  readonly style: string | undefined;
};
type Levels = ReadonlyMap<string, Level>;

/** The lists of a document. Each paragraph of one gets its mark, in the order of the document. */
export type Numbering = {
  /** The mark that stands before an item: `- ` for a bullet, the number otherwise; "" where there is none. */
  readonly next: (numId: string, level: string | undefined, style: string | undefined) => string;
};

const LAST_LEVEL = 8;

export function readNumbering(root: Element): Numbering {
  const abstracts = new Map(
    childrenNamed(root, "abstractNum").map((list) => [list.attributes.abstractNumId ?? "", levelsOf(list)]),
  );
  const lists = new Map(
    childrenNamed(root, "num").map((num) => {
      const abstract = valOf(num, "abstractNumId") ?? "";
      const levels = new Map(abstracts.get(abstract));
      for (const change of childrenNamed(num, "lvlOverride")) {
        for (const [at, level] of levelsOf(change)) levels.set(at, level);
      }
      return [num.attributes.numId ?? "", { abstract, levels }];
    }),
  );
  const counts = new Map<string, number[]>();
  return {
    next(numId, given, style) {
      const list = lists.get(numId);
      if (list === undefined) return numId === "0" ? "" : "- ";
      const level = Math.min(
        LAST_LEVEL,
        Math.abs(Number.parseInt(given ?? levelOfStyle(list.levels, style) ?? "0", 10) || 0),
      );
      const own = list.levels.get(String(level));
      if (own === undefined || own.format === "bullet") return "- ";
      const reached = counts.get(list.abstract) ?? [];
      const count = (reached[level] ?? own.start - 1) + 1;
      counts.set(list.abstract, [...reached.slice(0, level), count]);
      const mark = own.text.replace(/%(\d)/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const shown = list.levels.get(String(at));
        return numbered(counts.get(list.abstract)?.[at] ?? shown?.start ?? 1, shown?.format ?? "decimal");
      });
      return mark === "" ? "" : `${mark} `;
    },
  };
}

const levelsOf = (list: Element): Levels =>
  new Map(
    childrenNamed(list, "lvl").map((level) => [
      level.attributes.ilvl ?? "0",
      {
        format: valOf(level, "numFmt") ?? child(level, "numFmt")?.attributes.val ?? "decimal",
        text: valOf(level, "lvlText") ?? "",
        start: Number(valOf(level, "start") ?? "1"),
        style: valOf(level, "pStyle"),
      },
    ]),
  );

const levelOfStyle = (levels: Levels, style: string | undefined): string | undefined =>
  style === undefined ? undefined : [...levels].find(([, level]) => level.style === style)?.[0];

/** Beyond this a number stays a number: a file may name any start. */
const MAX_SPELLED_COUNT = 500;

const ROMAN: Readonly<Record<string, number>> = {
  ...{ m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 },
};

function numbered(count: number, format: string): string {
  if (format === "none") return "";
  if (count < 1 || count > MAX_SPELLED_COUNT) return String(count);
  if (format === "lowerLetter" || format === "upperLetter") {
    const letter = String.fromCharCode(0x61 + ((count - 1) % 26)).repeat(Math.floor((count - 1) / 26) + 1);
    return format === "upperLetter" ? letter.toUpperCase() : letter;
  }
  if (format === "lowerRoman" || format === "upperRoman") {
    let [rest, text] = [count, ""];
    for (const [sign, size] of Object.entries(ROMAN)) for (; rest >= size; rest -= size) text += sign;
    return format === "upperRoman" ? text.toUpperCase() : text;
  }
  return format === "decimalZero" && count < 10 ? `0${count}` : String(count);
}
