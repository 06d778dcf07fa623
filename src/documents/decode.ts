const UTF16_LOOK_BYTES = 2_000;
/** In UTF-16 the letters of most languages of Europe have a NUL beside them. */
const LEAST_NUL_SHARE = 0.3;

/** What Windows-1252 has where Latin-1 has controls. Node's own decoder of that name reads Latin-1 in some releases. */
const WINDOWS = [..."€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"];
const FIRST_WINDOWS_SIGN = 0x80;
const WINDOWS_SIGN = /[\u0080-\u009f]/g;

/**
 * Bytes as text: UTF-16 by its mark or its pattern of NULs, UTF-8, or else Windows-1252, which covers Latin-1.
 * @returns undefined where they are no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined && bytes.length % 2 !== 0) return undefined;
  const text = utf16 === undefined ? eightBit(bytes) : new TextDecoder(utf16).decode(bytes);
  return hasControls(text) ? undefined : text.replace(/^\ufeff/, "");
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

function eightBit(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes)
      .toString("latin1")
      .replace(WINDOWS_SIGN, (sign) => WINDOWS[sign.charCodeAt(0) - FIRST_WINDOWS_SIGN] ?? sign);
  }
}

/** Controls that no text has. */
const hasControls = (text: string): boolean =>
  [...text].some((char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 0x20 && !"\t\n\v\f\r\u001a".includes(char);
  });
