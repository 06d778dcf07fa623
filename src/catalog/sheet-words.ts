import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { CellLists, type CellWords, cellWordsFrom } from "../domain/transfer/cell-words.ts";
import { HeaderLists, type HeaderWords, headerWordsFrom } from "../domain/transfer/header-words.ts";

/** By what the columns and cells of a sheet are known. */
export type SheetWords = { readonly header: HeaderWords; readonly cell: CellWords };

let words: SheetWords | undefined;

/** The words by which sheets are read: part of the program, and read when first needed. */
export function loadSheetWords(): SheetWords {
  words ??= { header: headerWordsFrom(loadHeaderLists()), cell: cellWordsFrom(loadCellLists()) };
  return words;
}

/** The names of columns as they are listed, with the examples that show what each means. */
export const loadHeaderLists = (): HeaderLists => HeaderLists.parse(read("headers"));

/** The words of cells as they are listed. */
export const loadCellLists = (): CellLists => CellLists.parse(read("cells"));

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`transfer/${name}.yaml`, import.meta.url), "utf8"));
