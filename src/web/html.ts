/** Markup that is safe to send: made of our own words, with every value escaped. */
export type Html = { readonly html: string };
type Value = string | number | Html | readonly Html[];

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

/** Markup from a template. Text in it is escaped; other markup is put in as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const filled = parts.map((part, position) => `${part}${markupOf(values[position] ?? "")}`);
  return { html: filled.join("") };
}

function markupOf(value: Value): string {
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return "html" in value ? value.html : value.map((each) => each.html).join("");
}
