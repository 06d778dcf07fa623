import { crc32, deflateRawSync } from "node:zlib";

/** A zip archive with deflated entries, as Word writes it. */
export function zipOf(entries: Readonly<Record<string, string | Buffer>>): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), shared, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 0]);
    centrals.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), made, shared, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, central, end]));
}

const NAMESPACES =
  'xmlns:w="urn:w" xmlns:r="urn:r" xmlns:mc="urn:mc" xmlns:wp="urn:wp" xmlns:a="urn:a" xmlns:wps="urn:wps" xmlns:wpg="urn:wpg" xmlns:v="urn:v" xmlns:w14="urn:w14" xmlns:pic="urn:pic" xmlns:m="urn:m"';

/** The parts of a Word document; the rest is as Word takes it to be where there is nothing. */
export type Parts = {
  readonly body: string;
  readonly styles?: string;
  readonly settings?: string;
  readonly numbering?: string;
  /** The colours of the theme, such as `{ accent1: "1F3864" }`. */
  readonly theme?: Readonly<Record<string, string>>;
  readonly background?: string;
  /** Parts that the body names, by the kind of relation: `header`, `footnotes`, ... The first has the id `rel1`. */
  readonly others?: readonly (readonly [kind: string, inner: string])[];
};

const relation = (id: string, kind: string, target: string): string =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;
const relations = (...all: readonly string[]): string =>
  `<Relationships xmlns="urn:rels">${all.join("")}</Relationships>`;
const root = (name: string, inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><w:${name} ${NAMESPACES}>${inner}</w:${name}>`;
const ROOTS: Record<string, string> = { header: "hdr", footer: "ftr" };

/** A Word document made of its parts. */
export function docx({ body, background = "", others = [], ...parts }: Parts): Uint8Array {
  const clrScheme = Object.entries(parts.theme ?? {}).map(
    ([name, hex]) => `<a:${name}><a:srgbClr val="${hex}"/></a:${name}>`,
  );
  const theme = `<a:theme xmlns:a="urn:a"><a:themeElements><a:clrScheme>${clrScheme.join("")}</a:clrScheme></a:themeElements></a:theme>`;
  return zipOf({
    "_rels/.rels": relations(relation("rId1", "officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": relations(
      ...["styles", "settings", "numbering"].map((kind) => relation(kind, kind, `${kind}.xml`)),
      relation("theme", "theme", "theme/theme1.xml"),
      ...others.map(([kind], n) => relation(`rel${n + 1}`, kind, `other${n + 1}.xml`)),
    ),
    "word/document.xml": root("document", `${background}<w:body>${body}</w:body>`),
    "word/styles.xml": root("styles", parts.styles ?? ""),
    "word/settings.xml": root("settings", parts.settings ?? ""),
    "word/numbering.xml": root("numbering", parts.numbering ?? ""),
    "word/theme/theme1.xml": theme,
    ...Object.fromEntries(
      others.map(([kind, inner], n) => [`word/other${n + 1}.xml`, root(ROOTS[kind] ?? kind, inner)]),
    ),
  });
}

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** A run of text with run properties, such as `<w:vanish/>`. */
export const run = (text: string, properties = ""): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
/** A paragraph of runs with paragraph properties. */
export const paragraph = (runs: string, properties = ""): string =>
  `<w:p><w:pPr>${properties}</w:pPr>${runs}</w:p>`;
/** A cell with cell properties. */
export const cell = (inner: string, properties = ""): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${inner}</w:tc>`;
export const table = (rows: readonly (readonly string[])[], properties = ""): string =>
  `<w:tbl><w:tblPr>${properties}</w:tblPr>${rows.map((cells) => `<w:tr>${cells.join("")}</w:tr>`).join("")}</w:tbl>`;
export const shade = (fill: string): string => `<w:shd w:val="clear" w:color="auto" w:fill="${fill}"/>`;
export const colour = (hex: string): string => `<w:color w:val="${hex}"/>`;

const EMU_PER_POINT = 12_700;

/** A floating drawing over or under the text of the page: a shape with a fill and, where it is given, a box of text. */
export function floating({
  fill,
  box = "",
  top = 0,
  size = [400, 60],
  from = "page",
  attributes = "",
}: {
  readonly fill: string;
  readonly box?: string;
  readonly top?: number;
  readonly size?: readonly [width: number, height: number];
  readonly from?: "page" | "paragraph";
  readonly attributes?: string;
}): string {
  const [cx, cy] = size.map((points) => points * EMU_PER_POINT);
  const content = box === "" ? "" : `<wps:txbx><w:txbxContent>${box}</w:txbxContent></wps:txbx>`;
  return `<w:r><w:drawing><wp:anchor behindDoc="1"><wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>
    <wp:positionV relativeFrom="${from}"><wp:posOffset>${top * EMU_PER_POINT}</wp:posOffset></wp:positionV>
    <wp:extent cx="${cx}" cy="${cy}"/><wp:wrapNone/><wp:docPr id="1" name="x" ${attributes}/><a:graphic><a:graphicData>
    <wps:wsp><wps:spPr>${fill}</wps:spPr>${content}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>`;
}

export const solid = (hex: string): string => `<a:solidFill><a:srgbClr val="${hex}"/></a:solidFill>`;
