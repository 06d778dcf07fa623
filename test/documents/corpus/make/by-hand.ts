import { cell, colour, paragraph, run, shade, table, zipOf } from "../../../support/docx.ts";
import { type Block, blocksOf, type Style, styled } from "../typed.ts";

const LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';
const NUMBERING = `<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`;

const HYPHENS: Readonly<Record<string, string>> = { "‑": "noBreakHyphen", "\u00ad": "softHyphen" };

/** A Word document whose parts are written by hand, as small programs write them. */
export function handDocxOf(blocks: readonly Block[]): Uint8Array {
  const others: [string, string][] = [];
  const refer = (kind: "header" | "footer", text: string) => {
    others.push([kind, paragraph(run(text))]);
    return `<w:${kind}Reference w:type="default" r:id="rel${others.length}"/>`;
  };
  const margins: string[] = [];
  // A word is cut into runs where a program that checks the spelling has been.
  const line = (text: string, properties = "") =>
    paragraph(
      text
        .split(/(?<=fi|tt)/)
        .flatMap((part) => part.split(/(?=[‑\u00ad])|(?<=[‑\u00ad])/))
        .map((part) => (HYPHENS[part] === undefined ? run(part) : `<w:r><w:${HYPHENS[part]}/></w:r>`))
        .join(""),
      properties,
    );
  const style: Style<string> = {
    title: (text) => paragraph(run(text, '<w:b/><w:sz w:val="34"/>')),
    line,
    heading: (text) => paragraph(run(text, "<w:b/>")),
    caps: (text) => paragraph(run(text, "<w:smallCaps/>")),
    paragraph: line,
    bullet: (text) => line(text, LIST),
    hidden: (text) => paragraph(run(text, "<w:vanish/>") + run("", colour("FFFFFF"))),
    row: ([left, right]) => paragraph(`${run(left)}<w:r><w:tab/></w:r>${run(right)}`),
    table: (rows) => table(rows.map((row) => row.map((text) => cell(paragraph(run(text)))))),
    band: (lines) =>
      table([[cell(lines.map((text) => paragraph(run(text, colour("FFFFFF")))).join(""), shade("1D2B3A"))]]),
    box: (text) =>
      paragraph(
        `<w:r><w:pict><v:shape type="#box" style="width:220pt;height:34pt">
<v:textbox><w:txbxContent>${paragraph(run(text))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`,
      ),
    noted: ([text, note]) => {
      others.push(["footnotes", `<w:footnote w:id="2">${paragraph(run(note))}</w:footnote>`]);
      return paragraph(`${run(text)}<w:r><w:footnoteReference w:id="2"/></w:r>`);
    },
    header: (text) => {
      margins.push(refer("header", text));
      return "";
    },
    footer: (text) => {
      margins.push(refer("footer", text));
      return "";
    },
    columns: ({ side, main }) => table([[cell(inner(side)), cell(inner(main))]]),
  };
  const inner = (items: Parameters<typeof blocksOf>[0]) => styled(blocksOf(items), style).join("");
  const body = styled(blocks, style).join("");
  return packed(`${body}<w:sectPr>${margins.join("")}</w:sectPr>`, [["numbering", NUMBERING], ...others]);
}

const OFFICE = "http://schemas.openxmlformats.org";
const NAMESPACES = `xmlns:w="${OFFICE}/wordprocessingml/2006/main"
 xmlns:r="${OFFICE}/officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml"`;
const ROOTS: Readonly<Record<string, string>> = { header: "hdr", footer: "ftr" };

function packed(body: string, parts: readonly (readonly [kind: string, inner: string])[]): Uint8Array {
  const xml = (root: string, inner: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><w:${root} ${NAMESPACES}>${inner}</w:${root}>`;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;
  const relations = (...all: string[]) =>
    `<Relationships xmlns="${OFFICE}/package/2006/relationships">${all.join("")}</Relationships>`;
  const named = parts.map(([kind, inner], n) => ({ kind, inner, id: `rel${n}`, name: `${kind}${n}.xml` }));
  const main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  const types = [["document.main", "document.xml"], ...named.map(({ kind, name }) => [kind, name])].map(
    ([type, name]) => `<Override PartName="/word/${name}" ContentType="${main}.${type}+xml"/>`,
  );
  return zipOf({
    "[Content_Types].xml": `<Types xmlns="${OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>${types.join("")}</Types>`,
    "_rels/.rels": relations(relation("rId1", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relations(...named.map(({ id, kind, name }) => relation(id, kind, name))),
    "word/document.xml": xml("document", `<w:body>${body}</w:body>`),
    ...Object.fromEntries(
      named.map(({ kind, inner, name }) => [`word/${name}`, xml(ROOTS[kind] ?? kind, inner)]),
    ),
  });
}

const HTML_HEAD = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>A page</title></head><body>\n';

/** A web page written by hand, with what styles hide. */
export function handHtmlOf(blocks: readonly Block[]): string {
  const p = (text: string, look = "") =>
    `<p${look === "" ? "" : ` style="${look}"`}>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`;
  const style: Style<string> = {
    title: (text) => `<h1>${text}</h1>`,
    line: (text) => p(text),
    heading: (text) => `<h2>${text}</h2>`,
    caps: (text) => `<h2 style="font-variant: small-caps">${text}</h2>`,
    paragraph: (text) => p(text),
    bullet: (text) => `<ul>\n  <li>${text}\n</ul>`,
    hidden: (text) => p(text, "color: white"),
    row: (cells) => `<table><tr>${cells.map((text) => `<td>${text}</td>`).join("\n")}</tr></table>`,
    table: (rows) =>
      `<table>${rows.map((row) => `<tr>${row.map((text) => `<td>${text}</td>`).join("")}</tr>`).join("\n")}</table>`,
    band: (lines) =>
      `<div style="background-color:#1d2b3a;color:#fff">${lines.map((text) => p(text)).join("")}</div>`,
    box: (text) => `<aside>${text}</aside>`,
    noted: ([text, note]) => `${p(text)}<small>${note}</small>`,
    header: (text) => `<header>${text}</header>`,
    footer: (text) => `<footer>${text}</footer>`,
    columns: ({ side, main }) =>
      `<div style="display:flex"><nav>${inner(side)}</nav><main>${inner(main)}</main></div>`,
  };
  const inner = (items: Parameters<typeof blocksOf>[0]) => styled(blocksOf(items), style).join("\n");
  return `${HTML_HEAD}${styled(blocks, style).join("\n")}\n</body></html>\n`;
}
