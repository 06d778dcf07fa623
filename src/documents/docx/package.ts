import { posix } from "node:path";
import { Unreadable } from "../unreadable.ts";
import { childrenNamed, type Element, parseXml } from "./xml.ts";
import { unzip } from "./zip.ts";

/** The parts of a Word document that are read, found by their relations as Word finds them. */
export type Package = {
  readonly document: Element;
  /** A part that the body names by the kind of relation, such as `styles`; an empty element where there is none. */
  readonly part: (kind: string) => Element;
  /** A part that the body names by the id of the relation. */
  readonly related: (id: string | undefined) => { readonly name: string; readonly root: Element } | undefined;
};

type Relation = { readonly id: string; readonly kind: string; readonly target: string };

export async function openPackage(bytes: Uint8Array): Promise<Package> {
  const parts = await unzip(
    Buffer.from(bytes),
    (name) => /\.(?:xml|rels)$/i.test(name) && !/^customXml\//.test(name),
  );
  const main =
    relationsOf(parts, "").find(({ kind }) => kind === "officeDocument")?.target ?? "word/document.xml";
  const xml = parts.get(main);
  if (xml === undefined) throw new Unreadable("broken");
  const relations = relationsOf(parts, main);
  const rootOf = (name: string | undefined) => parseXml(name === undefined ? undefined : parts.get(name));
  return {
    document: parseXml(xml),
    part: (kind) => rootOf(relations.find((relation) => relation.kind === kind)?.target),
    related: (id) => {
      const name = relations.find((relation) => relation.id === id)?.target;
      return name === undefined ? undefined : { name, root: rootOf(name) };
    },
  };
}

/** What a part (or the package itself, by an empty name) refers to inside the file. */
function relationsOf(parts: ReadonlyMap<string, string>, name: string): Relation[] {
  const folder = posix.dirname(name === "" ? "x" : name);
  const root = parseXml(parts.get(posix.join(folder, "_rels", `${posix.basename(name)}.rels`)));
  return childrenNamed(root, "Relationship")
    .filter(({ attributes }) => attributes.TargetMode !== "External")
    .map(({ attributes: { Id = "", Type = "", Target = "" } }) => ({
      id: Id,
      kind: Type.slice(Type.lastIndexOf("/") + 1),
      target: Target.startsWith("/") ? Target.slice(1) : posix.join(folder, Target),
    }));
}
