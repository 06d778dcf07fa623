import type { Range } from "./lexical.ts";
import { nodesIn, type Parsed } from "./tree.ts";

/** Keys of configuration whose values are for people. */
const TEXT_KEYS =
  /^(\s*(?:- )?["']?(?:description|summary|comments?|notes?|title|displayName|keywords|classifiers)["']?\s*[:=]\s*)(\S.*)$/gim;
const MAX_KEY_CHARS = 40;
const PAIRS = new Set(["Pair"]);

/** Texts of several lines under a key whose values are for people. */
export const blocksForPeople = ({ text, tree }: Parsed): Range[] =>
  nodesIn(tree.topNode, PAIRS).flatMap((pair) => {
    const block = pair.getChild("BlockLiteral");
    const key = text.slice(pair.from, pair.from + MAX_KEY_CHARS).split(":")[0];
    return block && new RegExp(TEXT_KEYS).test(`${key}: x`) ? [{ from: block.from, to: block.to }] : [];
  });

/** Configuration and scripts without the values that are for people, and without lines that only write. */
export const withoutTextForPeople = (code: string): string =>
  code
    .replace(TEXT_KEYS, (_, key: string, value: string) => `${key}${" ".repeat(value.length)}`)
    .replace(/^(?:.*[ \t])?@?echo[ \t][^|>\n]*$|^[ \t]*(?::|LABEL|MAINTAINER)[ \t].*$/gm, (line) =>
      " ".repeat(line.length),
    );
