import { XMLParser } from "fast-xml-parser";
import { Unreadable } from "../unreadable.ts";

/** An element without the prefixes of its namespaces, and its children in document order. */
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
};

// References are decoded below: the parser knows no numeric ones.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  cdataPropName: "#cdata",
});

const NONE: Element = { name: "", attributes: {}, children: [] };

/** The root element of a part; an empty one where there is no part. */
export function parseXml(xml: string | undefined): Element {
  if (xml === undefined) return NONE;
  if (xml.includes("<!DOCTYPE") || xml.includes("<!ENTITY")) throw new Unreadable("broken");
  return elementsOf(parser.parse(xml)).find(({ name }) => !name.startsWith("?")) ?? NONE;
}

const elementsOf = (nodes: unknown): Element[] => childrenOf(nodes).filter(isElement);

export const isElement = (node: Element | string): node is Element => typeof node !== "string";

function childrenOf(nodes: unknown): (Element | string)[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.map((node: Record<string, unknown>) => {
    const { ":@": attributes, ...rest } = node;
    const [name = ""] = Object.keys(rest);
    const inner = rest[name];
    if (name === "#text") return decode(String(inner));
    if (name === "#cdata") return plainText(inner);
    return { name, attributes: decodedAttributes(attributes), children: childrenOf(inner) };
  });
}

const plainText = (nodes: unknown): string =>
  Array.isArray(nodes)
    ? nodes.map((node: Record<string, unknown>) => String(node["#text"] ?? "")).join("")
    : "";

const decodedAttributes = (attributes: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((attributes ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      decode(String(value)),
    ]),
  );

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const LAST_CODE = 0x10ffff;

const decode = (text: string): string =>
  text.includes("&")
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi,
        (match, hex, decimal, name) => {
          if (typeof name === "string") return NAMED[name] ?? match;
          const code = typeof hex === "string" ? Number.parseInt(hex, 16) : Number(decimal);
          return code <= LAST_CODE ? String.fromCodePoint(code) : match;
        },
      )
    : text;

/** The first child of a name. */
export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((c): c is Element => isElement(c) && c.name === name);

/** All children of a name. */
export const childrenNamed = (element: Element | undefined, name: string): Element[] =>
  (element?.children ?? []).filter((c): c is Element => isElement(c) && c.name === name);

/** The value of a property element such as `<w:sz w:val="22"/>`. */
export const valOf = (element: Element | undefined, name: string): string | undefined =>
  child(element, name)?.attributes.val;

/** Every element of a name below this one, at any depth. */
export function descendants(element: Element, name: string): Element[] {
  return element.children.flatMap((c) =>
    isElement(c) ? [...(c.name === name ? [c] : []), ...descendants(c, name)] : [],
  );
}

/** A switch such as `<w:vanish/>`: on by being there, off by its value. */
export function isOn(properties: Element | undefined, name: string): boolean | undefined {
  const element = child(properties, name);
  if (element === undefined) return undefined;
  return !["0", "false", "off"].includes(element.attributes.val ?? "1");
}
