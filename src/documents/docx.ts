import { XMLParser } from "fast-xml-parser";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import type { Extracted } from "./extract.ts";
import { isNearWhite, TINY_POINTS } from "./seen.ts";
import { Unreadable } from "./unreadable.ts";

const INFLATED_BYTES = 50_000_000;

/** The text of a Word document in its order. Tracked deletions and hidden, white or tiny text go to `hidden`. */
export async function readDocx(bytes: Uint8Array): Promise<Extracted> {
  const parts = await unzip(Buffer.from(bytes), new Set(["word/document.xml", "word/styles.xml"]));
  const body = parts.get("word/document.xml");
  if (body === undefined) throw new Unreadable("broken");
  const hiddenStyles = stylesThatHide(parts.get("word/styles.xml") ?? "");
  const text = { shown: "", hidden: "" };
  walk(parse(body), { hidden: false, hiddenStyles }, text);
  const hidden = text.hidden.trim();
  return {
    pages: [text.shown.replace(/\n{3,}/g, "\n\n").trim()],
    hidden: hidden === "" ? [] : [{ text: hidden, why: "marked_hidden" }],
    signs_without_letter: 0,
    warnings: [],
  };
}

/**
 * The wanted entries of an archive, as text. The declared sizes are limited, and yauzl checks that no entry exceeds its
 * own.
 */
function unzip(bytes: Buffer, wanted: ReadonlySet<string>): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(error);
      const parts = new Map<string, string>();
      let total = 0;
      zip.on("error", reject);
      zip.on("end", () => resolve(parts));
      zip.on("entry", (entry: Entry) => {
        total += entry.uncompressedSize;
        if (total > INFLATED_BYTES) return reject(new Unreadable("inflated"));
        if (!wanted.has(entry.fileName)) return zip.readEntry();
        readEntry(zip, entry).then((text) => {
          parts.set(entry.fileName, text);
          zip.readEntry();
        }, reject);
      });
      zip.readEntry();
    });
  });
}

function readEntry(zip: ZipFile, entry: Entry): Promise<string> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", reject);
      stream.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    });
  });
}

type Node = { readonly [name: string]: unknown };

// Keeps document order, knows only the five entities of XML itself, and leaves values as text.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  trimValues: false,
  parseTagValue: false,
});
const parse = (xml: string): Node[] => {
  if (xml.includes("<!DOCTYPE") || xml.includes("<!ENTITY")) throw new Unreadable("broken");
  return parser.parse(xml) as Node[];
};

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ":@") ?? "";
const childrenOf = (node: Node): Node[] => {
  const inner = node[nameOf(node)];
  return Array.isArray(inner) ? (inner as Node[]) : [];
};
const attributeOf = (node: Node, attribute = "w:val"): string =>
  String((node[":@"] as Record<string, unknown> | undefined)?.[`@_${attribute}`] ?? "");
const child = (node: Node | undefined, name: string): Node | undefined =>
  node ? childrenOf(node).find((c) => nameOf(c) === name) : undefined;

type Context = { readonly hidden: boolean; readonly hiddenStyles: ReadonlySet<string> };

function walk(nodes: readonly Node[], context: Context, said: { shown: string; hidden: string }): void {
  for (const node of nodes) {
    const name = nameOf(node);
    if (name === "w:t" || name === "w:delText") {
      const text = childrenOf(node)
        .map((c) => String(c["#text"] ?? ""))
        .join("");
      if (context.hidden || name === "w:delText") said.hidden += text;
      else said.shown += text;
    } else if (name === "w:tab") said.shown += "\t";
    else if (name === "w:br" || name === "w:cr") said.shown += "\n";
    else if (name === "w:r")
      walk(childrenOf(node), { ...context, hidden: context.hidden || runIsHidden(node, context) }, said);
    else if (name === "w:p") {
      const style = attributeOf(child(child(node, "w:pPr"), "w:pStyle") ?? {});
      const hidden = context.hidden || context.hiddenStyles.has(style);
      // Marks an entry of a list, as the page does.
      if (!hidden && child(child(node, "w:pPr"), "w:numPr")) said.shown += "- ";
      walk(childrenOf(node), { ...context, hidden }, said);
      said[context.hidden ? "hidden" : "shown"] += "\n";
    } else if (name !== "w:instrText" && name !== "mc:Fallback") walk(childrenOf(node), context, said);
  }
}

function runIsHidden(run: Node, { hiddenStyles }: Context): boolean {
  const properties = child(run, "w:rPr");
  if (!properties) return false;
  return hides(properties) || hiddenStyles.has(attributeOf(child(properties, "w:rStyle") ?? {}));
}

/**
 * Whether a run is hidden: marked as such, nearly white without a shade behind it, or too small (`w:sz` is in half
 * points).
 */
function hides(properties: Node): boolean {
  const vanish = child(properties, "w:vanish") ?? child(properties, "w:webHidden");
  if (vanish && !["0", "false"].includes(attributeOf(vanish))) return true;
  const size = Number(attributeOf(child(properties, "w:sz") ?? {}));
  if (size > 0 && size / 2 < TINY_POINTS) return true;
  const shaded = child(properties, "w:highlight") ?? child(properties, "w:shd");
  return shaded === undefined && isNearWhite(`#${attributeOf(child(properties, "w:color") ?? {})}`);
}

function stylesThatHide(xml: string): Set<string> {
  const hiding = new Set<string>();
  if (xml === "") return hiding;
  const styles = parse(xml)
    .flatMap((root) => childrenOf(root))
    .filter((node) => nameOf(node) === "w:style");
  for (const style of styles) {
    const properties = child(style, "w:rPr");
    if (properties && hides(properties)) hiding.add(attributeOf(style, "w:styleId"));
  }
  return hiding;
}
