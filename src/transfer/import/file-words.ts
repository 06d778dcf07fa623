import type { FileNames } from "../../catalog/export-files.ts";
import { searchKey } from "../../domain/pipeline/application.ts";
import type { FileKind } from "./vendor.ts";

/** Letters that have no accent to take off, as they are written without them. */
const PLAIN: Readonly<Record<string, string>> = { ß: "ss", ø: "o", ł: "l", æ: "ae", œ: "oe", đ: "d", ı: "i" };
const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

const spelled = (text: string, letters: Readonly<Record<string, string>>): string =>
  [...text].map((letter) => letters[letter] ?? letter).join("");

/** A name of a file or person in the one form in which such names are compared. */
export const fold = (text: string): string => searchKey(spelled(text.normalize("NFC").toLowerCase(), PLAIN));

/** The words of a name, apart at everything that is no letter or figure, and where a small letter meets a capital. */
export const tokensOf = (text: string): string[] =>
  fold(text.normalize("NFC").replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** The ways in which files write a whole name: family name last or first, in one word, umlauts as two letters. */
export function nameForms(name: string): string[] {
  const lower = name.normalize("NFC").toLowerCase();
  const spellings = [name, lower, spelled(lower, UMLAUTS)].map(tokensOf);
  return spellings.flatMap((words) => {
    // One word alone is no whole name.
    if (words.length < 2) return [];
    const familyFirst = [...words.slice(-1), ...words.slice(0, -1)];
    return [words.join(" "), familyFirst.join(" "), words.join(""), familyFirst.join("")];
  });
}

/** What a file is by the words of its name, else by those of its folder. */
export function kindIn(path: string, { kinds }: FileNames): FileKind | undefined {
  const [file = "", folder = ""] = path.split("/").reverse();
  for (const part of [file, folder]) {
    const text = ` ${tokensOf(part).join(" ")} `;
    const kind = kinds.find(({ words }) =>
      words.some((word) => text.includes(` ${tokensOf(word).join(" ")} `)),
    );
    if (kind !== undefined) return kind.kind;
  }
  return undefined;
}
