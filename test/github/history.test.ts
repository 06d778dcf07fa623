import { describe, expect, it } from "vitest";
import { send } from "../../examples/github/server.ts";
import type { MadeCommit } from "../support/made-repository.ts";
import { worksOnGithub } from "../support/works-on-github.ts";

const begin = worksOnGithub();
const KEY = "AKIA" + "QX7ZT4RNW2PLM6KD";
const withKey: MadeCommit = { message: "Add", files: { "src/cfg.py": `K = "${KEY}"\n`, "a.py": "a = 1\n" } };
const withoutKey: MadeCommit = { message: "Tidy", files: { "src/cfg.py": null } };

const ofCommit = (url: string | undefined, sha: string) =>
  (url ?? "").split("?")[0]?.endsWith(`/commits/${sha}`);

describe("a credential that was committed and taken away again", () => {
  it.each(["pull", "branch"] as const)("is told with its commit, in a %s", async (how) => {
    const made = await begin([withKey, withoutKey]);
    const { snapshot, facts } = await made[how]();
    expect(facts.secrets).toEqual([
      {
        ...{ kind: "AWS access key", path: "src/cfg.py", line: 1, gone: true },
        commit: made.git("rev-parse", "answer~1"),
      },
    ]);
    expect(snapshot.missing).toEqual([]);
  });

  it("is not looked for without a token, and that is said", async () => {
    const { local, pull } = await begin([withKey, withoutKey], { hasToken: false });
    const { facts } = await pull();
    expect(facts.secrets).toEqual([]);
    expect(facts.missing.join("; ")).toMatch(
      /history: what each commit added is read only with GITHUB_TOKEN/,
    );
    expect(local.requests.filter((request) => /\/commits\/[0-9a-f]{40}$/.test(request))).toEqual([]);
  });

  it("is not looked for where there is but one commit, which hides nothing", async () => {
    const { local, pull } = await begin([withKey]);
    const { snapshot } = await pull();
    expect(snapshot).toMatchObject({ history: [], missing: [] });
    expect(local.requests.filter((request) => /\/commits\/[0-9a-f]{40}$/.test(request))).toEqual([]);
  });

  it("further back than thirty commits is not seen, and that is said", async () => {
    const more = Array.from({ length: 33 }, (_, n): MadeCommit => ({ files: { "a.py": `a = ${n + 2}\n` } }));
    const { local, pull } = await begin([withKey, withoutKey, ...more]);
    const { facts } = await pull();
    expect(facts.secrets).toEqual([]);
    expect(facts.missing).toContain(
      "history: what 30 of 35 commits added was read: a clone is read further back",
    );
    expect(local.requests.filter((request) => /\/commits\/[0-9a-f]{40}$/.test(request))).toHaveLength(30);
  });

  it("is not told as none where GitHub does not give its commit", async () => {
    let sha = "";
    const { git, pull } = await begin([withKey, withoutKey, { files: { "a.py": "a = 2\n" } }], {
      intercept(request, response) {
        if (sha === "" || !ofCommit(request.url, sha)) return false;
        send(response, 403, { message: "s3cret" });
        return true;
      },
    });
    sha = git("rev-parse", "answer~2");
    const { facts } = await pull();
    expect(facts.missing).toContain("history: what 2 of 3 commits added was read: GitHub does not allow it");
  });

  it("is told where it was in a file whose difference GitHub leaves out", async () => {
    const { pull } = await begin([withKey, withoutKey], {
      answered(operation, body) {
        if (!operation.endsWith("/commits/{ref}")) return;
        for (const file of (body as { files: { filename: string; patch?: string }[] }).files)
          if (file.filename === "src/cfg.py") delete file.patch;
      },
    });
    const { facts } = await pull();
    expect(facts.secrets).toMatchObject([{ path: "src/cfg.py", gone: true }]);
    expect(facts.missing.join()).not.toMatch(/history/);
  });
});

describe("a merge", () => {
  it("of the base brings nothing that is the candidate's", async () => {
    const { push, git, merge, pull } = await begin([{ files: { "a.py": "a = 1\n" } }]);
    push("main", [withKey]);
    push("both", [{ files: { "a.py": "a = 1\n" } }], "refs/heads/main");
    merge("answer", "main", "both");
    push("answer", [{ files: { "src/cfg.py": "K = 1\n" } }], "refs/heads/answer");
    const { snapshot, facts } = await pull();
    expect(git("rev-list", "--count", "main..answer")).toBe("3");
    expect(facts.secrets).toEqual([]);
    expect(snapshot.missing).toEqual([]);
  });

  it("that adds a line of its own is read for it", async () => {
    const { push, merge, pull } = await begin([{ files: { "a.py": "a = 1\n" } }]);
    push("main", [{ files: { "b.py": "b = 1\n" } }]);
    push("both", [withKey], "refs/heads/main");
    const sha = merge("answer", "main", "both");
    push("answer", [withoutKey], "refs/heads/answer");
    const { facts } = await pull();
    expect(facts.secrets).toMatchObject([{ path: "src/cfg.py", commit: sha, gone: true }]);
  });
});

describe("a file without lines in between", () => {
  it("that is binary leaves nothing unread", async () => {
    const { pull } = await begin([
      { files: { "model.pkl": Buffer.from([128, 4, 0, 1]), "__init__.py": "" } },
      { files: { "model.pkl": null, "a.py": "a = 1\n" } },
    ]);
    expect((await pull()).snapshot.missing).toEqual([]);
  });

  it("that GitHub says nothing of is told as not read", async () => {
    const { pull } = await begin([{ files: { "README.md": "One\n" } }, { files: { "README.md": "Two\n" } }], {
      answered(operation, body) {
        if (!operation.endsWith("/commits/{ref}")) return;
        for (const file of (body as { files: { patch?: string }[] }).files) delete file.patch;
      },
    });
    expect((await pull()).snapshot.missing).toEqual([
      { part: "history", why: "what 0 of 2 commits added was read: GitHub does not give the rest" },
    ]);
  });
});
