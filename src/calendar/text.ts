/**
 * The text of a calendar's bytes. It is UTF-8 (RFC 5545, 3.1.4), UTF-16 where it begins with that mark, and else one byte
 * a letter.
 */
export function decodeCalendar(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(withWholeLetters(bytes));
  } catch {
    return new TextDecoder("latin1").decode(bytes);
  }
}

/** Some programs fold a line inside a letter of several bytes. The fold is put behind the letter. */
function withWholeLetters(bytes: Uint8Array): Uint8Array {
  const letters = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return Buffer.from(letters.replace(/(\r?\n[ \t])([\x80-\xbf]+)/g, "$2$1"), "latin1");
}
