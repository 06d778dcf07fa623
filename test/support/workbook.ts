import { zipOf } from "./docx.ts";

/** A cell: text, a number, or XML as it stands in a worksheet (`<c>` without its place). */
export type MadeCell = string | number | { readonly xml: string };

export type MadeSheet = {
  readonly name?: string;
  /** `hidden` or `veryHidden`. */
  readonly state?: string;
  readonly rows: readonly (readonly MadeCell[])[];
  /** Numbers of hidden rows, from 1. */
  readonly hiddenRows?: readonly number[];
  /** Numbers of hidden columns, from 1. */
  readonly hiddenColumns?: readonly number[];
  readonly merges?: readonly string[];
  /** Where cells lead, by their place. */
  readonly links?: Readonly<Record<string, string>>;
};

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** A date as a workbook holds it, `serial` being days from 30 December 1899. Style 1 is the built-in date, 2 is `dd.mm.yyyy`, 3 hours. */
export const dateCell = (serial: number, style = 1): MadeCell => ({
  xml: `<c s="${style}"><v>${serial}</v></c>`,
});

/** A formula with the value that was kept with it, or without one. */
export const formula = (text: string, kept?: string): MadeCell => ({
  xml: `<c t="str"><f>${escaped(text)}</f>${kept === undefined ? "" : `<v>${escaped(kept)}</v>`}</c>`,
});

const STYLES = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`;

const relations = (inner: string): string => `<Relationships>${inner}</Relationships>`;

/** The bytes of a workbook (XLSX) whose texts are shared as spreadsheet programs do it. */
export function workbookOf(
  sheets: readonly MadeSheet[],
  { is1904 = false }: { readonly is1904?: boolean } = {},
): Uint8Array {
  const strings: string[] = [];
  const cellXml = (cell: MadeCell): string => {
    if (typeof cell === "object") return cell.xml;
    if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
    if (cell === "") return "<c/>";
    strings.push(cell);
    return `<c t="s"><v>${strings.length - 1}</v></c>`;
  };
  const parts: Record<string, string> = { "xl/styles.xml": STYLES };
  sheets.forEach((sheet, n) => {
    const { rows, hiddenRows = [], hiddenColumns = [], merges = [], links = {} } = sheet;
    const rowXml = rows.map((cells, at) => {
      const hidden = hiddenRows.includes(at + 1) ? ' hidden="1"' : "";
      return cells.length === 0 ? "" : `<row r="${at + 1}"${hidden}>${cells.map(cellXml).join("")}</row>`;
    });
    const columns = hiddenColumns.map((at) => `<col min="${at}" max="${at}" hidden="1"/>`).join("");
    const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("");
    const linked = Object.keys(links).map((at, i) => `<hyperlink ref="${at}" r:id="link${i}"/>`);
    parts[`xl/worksheets/sheet${n + 1}.xml`] =
      `<worksheet xmlns:r="r"><cols>${columns}</cols><sheetData>${rowXml.join("")}</sheetData><mergeCells>${merged}</mergeCells><hyperlinks>${linked.join("")}</hyperlinks></worksheet>`;
    const targets = Object.values(links).map(
      (target, i) =>
        `<Relationship Id="link${i}" Type="x/hyperlink" Target="${escaped(target)}" TargetMode="External"/>`,
    );
    parts[`xl/worksheets/_rels/sheet${n + 1}.xml.rels`] = relations(targets.join(""));
  });
  const shared = strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`);
  parts["xl/sharedStrings.xml"] = `<sst>${shared.join("")}</sst>`;
  const entries = sheets.map(({ name, state }, n) => {
    const shown = state === undefined ? "" : ` state="${state}"`;
    return `<sheet name="${escaped(name ?? `Sheet${n + 1}`)}" sheetId="${n + 1}"${shown} r:id="sheet${n}"/>`;
  });
  parts["xl/workbook.xml"] =
    `<workbook xmlns:r="r"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${entries.join("")}</sheets></workbook>`;
  parts["xl/_rels/workbook.xml.rels"] = relations(
    sheets
      .map(
        (_, n) => `<Relationship Id="sheet${n}" Type="x/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
      )
      .join(""),
  );
  parts["_rels/.rels"] = relations(
    '<Relationship Id="main" Type="x/officeDocument" Target="xl/workbook.xml"/>',
  );
  return zipOf(parts);
}
