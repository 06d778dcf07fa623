import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { allowedPath, ownFolders } from "../../src/files/allowed-path.ts";

const place = mkdtempSync(join(tmpdir(), "greenflag-paths-"));
mkdirSync(join(place, ".ssh", "deeper"), { recursive: true });
mkdirSync(join(place, "clone", "notes"), { recursive: true });
for (const file of [".ssh/key.txt", ".ssh/deeper/key.txt", "clone/notes/read.txt"])
  writeFileSync(join(place, file), "text");
symlinkSync("../.ssh", join(place, "clone", "docs"));
symlinkSync("../.ssh/deeper", join(place, "clone", "deep"));
symlinkSync("notes", join(place, "clone", "more"));
symlinkSync("/etc", join(place, "clone", "system"));

const answer = (name: string) => allowedPath(join(place, name), true);

describe("a path that a caller names", () => {
  it.each([".ssh/key.txt", "clone/docs/key.txt", "clone/deep/key.txt", "clone/docs/deeper"])(
    "is refused where %s is hidden, by its own name or by the folder that a link leads to",
    async (name) => expect(await answer(name)).toEqual({ why: expect.stringMatching(/hidden/) }),
  );

  it("is refused where a linked folder leads out of the user's places", async () => {
    expect(await answer("clone/system/hostname")).toEqual({ why: expect.stringMatching(/only your home/) });
  });

  it("is read through a linked folder that stays inside", async () => {
    expect(await answer("clone/more/read.txt")).toMatchObject({ bytes: 4, folder: false });
  });

  it("may be a file URL, or stand below the home directory", async () => {
    const { href } = pathToFileURL(join(place, "clone/notes/read.txt"));
    expect(await allowedPath(href, true)).toMatchObject({ bytes: 4 });
    vi.stubEnv("HOME", place);
    expect(await allowedPath("~/clone/notes/read.txt", true)).toMatchObject({ bytes: 4 });
    vi.unstubAllEnvs();
  });

  it("is not allowed everywhere because a host started the program in the root of the disk", () => {
    const cwd = vi.spyOn(process, "cwd").mockReturnValue("/");
    expect(ownFolders()).not.toContain("/");
    cwd.mockRestore();
  });

  it("is judged below the folder that allows it, by where links lead", async () => {
    const named = join(place, ".ssh");
    symlinkSync("clone/notes", join(place, ".notes"));
    const among = (...folders: string[]) => allowedPath(join(place, ".ssh/deeper/key.txt"), folders);
    expect(await among(join(place, "clone"), named)).toMatchObject({ bytes: 4 });
    expect(await among(place)).toEqual({ why: expect.stringMatching(/hidden/) });
    expect(await answer(".notes/read.txt")).toMatchObject({ bytes: 4 });
    expect(await answer(".nowhere/read.txt")).toEqual({ why: expect.stringMatching(/hidden/) });
  });
});
