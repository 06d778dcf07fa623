/** Fonts whose letters are pictures: what is typed in them can be read by nobody. */
const PICTURE_FONTS =
  /^(?:wingdings|webdings|symbol$|zapf ?dingbats|font ?awesome|material (?:design )?icons|icomoon|glyphicons|segoe (?:mdl2|fluent))/i;

export const isPictureFont = (font: string | undefined): boolean =>
  font !== undefined && PICTURE_FONTS.test(font);

/** Greek and signs of the font Symbol, from A to Z and a to z. */
const SYMBOL_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SYMBOL_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
const SYMBOL_OTHER: Record<number, string> = {
  ...{ 45: "−", 163: "≤", 165: "∞", 172: "←", 173: "↑", 174: "→", 175: "↓", 176: "°", 177: "±" },
  ...{ 179: "≥", 180: "×", 183: "•", 184: "÷", 185: "≠", 187: "≈", 188: "…", 210: "®", 211: "©" },
  ...{ 212: "™", 214: "√", 222: "⇒", 226: "®", 227: "©", 228: "™", 229: "∑" },
};
const WINGDINGS: Record<number, string> = {
  ...{ 108: "•", 110: "•", 113: "•", 114: "•", 117: "•", 118: "•", 119: "•", 158: "•", 159: "•" },
  ...{ 160: "•", 161: "•", 167: "•", 168: "•", 216: "•", 224: "→", 232: "→", 240: "→", 231: "←" },
  ...{ 223: "←", 239: "←", 225: "↑", 226: "↓", 251: "✗", 252: "✓", 254: "✓", 74: "☺" },
};
const PRIVATE_FIRST = 0xf000;

/** What a sign of a picture font stands for; undefined where it stands for no letter. */
export function symbolOf(font: string | undefined, char: string): string | undefined {
  const code = char.codePointAt(0) ?? 0;
  const at = code >= PRIVATE_FIRST && code < PRIVATE_FIRST + 0x100 ? code - PRIVATE_FIRST : code;
  if (at > 0xff) return isPrivate(char) ? undefined : char;
  const isBlank = at === 0x20 || at === 0x09 || at === 0xa0;
  if (isBlank) return " ";
  if (/^symbol$/i.test(font ?? "")) {
    if (at >= 0x41 && at <= 0x5a) return SYMBOL_CAPITALS[at - 0x41];
    if (at >= 0x61 && at <= 0x7a) return SYMBOL_SMALL[at - 0x61];
    if (SYMBOL_OTHER[at] !== undefined) return SYMBOL_OTHER[at];
    return at >= 0x20 && at < 0x40 ? String.fromCharCode(at) : undefined;
  }
  return /^wingdings$/i.test(font ?? "") ? WINGDINGS[at] : undefined;
}

/** Whether a code is free for anybody's own signs, so that it stands for no letter. */
const isPrivate = (char: string): boolean => /\p{Co}/u.test(char);
