import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packExtension } from "@anthropic-ai/mcpb";
import { manifest } from "./manifest.ts";

/** Makes the two files that people install from a bundle, and puts them beside it: the package, and Claude Desktop's. */
export async function pack(bundle: string): Promise<{ tarball: string; mcpb: string }> {
  const answer = execFileSync("npm", ["pack", "--json", "--silent"], { cwd: bundle, encoding: "utf8" });
  const tarball = join(bundle, tarballIn(answer));
  writeFileSync(join(bundle, "manifest.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
  // Made elsewhere: whatever lies in the bundle would go into it, the tarball too.
  const outside = mkdtempSync(join(tmpdir(), "greenflag-pack-"));
  const mcpb = join(bundle, "greenflag.mcpb");
  try {
    renameSync(tarball, join(outside, "package.tgz"));
    const made = join(outside, "greenflag.mcpb");
    if (!(await packExtension({ extensionPath: bundle, outputPath: made, silent: true })))
      throw new Error("the manifest is not valid");
    renameSync(join(outside, "package.tgz"), tarball);
    renameSync(made, mcpb);
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
  return { tarball, mcpb };
}

function tarballIn(answer: string): string {
  const packed = JSON.parse(answer) as readonly { filename: string }[];
  const [first] = packed;
  if (first === undefined) throw new Error("npm packed nothing");
  return first.filename;
}

/** How many bytes the files of a folder take. */
export function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}
