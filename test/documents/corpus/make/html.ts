import { type Block, blocksOf, type Style, styled } from "../typed.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const CSS = `
@page { size: A5; margin: 16mm 14mm }
body { font: 10pt/1.35 FACE; margin: 0; hyphens: HYPHENS; text-align: ALIGN }
h1 { font-size: 17pt; margin: 0 0 2pt } h2 { font-size: 12pt; margin: 8pt 0 2pt; color: #24506e }
h2.caps { font-variant: small-caps } p { margin: 0 0 4pt } ul { margin: 0; padding-left: 14pt }
.row { display: flex; justify-content: space-between } table { width: 100%; border-collapse: collapse }
td { border: 0.5pt solid #999; padding: 2pt 4pt } .hidden { color: #fff; margin: 0; line-height: 1 }
.band { background: #1d2b3a; color: #fff; padding: 8pt; margin-bottom: 8pt } .band p { margin: 0 }
.columns { display: flex } .side { flex: 0 0 44mm } .main { flex: 0 0 74mm; padding-left: 2mm }
.box { border: 1pt solid #24506e; padding: 6pt; margin: 6pt 0 6pt 40pt; border-radius: 4pt }
sup { font-size: 7pt; line-height: 0 } .note { font-size: 8pt; border-top: 0.5pt solid #333; margin-top: 24pt; padding-top: 3pt }
.footer { font-size: 8pt; margin-top: 24pt } .header { font-size: 8pt; text-align: right }
`;

type Look = { readonly face: string; readonly hyphens?: boolean };

/** A web page of a text, as Chromium and WeasyPrint print it. */
export function htmlOf(blocks: readonly Block[], { face, hyphens = false }: Look): string {
  const notes: string[] = [];
  const p = (text: string, name = "line") => `<p class="${name}">${escaped(text)}</p>`;
  const style: Style<string> = {
    title: (text) => `<h1>${escaped(text)}</h1>`,
    line: (text) => p(text),
    heading: (text) => `<h2>${escaped(text)}</h2>`,
    caps: (text) => `<h2 class="caps">${escaped(text)}</h2>`,
    paragraph: (text) => p(text, "paragraph"),
    bullet: (text) => `<ul><li>${escaped(text)}</li></ul>`,
    hidden: (text) => p(text, "hidden"),
    row: ([left, right]) =>
      `<div class="row"><span>${escaped(left)}</span> <span>${escaped(right)}</span></div>`,
    table: (rows) =>
      `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`).join("\n")}</table>`,
    band: (lines) => `<div class="band">${lines.map((text) => p(text)).join("\n")}</div>`,
    box: (text) => `<div class="box">${escaped(text)}</div>`,
    noted: ([text, note]) => {
      notes.push(`<p class="note">1 ${escaped(note)}</p>`);
      return `<p>${escaped(text)}<sup>1</sup></p>`;
    },
    header: (text) => p(text, "header"),
    footer: (text) => `${notes.join("\n")}${p(text, "footer")}`,
    columns: ({ side, main }) =>
      `<div class="columns"><div class="side">${inner(side)}</div>\n<div class="main">${inner(main)}</div></div>`,
  };
  const inner = (items: Parameters<typeof blocksOf>[0]) => styled(blocksOf(items), style).join("\n");
  const css = CSS.replace("FACE", face)
    .replace("HYPHENS", hyphens ? "auto" : "manual")
    .replace("ALIGN", hyphens ? "justify" : "left");
  const body = styled(blocks, style).join("\n");
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><style>${css}</style></head>\n<body>\n${body}\n</body></html>\n`;
}
