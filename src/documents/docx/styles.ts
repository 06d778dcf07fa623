import { type Shade, shadeOf } from "./fills.ts";
import { type ParagraphLook, paragraphLook, type RunLook, runLook } from "./looks.ts";
import type { Theme } from "./theme.ts";
import { child, childrenNamed, type Element, valOf } from "./xml.ts";

/** What a style says about text; a table style also about cells. */
export type Look = { readonly run: RunLook; readonly paragraph: ParagraphLook; readonly cell?: Shade };

type Style = Look & {
  readonly basedOn: string | undefined;
  /** Parts of a table style by where they hold: `firstRow`, `band1Horz`, ... */
  readonly parts: ReadonlyMap<string, Look>;
};

export type Styles = {
  readonly defaults: Look;
  /** A style with what it is based on; an unknown or missing one is the default style of its kind. */
  readonly of: (kind: "paragraph" | "character" | "table", id: string | undefined) => Style;
};

const PLAIN: Look = { run: {}, paragraph: {} };
const LONGEST_CHAIN = 20;

export function readStyles(root: Element, theme: Theme): Styles {
  const lookOf = (element: Element | undefined): Look => {
    const shade = shadeOf(theme, child(element, "tcPr")) ?? shadeOf(theme, child(element, "tblPr"));
    return {
      run: runLook(theme, child(element, "rPr")),
      paragraph: paragraphLook(theme, child(element, "pPr")),
      ...(shade && { cell: shade }),
    };
  };
  const own = new Map<string, Style>();
  const usual = new Map<string, string>();
  for (const style of childrenNamed(root, "style")) {
    const { styleId = "", type = "paragraph", default: isDefault } = style.attributes;
    const parts = childrenNamed(style, "tblStylePr").map((part): [string, Look] => [
      part.attributes.type ?? "",
      lookOf(part),
    ]);
    own.set(styleId, { ...lookOf(style), basedOn: valOf(style, "basedOn"), parts: new Map(parts) });
    if (isDefault === "1" || isDefault === "true" || isDefault === "on") usual.set(type, styleId);
  }
  const whole = new Map<string, Style>();
  const chain = (id: string | undefined, length = 0): Style => {
    const style = id === undefined ? undefined : own.get(id);
    if (style === undefined || id === undefined || length > LONGEST_CHAIN)
      return { ...PLAIN, basedOn: undefined, parts: new Map() };
    const done = whole.get(id);
    if (done) return done;
    const base = chain(style.basedOn, length + 1);
    const parts = new Map(base.parts);
    for (const [name, part] of style.parts) parts.set(name, over(parts.get(name) ?? PLAIN, part));
    const made = { ...over(base, style), basedOn: style.basedOn, parts };
    if (length === 0) whole.set(id, made);
    return made;
  };
  const defaults = child(root, "docDefaults");
  const { run } = lookOf(child(defaults, "rPrDefault"));
  const { paragraph } = lookOf(child(defaults, "pPrDefault"));
  return {
    defaults: { run, paragraph },
    of: (kind, id) => chain(id !== undefined && own.has(id) ? id : usual.get(kind)),
  };
}

/** One look laid over another. */
export const over = (under: Look, upper: Look): Look => {
  const cell = upper.cell ?? under.cell;
  return {
    run: { ...under.run, ...upper.run },
    paragraph: {
      ...under.paragraph,
      ...upper.paragraph,
      ...listOver(under.paragraph.list, upper.paragraph.list),
    },
    ...(cell && { cell }),
  };
};

type List = ParagraphLook["list"];
const listOver = (under: List, upper: List): { list?: NonNullable<List> } =>
  under || upper ? { list: { ...under, ...upper } } : {};

/**
 * The look of text after its table style, paragraph style, character style and own properties. Hiding by styles is a
 * toggle: two of them take each other away; own properties decide alone.
 */
export function runOver(
  { defaults }: Styles,
  styles: { readonly table: Look; readonly paragraph: Look; readonly character: Look },
  direct: RunLook,
): RunLook {
  const levels = [styles.table.run, styles.paragraph.run, styles.character.run];
  const toggled = levels.filter((look) => look.vanish === true).length % 2 === 1;
  const vanish = direct.vanish ?? (defaults.run.vanish === true || toggled);
  return Object.assign({}, defaults.run, ...levels, direct, { vanish });
}
