/** A stream of a PDF that is written by hand: its dictionary without the length, and its bytes. */
type Stream = { readonly dict: string; readonly data: string | Uint8Array };

/** One page, as its content stream and what that names. */
export type PdfPage = {
  readonly content: string;
  readonly width?: number;
  readonly height?: number;
  readonly rotate?: number;
  /** Further entries of the resources by their kind and name, such as `ExtGState: { Clear: "<< /ca 0 >>" }`. */
  readonly resources?: Readonly<Record<string, Readonly<Record<string, string | Stream>>>>;
  /** Objects that the resources refer to as `@name`. */
  readonly objects?: Readonly<Record<string, Stream>>;
  /** Fonts by name: what their codes stand for, and further entries of their dictionary, or the content that draws each sign. */
  readonly fonts?: Readonly<
    Record<string, { map?: Readonly<Record<number, string>>; dict?: string; sign?: string }>
  >;
  /** Names of layers: `true` is on. */
  readonly layers?: Readonly<Record<string, boolean>>;
  readonly annotation?: Stream & { readonly rect: string };
};

const HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
const BOLD = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>";

/** Writes a PDF of pages with the fonts F1 (Helvetica) and F2 (bold). */
export function pdfOf(...pages: readonly PdfPage[]): Uint8Array {
  const objects: Buffer[] = [];
  const add = (body: string | Stream): string => {
    objects.push(typeof body === "string" ? Buffer.from(body, "latin1") : streamOf(body));
    return `${objects.length} 0 R`;
  };
  const tree = add("");
  const layers = new Map<string, boolean>();
  const kids = pages.map((page) => add(pageOf(page, tree, add, layers)));
  objects[0] = Buffer.from(`<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${kids.length} >>`);
  const [all, off] = [[...layers.keys()], [...layers].filter(([, on]) => !on).map(([layer]) => layer)];
  const shown = `/OCProperties << /OCGs [${all.join(" ")}] /D << /OFF [${off.join(" ")}] >> >>`;
  const root = add(`<< /Type /Catalog /Pages ${tree} ${all.length > 0 ? shown : ""} >>`);
  return fileOf(objects, root);
}

function pageOf(
  page: PdfPage,
  tree: string,
  add: (body: string | Stream) => string,
  layers: Map<string, boolean>,
): string {
  const kinds: Record<string, Record<string, string>> = { Font: { F1: add(HELVETICA), F2: add(BOLD) } };
  const named = new Map(Object.entries(page.objects ?? {}).map(([name, body]) => [name, add(body)]));
  const refer = (body: string) => body.replace(/@(\w+)/g, (_, name) => named.get(name) ?? "null");
  for (const [kind, entries] of Object.entries(page.resources ?? {}))
    for (const [name, body] of Object.entries(entries))
      kinds[kind] = { ...kinds[kind], [name]: typeof body === "string" ? refer(body) : add(body) };
  for (const [name, on] of Object.entries(page.layers ?? {})) {
    const layer = add(`<< /Type /OCG /Name (${name}) >>`);
    layers.set(layer, on);
    kinds.Properties = { ...kinds.Properties, [name]: layer };
  }
  for (const [name, font] of Object.entries(page.fonts ?? {})) {
    const { map, dict = "/BaseFont /Helvetica /Encoding /WinAnsiEncoding", sign } = font;
    const kind = sign === undefined ? `/Subtype /Type1 ${dict}` : drawnSigns(add({ dict: "", data: sign }));
    const unicode = map ? `/ToUnicode ${add(characters(map))}` : "";
    kinds.Font = { ...kinds.Font, [name]: add(`<< /Type /Font ${kind} ${unicode} >>`) };
  }
  const resources = Object.entries(kinds).map(([kind, entries]) => {
    const pairs = Object.entries(entries).map(([name, body]) => `/${name} ${body}`);
    return `/${kind} << ${pairs.join(" ")} >>`;
  });
  const own = `<< ${resources.join(" ")} >>`;
  let annots = "";
  if (page.annotation) {
    const { dict, data, rect } = page.annotation;
    const look = add({ dict: `/Type /XObject /Subtype /Form /Resources ${own} ${dict}`, data });
    annots = `/Annots [${add(`<< /Type /Annot /Subtype /FreeText /F 4 /Rect [${rect}] /AP << /N ${look} >> >>`)}]`;
  }
  const box = `/MediaBox [0 0 ${page.width ?? 595} ${page.height ?? 842}] /Rotate ${page.rotate ?? 0}`;
  const content = add({ dict: "", data: page.content });
  return `<< /Type /Page /Parent ${tree} ${box} /Contents ${content} /Resources ${own} ${annots} >>`;
}

/** The entries of a font whose signs are all drawn by one content, but for the space, which has none. */
function drawnSigns(content: string): string {
  const codes = Array.from({ length: 95 }, (_, n) => n + 32);
  const procedures = codes.slice(1).map((code) => `/s${code} ${content}`);
  return `/Subtype /Type3 /FontBBox [0 0 600 800] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 /LastChar 126
    /Resources << >> /CharProcs << ${procedures.join(" ")} >> /Widths [${codes.map(() => 600).join(" ")}]
    /Encoding << /Type /Encoding /Differences [32 ${codes.map((code) => `/s${code}`).join(" ")}] >>`;
}

function streamOf({ dict, data }: Stream): Buffer {
  const bytes = typeof data === "string" ? Buffer.from(data, "latin1") : Buffer.from(data);
  const head = Buffer.from(`<< ${dict} /Length ${bytes.length} >>\nstream\n`, "latin1");
  return Buffer.concat([head, bytes, Buffer.from("\nendstream")]);
}

function fileOf(objects: readonly Buffer[], root: string): Uint8Array {
  let at = 0;
  const parts: Buffer[] = [];
  const write = (text: string | Buffer) => {
    const part = Buffer.from(text);
    parts.push(part);
    at += part.length;
  };
  write("%PDF-1.7\n");
  const starts = objects.map((body, n) => {
    const start = at;
    write(`${n + 1} 0 obj\n`);
    write(body);
    write("\nendobj\n");
    return start;
  });
  const table = at;
  const rows = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  write(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`);
  write(`trailer\n<< /Size ${objects.length + 1} /Root ${root} >>\nstartxref\n${table}\n%%EOF\n`);
  return new Uint8Array(Buffer.concat(parts));
}

/** A line of text at a place, as operators. */
export function line(text: string, x: number, y: number, { size = 11, font = "F1" } = {}): string {
  const written = text.replace(/[\\()]/g, "\\$&");
  return `BT /${font} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${written}) Tj ET\n`;
}

/** Lines of text from a place down. */
export const lines = (texts: readonly string[], x: number, y: number, leading = 16): string =>
  texts.map((text, n) => line(text, x, y - n * leading)).join("");

/** Pixels of a picture, from the function that gives the grey of each from 0 to 255. */
export function picture(width: number, height: number, grey: (x: number, y: number) => number): Stream {
  const data = Uint8Array.from({ length: width * height }, (_, n) => grey(n % width, Math.floor(n / width)));
  const shape = `/Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8`;
  return { dict: `/Type /XObject /Subtype /Image ${shape}`, data };
}

/** A table of what codes stand for, as four hexadecimal digits for each character; all else is plain ASCII. */
function characters(map: Readonly<Record<number, string>>): Stream {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");
  const entries = Array.from({ length: 95 }, (_, n) => n + 32).map((code) => {
    const text = map[code] ?? String.fromCharCode(code);
    const units = Array.from({ length: text.length }, (_, n) => hex(text.charCodeAt(n), 4));
    return `<${hex(code, 2)}> <${units.join("")}>`;
  });
  const head =
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def";
  const body = `1 begincodespacerange <00> <FF> endcodespacerange ${entries.length} beginbfchar`;
  return { dict: "", data: `${head} ${body}\n${entries.join("\n")}\nendbfchar endcmap end end` };
}
