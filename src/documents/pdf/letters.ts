/** A font as far as its letters are concerned. */
export type Letters = {
  readonly name: string;
  /** Whether the file says what the code stands for. */
  readonly isMapped: (code: number) => boolean;
  /** The name that the font gives to the sign of a code. */
  readonly signName: (code: number) => string | undefined;
};

/** What a printed sign stands for. `letters` is undefined for a sign without any, such as an icon. */
export function lettersOf(code: number, unicode: string, font: Letters): string | undefined {
  const written = font.isMapped(code) ? inStep(unicode.replace(/[\t\n\r]/g, " ")) : "";
  if (ICON_FONTS.test(font.name))
    return MARKS.test(written) ? written : BULLETS.has(written) ? "•" : undefined;
  if (isWritten(written)) return written.length <= MAX_LETTERS ? plain(written) : undefined;
  return BULLETS.has(written) ? "•" : byName(font.signName(code));
}

/** The most characters that one sign is the ligature of. More are the name of a picture, or not what is seen. */
const MAX_LETTERS = 6;

/** The letters of a ligature that Ghostscript 10.0 wrote one byte too far to the left, so that "fj" became two Chinese signs. */
function inStep(text: string): string {
  if (text.length < 2 || text.charCodeAt(text.length - 1) % 0x100 !== 0) return text;
  const bytes = Buffer.from(text, "utf16le").swap16();
  const shifted = Buffer.concat([bytes.subarray(-1), bytes.subarray(0, -1)])
    .swap16()
    .toString("utf16le");
  return /^\p{Script=Latin}+$/u.test(shifted) ? shifted : text;
}

/** Fonts of pictures. The letters that they may give are names or codes of pictures, but for bullets. */
const ICON_FONTS =
  /awesome|material ?(?:design|icons|symbols)|icomoon|academicons|ionicons|fontello|glyphicons|dingbats|(?:web|wing)dings|simple ?icons/i;
const MARKS = /^[•●○■□▪▫◆◇▶►➢➤✓✔·]$/u;

/** Bullets of Symbol and Wingdings, in the private codes that Word gives them. */
const BULLETS = new Set([..."\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf071\uf06e\uf0a8\uf0e0\uf0e8"]);

/** Whether every character is one that people write, and none is private, a control code or unassigned. */
const isWritten = (text: string): boolean => text !== "" && !UNWRITTEN.test(text);
const UNWRITTEN = /[\p{Co}\p{Cc}\p{Cs}\p{Cn}\ufffd]/u;

/** Ligatures and radicals as their letters, a printed hyphen as a hyphen, every space as one, and without what has no width. */
const plain = (text: string): string =>
  text
    .replace(/[\ufb00-\ufb06\u2f00-\u2fd5]/g, (compatible) => compatible.normalize("NFKC"))
    .replace(/\u00ad/g, "-")
    .replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, "")
    .replace(/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ");

/**
 * The letters by the name of a sign, as the Adobe Glyph List writes names: parts joined by `_`, `uni` with four digits for
 * each character, `u` with four to six, a suffix after a point. Names of icons are none.
 */
function byName(name: string | undefined): string | undefined {
  const parts = (name ?? "").replace(/\..*$/, "").split("_");
  const letters = parts.map((part) => {
    const codes =
      /^uni((?:[0-9A-F]{4})+)$/.exec(part)?.[1]?.match(/.{4}/g) ?? /^u([0-9A-F]{4,6})$/.exec(part)?.slice(1);
    if (codes) {
      const points = codes.map((code) => Number.parseInt(code, 16));
      return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : "";
    }
    if (/^[A-Za-z]$/.test(part)) return part;
    return NAMES[part] ?? "";
  });
  const text = letters.join("");
  return letters.every(isWritten) ? plain(text) : undefined;
}

/** Names that stand for more letters than one, and those that a subset most often names without a code. */
const NAMES: Record<string, string> = {
  ...{
    ff: "ff",
    fi: "fi",
    fl: "fl",
    ffi: "ffi",
    ffl: "ffl",
    fj: "fj",
    tt: "tt",
    ti: "ti",
    tf: "tf",
    tti: "tti",
  },
  ...{ ft: "ft", fft: "fft", ffj: "ffj", Th: "Th", ct: "ct", st: "st", IJ: "IJ", ij: "ij" },
  ...{
    zero: "0",
    one: "1",
    two: "2",
    three: "3",
    four: "4",
    five: "5",
    six: "6",
    seven: "7",
    eight: "8",
    nine: "9",
  },
  ...{ space: " ", nbspace: " ", hyphen: "-", sfthyphen: "-", minus: "−", endash: "–", emdash: "—" },
  ...{ period: ".", comma: ",", colon: ":", semicolon: ";", slash: "/", percent: "%", plus: "+", at: "@" },
  ...{ ampersand: "&", parenleft: "(", parenright: ")", quoteright: "’", quoteleft: "‘", quotesingle: "'" },
  ...{ quotedblleft: "“", quotedblright: "”", bullet: "•", periodcentered: "·", underscore: "_", bar: "|" },
};
