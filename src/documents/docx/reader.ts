import type { HiddenWhy, TextWarning } from "../../domain/candidates/hidden.ts";
import type { Fill, Rgb } from "../contrast.ts";
import type { Line } from "./lines.ts";
import type { Numbering } from "./numbering.ts";
import type { Backdrop, Paper, Pen } from "./place.ts";
import type { Look, Styles } from "./styles.ts";
import type { Theme } from "./theme.ts";
import type { Element } from "./xml.ts";

/** What holds for a whole document, and what is gathered while it is read. */
export type Reader = {
  readonly theme: Theme;
  readonly styles: Styles;
  readonly numbering: Numbering;
  readonly paper: Paper;
  readonly paperColour: Rgb;
  /** The text of a diagram, by the id of its relation. */
  readonly diagram: (id: string | undefined) => Element | undefined;
  readonly pen: Pen;
  readonly backdrops: Backdrop[];
  readonly warnings: Set<TextWarning>;
  /** Notes in the order in which the text refers to them. */
  readonly notes: { readonly kind: "footnotes" | "endnotes"; readonly id: string }[];
  /** The fields that are open, each at its code or at its result. */
  fields: ("code" | "result")[];
};

/** What holds at one place of a document. */
export type Context = {
  /** What is painted behind by the cell or shape around; undefined on bare paper. */
  readonly behind: Fill | undefined;
  readonly table: Look;
  /** Why all of it is hidden, where something around it says so. */
  readonly why: HiddenWhy | undefined;
  /** The drawing around, where there is one. */
  readonly group: symbol | undefined;
  /** On each page, as a header is. */
  readonly everywhere: boolean;
  readonly width: number;
};

/** How the parts of the reader call each other, without a circle of imports. */
export type Blocks = (reader: Reader, element: Element, context: Context) => Line[];
