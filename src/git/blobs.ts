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

/** The bytes of blobs. Those that are not there, or beyond what is read at most, are left out. */
export async function blobsOf(git: Git, ids: readonly string[]): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (ids.length === 0) return blobs;
  const { bytes } = await git.output(["cat-file", "--batch", "--buffer"], { input: linesOf(ids) });
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const [, id = "", size = ""] = /^([0-9a-f]+) \w+ (\d+)$/.exec(bytes.toString("latin1", at, end)) ?? [];
    const next = end + 1 + Number(size);
    if (id !== "" && next <= bytes.length) blobs.set(id, bytes.subarray(end + 1, next));
    at = id === "" ? end + 1 : next + 1;
  }
  return blobs;
}

const linesOf = (ids: readonly string[]): string => [...new Set(ids)].map((id) => `${id}\n`).join("");
