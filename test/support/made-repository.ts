import { execFileSync } from "node:child_process";

/** One commit for `git fast-import`: files by path, each with its mode and its bytes; null takes a file away. */
export type MadeCommit = {
  readonly message?: string;
  readonly author?: string;
  readonly at?: string;
  readonly files: Readonly<Record<string, string | Uint8Array | Odd | null>>;
};
/** What is no plain file: a program (its text), a symbolic link (its target), a submodule (its commit). */
type Odd = { readonly mode: "100755" | "120000" | "160000"; readonly is: string };

const data = (bytes: string | Uint8Array): Buffer => {
  const body = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`data ${body.length}\n`), body, Buffer.from("\n")]);
};

/**
 * Writes commits to a branch of a bare repository, on top of another branch or of nothing. Names and texts go in as they
 * are, hostile ones as well, which no work tree could hold.
 */
export function importCommits(
  bare: string,
  branch: string,
  commits: readonly MadeCommit[],
  from: string | null = "refs/heads/main",
): void {
  const parts = commits.flatMap(({ message = "Change", author, at, files }, n) => {
    const when =
      Math.floor(Date.parse(at ?? "2026-11-20T10:00:00Z") / 1000) + (at === undefined ? n * 60 : 0);
    const who = `${author ?? "Zed Candidate <zed@example.test>"} ${when} +0000`;
    const parent = n === 0 && from !== null ? `from ${from}^0\n` : "";
    return [
      Buffer.from(`commit refs/heads/${branch}\nauthor ${who}\ncommitter ${who}\n`),
      data(message),
      Buffer.from(parent),
      ...Object.entries(files).flatMap(([path, content]) => entry(path, content)),
      Buffer.from("\n"),
    ];
  });
  execFileSync("git", ["-C", bare, "fast-import", "--quiet", "--force"], { input: Buffer.concat(parts) });
}

function entry(path: string, content: string | Uint8Array | Odd | null): Buffer[] {
  const name = JSON.stringify(path).replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return `\\${code.toString(8).padStart(3, "0")}`;
  });
  if (content === null) return [Buffer.from(`D ${name}\n`)];
  if (typeof content === "string" || content instanceof Uint8Array)
    return [Buffer.from(`M 100644 inline ${name}\n`), data(content)];
  if (content.mode === "160000") return [Buffer.from(`M 160000 ${content.is} ${name}\n`)];
  return [Buffer.from(`M ${content.mode} inline ${name}\n`), data(content.is)];
}
