const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);

/** Must match what the message checks treat as a link. */
const ADDRESS = /https?:\/\/[^\s<>"'`]+[^\s<>"'`).,;:!?\]]/g;

/** The message as HTML with paragraphs, lists and links. It loads nothing and hides nothing. */
export function htmlOf(body: string): string {
  const blocks = body.trim().split(/\n\s*\n/);
  return `<!doctype html>\n<html><body>\n${blocks.map(block).join("\n")}\n</body></html>\n`;
}

function block(text: string): string {
  const lines = text.split("\n");
  if (lines.every((line) => line.startsWith("- ")))
    return `<ul>\n${lines.map((line) => `<li>${inline(line.slice(2))}</li>`).join("\n")}\n</ul>`;
  return `<p>${lines.map(inline).join("<br>\n")}</p>`;
}

function inline(text: string): string {
  let html = "";
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = escaped(match[0]);
    html += `${escaped(text.slice(at, match.index))}<a href="${address}">${address}</a>`;
    at = match.index + match[0].length;
  }
  return html + escaped(text.slice(at));
}
