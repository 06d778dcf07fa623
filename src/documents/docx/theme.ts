import { mixed, type Rgb, rgbOf, WHITE } from "../contrast.ts";
import { child, type Element, isElement } from "./xml.ts";

/** The colours of a document by the names that styles and shapes call them. */
export type Theme = ReadonlyMap<string, Rgb>;

/** What Office writes when a document has no theme of its own. */
const OFFICE: Record<string, string> = {
  ...{ dk1: "000000", lt1: "FFFFFF", dk2: "44546A", lt2: "E7E6E6" },
  ...{ accent1: "4472C4", accent2: "ED7D31", accent3: "A5A5A5", accent4: "FFC000" },
  ...{ accent5: "5B9BD5", accent6: "70AD47", hlink: "0563C1", folHlink: "954F72" },
};
/** The names in text properties beside those of the theme itself. */
const LONG_NAMES: Record<string, string> = {
  ...{ dark1: "dk1", light1: "lt1", dark2: "dk2", light2: "lt2" },
  ...{ hyperlink: "hlink", followedHyperlink: "folHlink" },
};
const MAPPED: Record<string, string> = { bg1: "lt1", tx1: "dk1", bg2: "lt2", tx2: "dk2" };
const LONG_MAPPED: Record<string, string> = {
  background1: "bg1",
  text1: "tx1",
  background2: "bg2",
  text2: "tx2",
};

/** Reads the colours of a theme, under the mapping that the settings give (`w:clrSchemeMapping`). */
export function readTheme(theme: Element, settings: Element): Theme {
  const own = new Map(Object.entries(OFFICE).map(([name, hex]) => [name, rgbOf(hex) ?? WHITE]));
  const scheme = child(child(theme, "themeElements"), "clrScheme");
  for (const entry of scheme?.children ?? []) {
    const colour = isElement(entry) ? entry.children.find(isElement) : undefined;
    const rgb = colour && rgbOf(colour.attributes.lastClr ?? colour.attributes.val);
    if (isElement(entry) && rgb) own.set(entry.name, rgb);
  }
  const named = new Map(own);
  const add = (name: string, source: string) => {
    const rgb = own.get(source);
    if (rgb) named.set(name, rgb);
  };
  for (const [long, short] of Object.entries(LONG_NAMES)) add(long, short);
  const mapping = child(settings, "clrSchemeMapping")?.attributes ?? {};
  for (const [name, usual] of Object.entries(MAPPED)) {
    const mappedTo = mapping[name] ?? usual;
    add(name, LONG_NAMES[mappedTo] ?? mappedTo);
  }
  for (const [long, short] of Object.entries(LONG_MAPPED)) {
    const rgb = named.get(short);
    if (rgb) named.set(long, rgb);
  }
  return named;
}

/**
 * A colour as text properties give it: by the theme with a tint or shade, which then counts, or by its value. "auto" is
 * a colour that adapts to what is behind it.
 */
export function textColour(
  theme: Theme,
  given: {
    readonly value?: string;
    readonly theme?: string;
    readonly tint?: string;
    readonly shade?: string;
  },
): Rgb | "auto" | undefined {
  const named = given.theme === undefined ? undefined : theme.get(given.theme);
  if (named === undefined) return given.value === "auto" ? "auto" : rgbOf(given.value);
  const share = (hex: string) => Number.parseInt(hex, 16) / 255;
  if (given.tint !== undefined)
    return withLuminance(named, (l) => l * share(given.tint ?? "ff") + 1 - share(given.tint ?? "ff"));
  if (given.shade !== undefined) return withLuminance(named, (l) => l * share(given.shade ?? "ff"));
  return named;
}

const PRESET: Record<string, string> = {
  ...{ white: "FFFFFF", black: "000000", red: "FF0000", green: "008000", blue: "0000FF", yellow: "FFFF00" },
  ...{ gray: "808080", silver: "C0C0C0", navy: "000080", maroon: "800000", purple: "800080", teal: "008080" },
  ...{ olive: "808000", lime: "00FF00", aqua: "00FFFF", fuchsia: "FF00FF" },
  ...{ darkBlue: "00008B", darkRed: "8B0000", darkGreen: "006400", cyan: "00FFFF", magenta: "FF00FF" },
  ...{
    darkCyan: "008B8B",
    darkMagenta: "800080",
    darkYellow: "808000",
    darkGray: "808080",
    lightGray: "C0C0C0",
  },
};

/** A colour by its name in HTML, or as a highlight is called. */
export const presetColour = (name: string): Rgb | undefined =>
  rgbOf(PRESET[name] ?? PRESET[name.toLowerCase()]);

/** A colour of a drawing (`a:srgbClr`, `a:schemeClr`, ...) with its changes, and how much of it covers. */
export function drawnColour(theme: Theme, element: Element): { rgb: Rgb; alpha: number } | undefined {
  const { val = "", lastClr } = element.attributes;
  const base =
    element.name === "schemeClr"
      ? theme.get(val)
      : (rgbOf(lastClr ?? val) ?? presetColour(val) ?? scRgb(element));
  if (base === undefined) return undefined;
  let rgb = base;
  let alpha = 1;
  for (const change of element.children.filter(isElement)) {
    const share = Number(change.attributes.val ?? "100000") / 100_000;
    if (change.name === "lumMod") rgb = withLuminance(rgb, (l) => l * share);
    else if (change.name === "lumOff") rgb = withLuminance(rgb, (l) => l + share);
    else if (change.name === "tint") rgb = mixed(rgb, WHITE, share);
    else if (change.name === "shade") rgb = mixed(rgb, [0, 0, 0], share);
    else if (change.name === "alpha") alpha = share;
  }
  return { rgb, alpha };
}

function scRgb({ name, attributes }: Element): Rgb | undefined {
  if (name !== "scrgbClr") return undefined;
  const channel = (key: string) => Math.round((Number(attributes[key] ?? 0) / 100_000) * 255);
  return [channel("r"), channel("g"), channel("b")];
}

/** A colour with its lightness (of hue, saturation, lightness) changed. */
function withLuminance(rgb: Rgb, change: (lightness: number) => number): Rgb {
  const [red, green, blue] = [rgb[0] / 255, rgb[1] / 255, rgb[2] / 255];
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const lightness = (most + least) / 2;
  const spread = most - least;
  const saturation = spread === 0 ? 0 : spread / (1 - Math.abs(2 * lightness - 1));
  const target = Math.min(1, Math.max(0, change(lightness)));
  const reach = saturation * (1 - Math.abs(2 * target - 1));
  const scaled = (channel: number) =>
    Math.round(255 * (spread === 0 ? target : target + ((channel - lightness) / spread) * reach));
  return [scaled(red), scaled(green), scaled(blue)];
}
