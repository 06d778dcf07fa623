const UTF16_LOOK_BYTES = 2_000;
/** In UTF-16 the letters of most languages of Europe have a NUL beside them. */
const LEAST_NUL_SHARE = 0.3;

/** What Windows-1252 has where Latin-1 has controls. Node's own decoder of that name reads Latin-1 in some releases. */
const WINDOWS = [..."€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"];
const FIRST_WINDOWS_SIGN = 0x80;
const WINDOWS_SIGN = /[\u0080-\u009f]/g;
const ORDINARY_CONTROLS = new Set([..."\t\n\v\f\r\u001a"].map((char) => char.charCodeAt(0)));

/**
 * Bytes as text: UTF-16 by its mark or its pattern of NULs, UTF-8, or else Windows-1252, which covers Latin-1.
 * @returns undefined where they are no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const decoded = decodeBytes(bytes);
  return decoded === undefined || countControls(decoded.text) > 0 ? undefined : decoded.text;
}

/** A text, and how its bytes spelled it. */
export type Decoded = {
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
};

/** Bytes as text, whatever controls are in it. Undefined where half a character of UTF-16 is missing at the end. */
export function decodeBytes(bytes: Uint8Array): Decoded | undefined {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined && bytes.length % 2 !== 0) return undefined;
  const utf8 = utf16 === undefined ? decodeUtf8(bytes) : undefined;
  const encoding = utf16 ?? (utf8 === undefined ? "windows-1252" : "utf-8");
  const text = utf16 === undefined ? (utf8 ?? decodeWindows(bytes)) : new TextDecoder(utf16).decode(bytes);
  return { text: text.replace(/^\ufeff/, ""), encoding };
}

function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const look = bytes.subarray(0, UTF16_LOOK_BYTES);
  const pairs = Math.floor(look.length / 2);
  if (pairs < 2 || bytes.length % 2 !== 0) return undefined;
  let [even, odd] = [0, 0];
  look.forEach((byte, n) => {
    if (byte === 0 && n % 2 === 0) even += 1;
    else if (byte === 0) odd += 1;
  });
  if (odd / pairs > LEAST_NUL_SHARE && even === 0) return "utf-16le";
  return even / pairs > LEAST_NUL_SHARE && odd === 0 ? "utf-16be" : undefined;
}

/** Undefined where the bytes are no UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export const decodeWindows = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(WINDOWS_SIGN, (sign) => WINDOWS[sign.charCodeAt(0) - FIRST_WINDOWS_SIGN] ?? sign);

/** How many controls are in a text that no text has. */
export function countControls(text: string): number {
  let controls = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && !ORDINARY_CONTROLS.has(code)) controls += 1;
  }
  return controls;
}
