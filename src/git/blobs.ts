import { createHash } from "node:crypto";
import type { Git } from "./git.ts";

/** The sizes in bytes of objects. Those that are not there are left out. */
export async function sizesOf(git: Git, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { bytes } = await git.output(["cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer"], {
    input: linesOf(ids),
  });
  const lines = bytes.toString("latin1").split("\n");
  return new Map(
    lines.flatMap((line) => {
      const [, id = "", size = ""] = /^([0-9a-f]+) (\d+)$/.exec(line) ?? [];
      return id === "" ? [] : [[id, Number(size)] as const];
    }),
  );
}

type Stored = { readonly type: string; readonly bytes: Buffer };

/** The bytes of blobs. Those that are not there, or beyond what is read at most, are left out. */
export async function blobsOf(git: Git, ids: readonly string[]): Promise<Map<string, Buffer>> {
  return new Map([...(await objectsOf(git, ids))].map(([id, { bytes }]) => [id, bytes]));
}

const MAX_BATCH_BYTES = 32_000_000;

/**
 * Whether the content of each object has the hash that it is named by, as git itself checks where it fetches. Larger ones
 * than a limit are not compared anywhere, and not checked.
 */
export async function areTrue(git: Git, ids: readonly string[], mostBytes: number): Promise<boolean> {
  let [batch, bytes]: [string[], number] = [[], 0];
  const isTrue = async () => {
    const objects = [...(await objectsOf(git, batch))];
    [batch, bytes] = [[], 0];
    return objects.every(([id, object]) => hashOf(object, id.length) === id);
  };
  for (const [id, size] of await sizesOf(git, [...new Set(ids)])) {
    if (size > mostBytes) continue;
    if (bytes + size > MAX_BATCH_BYTES && !(await isTrue())) return false;
    batch.push(id);
    bytes += size;
  }
  return isTrue();
}

const SHA1_CHARS = 40;

const hashOf = ({ type, bytes }: Stored, chars: number): string =>
  createHash(chars === SHA1_CHARS ? "sha1" : "sha256")
    .update(`${type} ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");

async function objectsOf(git: Git, ids: readonly string[]): Promise<Map<string, Stored>> {
  const objects = new Map<string, Stored>();
  if (ids.length === 0) return objects;
  const { bytes } = await git.output(["cat-file", "--batch", "--buffer"], { input: linesOf(ids) });
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const [, id = "", type = "", size = ""] =
      /^([0-9a-f]+) (\w+) (\d+)$/.exec(bytes.toString("latin1", at, end)) ?? [];
    const next = end + 1 + Number(size);
    if (id !== "" && next <= bytes.length) objects.set(id, { type, bytes: bytes.subarray(end + 1, next) });
    at = id === "" ? end + 1 : next + 1;
  }
  return objects;
}

const linesOf = (ids: readonly string[]): string => [...new Set(ids)].map((id) => `${id}\n`).join("");
