/** The headers at the start of an e-mail's text, unfolded. Undefined when the text does not begin with headers. */
export function headersOf(text: string): string | undefined {
  const head =
    text
      .slice(0, 100_000)
      .replace(/^\s+/, "")
      .split(/\r?\n\r?\n/)[0] ?? "";
  const unfolded = head.replace(/\r?\n[ \t]+/g, " ");
  const lines = unfolded.split(/\r?\n/);
  const areHeaders = lines.every((line) => /^[A-Za-z][A-Za-z0-9-]{0,60}:/.test(line));
  return areHeaders && /^(?:from|to|message-id|in-reply-to|references):/im.test(unfolded)
    ? unfolded
    : undefined;
}

/** Whether the body of an e-mail is encoded. Otherwise its text is simply the part after the headers. */
export const isEncoded = (headers: string): boolean =>
  /^(?:mime-version|content-type|content-transfer-encoding):/im.test(headers);
