import { type Block, blocksOf, type Style, styled } from "../typed.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const NAMESPACES = ["office", "style", "text", "table", "drawing", "meta"]
  .map(
    (name) =>
      `xmlns:${name === "drawing" ? "draw" : name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  )
  .concat(
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  )
  .join(" ");

const textStyle = (name: string, properties: string, paragraph = "") =>
  `<style:style style:name="${name}" style:family="paragraph"><style:paragraph-properties ${paragraph}/>
  <style:text-properties ${properties}/></style:style>`;
const SIZE = 'fo:font-size="10pt"';
const HEAD_SPACE = 'fo:margin-top="8pt" fo:margin-bottom="2pt"';
const SPACE = 'fo:margin-top="0pt" fo:margin-bottom="3pt"';

const styles = (face: string, isJustified: boolean) => {
  const english = `${SIZE} fo:hyphenate="${isJustified}" fo:language="en" fo:country="US"`;
  const align = `fo:text-align="${isJustified ? "justify" : "start"}" fo:hyphenation-ladder-count="no-limit"`;
  const cell = (name: string, look: string) =>
    `<style:style style:name="${name}" style:family="table-cell"><style:table-cell-properties ${look}/></style:style>`;
  const column = (
    name: string,
    width: string,
  ) => `<style:style style:name="${name}" style:family="table-column">
<style:table-column-properties style:column-width="${width}"/></style:style>`;
  return `<office:automatic-styles>
${textStyle("Title1", 'fo:font-size="17pt" fo:font-weight="bold"', SPACE)}
${textStyle("Head1", 'fo:font-size="12pt" fo:font-weight="bold" fo:color="#24506e"', HEAD_SPACE)}
${textStyle("Caps1", 'fo:font-size="12pt" fo:font-variant="small-caps"', HEAD_SPACE)}
${textStyle("Body1", english, `${SPACE} ${align}`)}
${textStyle("Item1", english, 'fo:margin-top="0pt" fo:margin-bottom="0pt"')}
${textStyle("White1", `${SIZE} fo:color="#ffffff"`, SPACE)}
${textStyle("Note1", 'fo:font-size="8pt"', SPACE)}
<style:style style:name="Row1" style:family="paragraph"><style:paragraph-properties ${SPACE}>
<style:tab-stops><style:tab-stop style:position="116mm" style:type="right"/></style:tab-stops></style:paragraph-properties>
<style:text-properties ${SIZE}/></style:style>
${cell("Dark1", 'fo:background-color="#1d2b3a" fo:padding="6pt"')}
${cell("Plain1", 'fo:padding="3pt"')}
${cell("Line1", 'fo:padding="2pt" fo:border="0.5pt solid #999999"')}
${column("Side1", "38mm")}${column("Main1", "78mm")}
<style:style style:name="Frame1" style:family="graphic">
<style:graphic-properties draw:fill="none" fo:border="0.5pt solid #24506e" fo:padding="4pt" style:wrap="none"
 style:vertical-pos="from-top" style:vertical-rel="paragraph"
 style:horizontal-pos="from-left" style:horizontal-rel="paragraph"/></style:style>
<style:page-layout style:name="Page1">
<style:page-layout-properties fo:page-width="148mm" fo:page-height="210mm" fo:margin="16mm"/>
<style:header-style><style:header-footer-properties fo:min-height="8mm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="8mm"/></style:footer-style></style:page-layout>
<text:list-style style:name="List1"><text:list-level-style-bullet text:level="1" text:bullet-char="•">
<style:list-level-properties text:space-before="2mm" text:min-label-width="4mm"/></text:list-level-style-bullet></text:list-style>
</office:automatic-styles>`.replaceAll(
    "<style:text-properties ",
    `<style:text-properties fo:font-family="${face}" `,
  );
};

/** A flat OpenDocument text, which LibreOffice turns into PDF, DOCX and ODT. */
export function fodtOf(blocks: readonly Block[], face: string): string {
  const isJustified = blocks.filter(({ kind }) => kind === "paragraph").length > 2;
  const p = (text: string, name: string) => `<text:p text:style-name="${name}">${escaped(text)}</text:p>`;
  const cell = (inner: string, name: string) =>
    `<table:table-cell table:style-name="${name}" office:value-type="string">${inner}</table:table-cell>`;
  const table = (columns: string, rows: string[]) =>
    `<table:table>${columns}${rows.map((row) => `<table:table-row>${row}</table:table-row>`).join("")}</table:table>`;
  const margins: string[] = [];
  const style: Style<string> = {
    title: (text) => p(text, "Title1"),
    line: (text) => p(text, "Body1"),
    heading: (text) => p(text, "Head1"),
    caps: (text) => p(text, "Caps1"),
    paragraph: (text) => p(text, "Body1"),
    bullet: (text) =>
      `<text:list text:style-name="List1"><text:list-item>${p(text, "Item1")}</text:list-item></text:list>`,
    hidden: (text) => p(text, "White1"),
    row: ([left, right]) =>
      `<text:p text:style-name="Row1">${escaped(left)}<text:tab/>${escaped(right)}</text:p>`,
    table: (rows) =>
      table(
        '<table:table-column table:number-columns-repeated="3"/>',
        rows.map((row) => row.map((text) => cell(p(text, "Item1"), "Line1")).join("")),
      ),
    band: (lines) =>
      table("<table:table-column/>", [cell(lines.map((text) => p(text, "White1")).join(""), "Dark1")]),
    box: (text) =>
      `<text:p text:style-name="Body1"><draw:frame draw:style-name="Frame1" text:anchor-type="paragraph"
 svg:x="15mm" svg:y="1mm" svg:width="80mm">
<draw:text-box fo:min-height="8mm">${p(text, "Item1")}</draw:text-box></draw:frame></text:p>`,
    noted: ([text, note]) =>
      `<text:p text:style-name="Body1">${escaped(text)}<text:note text:id="ftn1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body>${p(note, "Note1")}</text:note-body></text:note></text:p>`,
    header: (text) => {
      margins.push(`<style:header>${p(text, "Note1")}</style:header>`);
      return "";
    },
    footer: (text) => {
      margins.push(`<style:footer>${p(text, "Note1")}</style:footer>`);
      return "";
    },
    columns: ({ side, main }) =>
      table('<table:table-column table:style-name="Side1"/><table:table-column table:style-name="Main1"/>', [
        cell(inner(side), "Plain1") + cell(inner(main), "Plain1"),
      ]),
  };
  const inner = (items: Parameters<typeof blocksOf>[0]) => styled(blocksOf(items), style).join("\n");
  const body = styled(blocks, style).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
${styles(face, isJustified)}
<office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="Page1">${margins.join("")}</style:master-page></office:master-styles>
<office:body><office:text>${body}</office:text></office:body></office:document>\n`;
}
