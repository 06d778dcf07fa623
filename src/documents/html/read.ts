import { Parser } from "htmlparser2";
import type { HiddenPart, HiddenWhy } from "../../domain/candidates/hidden.ts";
import { BLACK, type Fill, isLost, type Rgb, WHITE } from "../contrast.ts";
import { decodeText } from "../decode.ts";
import type { Extracted } from "../extract.ts";
import { TINY_POINTS } from "../seen.ts";
import { withoutSigns } from "../signs.ts";
import { Unreadable } from "../unreadable.ts";
import { colourOf, painted } from "./colours.ts";
import { createLines } from "./lines.ts";
import { type Look, lookOf, readSheet, sheetLook } from "./look.ts";

/** What holds inside an element. */
type Inside = {
  readonly tag: string;
  readonly colour: Rgb | "unclear";
  readonly behind: Fill;
  readonly points: number;
  readonly isInvisible: boolean;
  readonly why: HiddenWhy | undefined;
  readonly isUnshown: boolean;
  readonly isPreformatted: boolean;
  readonly quotes: number;
};

const PAGE: Inside = {
  ...{ tag: "", colour: BLACK, behind: [WHITE], points: 12, isInvisible: false, why: undefined },
  ...{ isUnshown: false, isPreformatted: false, quotes: 0 },
};

/** Elements whose content no page shows as text. */
const UNSHOWN = new Set(
  "head script style template noscript svg canvas iframe object select textarea audio video".split(" "),
);
const LINES = new Set([
  ..."p div li ul ol dl dt dd tr table thead tbody section article header footer main aside nav".split(" "),
  ..."h1 h2 h3 h4 h5 h6 pre blockquote hr form figure address".split(" "),
]);
/** What stands apart from its neighbours in the text of a mail, where paragraphs and quotes are told by blank lines. */
const APART = new Set("p h1 h2 h3 h4 h5 h6 ul ol pre blockquote hr".split(" "));
const RULE = "-".repeat(40);
const DEEPEST = 400;

/** The text of a web page as a browser without scripts shows it; what its styles hide is kept apart. */
export async function readHtml(bytes: Uint8Array): Promise<Extracted> {
  const html = decodeText(bytes);
  if (html === undefined) throw new Unreadable("broken");
  return readPage(html, "page");
}

/** The text of a mail's page in the same way, with its paragraphs and quotes marked as mails of plain text mark them. */
export const readMailPage = (html: string): Extracted => readPage(html, "mail");

function readPage(html: string, kind: "page" | "mail"): Extracted {
  const isMail = kind === "mail";
  const lines = createLines();
  const out = {
    hidden: [] as HiddenPart[],
    isOverPicture: false,
    last: undefined as HiddenWhy | undefined,
  };
  const stack: Inside[] = [PAGE];
  let rules: ReadonlyMap<string, Look> = new Map();
  let sheet = "";
  const inside = () => stack.at(-1) ?? PAGE;
  const endLine = (tag: string) => {
    lines.end();
    if (isMail && APART.has(tag)) lines.feed();
    out.last = undefined;
  };
  const add = (text: string) => lines.add(text, isMail ? inside().quotes : 0);
  const say = (text: string) => {
    const { isUnshown, isPreformatted, ...look } = inside();
    if (isUnshown) return;
    const plain = isPreformatted ? text : text.replace(/[^\S\u00a0]+/g, " ");
    const why = plain.trim() === "" ? undefined : whyHidden(look);
    if (why === undefined) {
      if (plain.trim() !== "") out.isOverPicture ||= look.behind === "picture";
      add(isPreformatted ? plain : plain.replace(/^ +/, /(?:^|\s)$/.test(lines.current()) ? "" : " "));
      if (plain.trim() !== "") out.last = undefined;
      return;
    }
    const previous = out.hidden.at(-1);
    if (previous && out.last === why)
      out.hidden[out.hidden.length - 1] = { why, text: previous.text + plain };
    else out.hidden.push({ why, text: plain });
    out.last = why;
  };
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (stack.length > DEEPEST) throw new Unreadable("broken");
        if (tag === "br") lines.feed();
        else if (LINES.has(tag)) endLine(tag);
        stack.push(
          enter(inside(), tag, attributes, {
            ...sheetLook(rules, tag, attributes),
            ...lookOf(attributes.style ?? ""),
          }),
        );
        const isShown = !inside().isUnshown && whyHidden(inside()) === undefined;
        if (tag === "li" && isShown) add("- ");
        if (tag === "hr" && isMail && isShown) add(RULE);
        if ((tag === "td" || tag === "th") && lines.current() !== "") add("\t");
      },
      ontext(text) {
        if (inside().tag === "style") sheet += text;
        else say(text);
      },
      onclosetag(tag) {
        if (stack.length > 1) stack.pop();
        if (tag === "style") rules = readSheet(sheet);
        if (LINES.has(tag)) endLine(tag);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  const { text, signs } = withoutSigns(
    lines
      .text()
      .replace(/ +\t/g, "\t")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  );
  return {
    pages: [text],
    hidden: out.hidden
      .map(({ text: words, why }) => ({ text: words.replace(/\s+/g, " ").trim(), why }))
      .filter(({ text: words }) => /[\p{L}\p{N}]/u.test(words)),
    signs_without_letter: signs,
    warnings: out.isOverPicture ? ["over_picture"] : [],
  };
}

function enter(outer: Inside, tag: string, attributes: Record<string, string>, look: Look): Inside {
  // Browsers make some colour of whatever these attributes hold.
  const font = tag === "font" && attributes.color;
  const colour = font ? (colourOf(font)?.rgb ?? "unclear") : undefined;
  const ground = attributes.bgcolor ? (colourOf(attributes.bgcolor) ?? "picture") : undefined;
  const isGone = look.isGone ?? attributes.hidden !== undefined;
  const why = isGone
    ? "marked_hidden"
    : look.isClear
      ? "transparent"
      : look.isOffPage
        ? "off_page"
        : undefined;
  return {
    tag,
    colour: look.colour ?? colour ?? outer.colour,
    behind: painted(look.behind ?? (attributes.background ? "picture" : ground), outer.behind),
    points: look.points ?? outer.points,
    isInvisible: look.isInvisible ?? outer.isInvisible,
    why: outer.why ?? why,
    isUnshown: outer.isUnshown || UNSHOWN.has(tag),
    isPreformatted: outer.isPreformatted || tag === "pre",
    quotes: outer.quotes + (tag === "blockquote" ? 1 : 0),
  };
}

function whyHidden({
  why,
  isInvisible,
  points,
  colour,
  behind,
}: Pick<Inside, "why" | "isInvisible" | "points" | "colour" | "behind">): HiddenWhy | undefined {
  if (why !== undefined) return why;
  if (isInvisible) return "marked_hidden";
  if (points < TINY_POINTS) return "tiny";
  return colour !== "unclear" && isLost(colour, behind) ? "colour" : undefined;
}
