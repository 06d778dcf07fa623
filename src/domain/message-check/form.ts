import { untrusted } from "../untrusted.ts";
import { isFirstContact, type Rule, textOf } from "./rule.ts";

const FIRST_CONTACT_WORDS = 180;
const WORDS = 250;

// What a template engine or a person leaves behind where a fact should stand.
const MARKS = /\{\{|\}\}|\{%|%\}|\[object Object\]/g;
const PLACEHOLDER =
  /\[(?:your|the|candidate|first|last|full|company|insert|add|name|role|job|title|date|time|link|recipient|sender|salary|placeholder|tbd|xxx)\b[^\]\n]{0,60}\]/gi;
const TO_DO = /\b(?:TODO|TBD|FIXME|XXX|lorem ipsum)\b/g;
// `null values` and `undefined behaviour` are things to write about; a bare one before a sign or an end is a missing fact.
const NOTHING =
  /\b(?:undefined|null|NaN)(?=[ \t]*(?:[,.;:?!)]|$))|^(?:Hello|Hi|Hey|Dear) (?:undefined|null)\b/gm;

const IMAGE = /!\[[^\]\n]{0,200}\][ ]?[([]|<(?:img|svg|picture)\b|\bdata:[a-z]+\/[a-z0-9.+-]+[;,]/gi;
const TAG = /<\/?[a-z][a-z0-9-]{0,30}(?:\s[^<>]{0,500})?\/?>|<!--|<!doctype\b/gi;

const matches = (text: string, ...patterns: readonly RegExp[]): string[] =>
  patterns.flatMap((pattern) => text.match(pattern) ?? []);

function removedFrom(text: string): number {
  const { hidden_text_removed, markup_removed = 0 } = untrusted(text, { source: "draft", max: text.length });
  return hidden_text_removed + markup_removed;
}

/** Hidden characters by their number, since they cannot be shown. */
function hiddenIn(text: string): string[] {
  if (removedFrom(text) === 0) return [];
  const unusual = new Set(text.match(/[^\t\n\r -~]/gu) ?? []);
  const hidden = [...unusual].filter((char) => removedFrom(char) > 0);
  return hidden.length === 0 ? [""] : hidden.map(codePoint);
}

const codePoint = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Whether the text is whole, plain and short. */
export const FORM_RULES: readonly Rule[] = [
  {
    id: "unfilled",
    severity: "error",
    why: "The text still holds template marks or a place that was never filled; the recipient would see them.",
    find: (draft) => matches(textOf(draft), MARKS, PLACEHOLDER, TO_DO, NOTHING),
  },
  {
    id: "markup",
    severity: "error",
    why: "The message is plain text: a tag is shown as it stands, or hides something.",
    find: (draft) => matches(textOf(draft), TAG).map((tag) => tag.replace(/[<>]/g, "")),
  },
  {
    id: "image",
    severity: "error",
    why: "An image tells its host who opened the message, and when.",
    find: (draft) => matches(textOf(draft), IMAGE).map((image) => image.replace(/</g, "")),
  },
  {
    id: "hidden_characters",
    severity: "error",
    why: "It holds text that a reader does not see: control, zero-width or direction characters, or a tag.",
    find: (draft) => hiddenIn(textOf(draft)),
  },
  {
    id: "length",
    severity: "warning",
    why: `A first contact is read when it is under ${FIRST_CONTACT_WORDS} words, and anything else under ${WORDS}.`,
    find: (draft, facts) => {
      const words = draft.body.split(/\s+/).filter((word) => word !== "").length;
      const short = isFirstContact(draft, facts);
      return words > (short ? FIRST_CONTACT_WORDS : WORDS) ? [`${words} words`] : [];
    },
  },
  {
    id: "exclamation",
    severity: "warning",
    why: "More than one exclamation mark reads as advertising.",
    // `!=` is code, and `![` opens an image.
    find: (draft) => {
      const marks = matches(textOf(draft), /[^\s!]{0,20}!+(?![=[(])/g);
      const count = marks.reduce((sum, mark) => sum + mark.split("!").length - 1, 0);
      return count > 1 ? [marks.join(" ")] : [];
    },
  },
];
