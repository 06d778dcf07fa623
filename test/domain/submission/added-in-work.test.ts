import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { computeFacts } from "../../../src/domain/submission/compute-facts.ts";
import type {
  AddedByCommit,
  ChangedFile,
  SubmissionSnapshot,
} from "../../../src/domain/submission/snapshot.ts";

const fileKinds = loadCatalog({}).fileKinds();
const HEAD = "f".repeat(40);
const [FIRST, SECOND] = ["1".repeat(40), "2".repeat(40)];

const KEY = "AKIA" + "QX7ZT4RNW2PLM6KD";
const OTHER_KEY = "AKIA" + "W2PLM6KDQX7ZT4RN";

const changed = (path: string, lines: string, more: Partial<ChangedFile> = {}): ChangedFile => ({
  ...{ path, previousPath: undefined, status: "added", added: 1, removed: 0, binary: false },
  ...{ patch: `@@ -7,1 +7,9 @@\n${lines}`, ...more },
});
const added = (commit: string, path: string, lines: string): AddedByCommit => ({
  ...{ commit, path, patch: `@@ -3,0 +3,1 @@\n${lines}` },
});

function factsOf(files: readonly ChangedFile[], more: Partial<SubmissionSnapshot> = {}) {
  const snapshot: SubmissionSnapshot = {
    ...{
      source: "clone",
      repository: "work",
      identities: [],
      number: null,
      webUrl: null,
      title: "",
      body: "",
    },
    ...{ state: "none", draft: false, branch: "HEAD", base: "main", headSha: HEAD, baseSha: "0".repeat(40) },
    ...{ createdAt: null, pushedAt: null, checks: [], runs: [], forcePushes: null, missing: [], tree: [] },
    ...{ beside: [], history: [], unread: [], before: [], after: [], commits: [] },
    totals: { commits: 2, files: files.length, added: 1, removed: 0 },
    files,
    ...more,
  };
  return computeFacts(snapshot, { fileKinds, blind: false });
}

describe("a credential in the work", () => {
  it("is told with kind, path, line and commit, and its value is nowhere in the facts", () => {
    const commits = [
      { sha: FIRST, message: `Use ${KEY}`, authoredAt: "", committedAt: "", verified: null, parents: 1 },
    ];
    const files = [changed("src/a.py", `+x = 1\n+k = "${KEY}"`), changed(`src/${OTHER_KEY}.py`, "+x = 1")];
    const facts = factsOf(files, { commits, title: `With ${KEY}` });
    expect(facts.secrets).toEqual([
      { kind: "AWS access key", path: "src/a.py", line: 8, commit: HEAD, gone: false },
      { kind: "AWS access key", path: "commit message", commit: FIRST, gone: false },
      { kind: "AWS access key", path: "pull request title", commit: HEAD, gone: false },
    ]);
    expect(facts.secrets_seen).toEqual(["src/a.py"]);
    expect(JSON.stringify(facts)).not.toMatch(new RegExp(`${KEY}|${OTHER_KEY}`));
  });

  it("that was committed and taken away again is told as gone, with the commit that holds it", () => {
    const history = [added(FIRST, "cfg.py", `+K="${KEY}"`), added(SECOND, "cfg.py", `-K="${KEY}"\n+K=1`)];
    expect(factsOf([changed("cfg.py", "+K=1")], { history }).secrets).toEqual([
      { kind: "AWS access key", path: "cfg.py", line: 3, commit: FIRST, gone: true },
    ]);
  });

  it("that moved to another file is told once, where it is now, with the commit that brought it", () => {
    const history = [
      added(FIRST, "a.py", `+K="${KEY}"`),
      added(SECOND, "a.py", `-K="${KEY}"`),
      added(SECOND, "b.py", `+K="${KEY}"`),
    ];
    expect(factsOf([changed("b.py", `+K="${KEY}"`)], { history }).secrets).toEqual([
      { kind: "AWS access key", path: "b.py", line: 7, commit: FIRST, gone: false },
    ]);
  });

  it("is not the candidate's where the start held it: taken away, moved, or taken away and put back", () => {
    const away = changed("a.py", `-K="${KEY}"`, { status: "modified" });
    expect(factsOf([away]).secrets).toEqual([]);
    expect(factsOf([away, changed("b.py", `+key = "${KEY}"`)]).secrets).toEqual([]);
    const history = [added(FIRST, "a.py", `-K="${KEY}"`), added(SECOND, "a.py", `+K="${KEY}"`)];
    expect(factsOf([], { history }).secrets).toEqual([]);
  });

  it("is told at the head, and nowhere else, where the commit that brought it may be one that was not read", () => {
    const missing = [{ part: "history" as const, why: "what 2 of 3 commits added was read" }];
    const history = [added(FIRST, "a.py", `-K="${KEY}"`), added(SECOND, "b.py", `+K="${KEY}"`)];
    const head = [changed("b.py", `+K="${KEY}"`)];
    expect(factsOf(head, { history, missing }).secrets).toMatchObject([{ path: "b.py", gone: false }]);
    expect(factsOf(head, { history }).secrets).toEqual([]);
    expect(factsOf([], { history, missing }).secrets).toEqual([]);
  });

  it("may still be at the head where the difference was not read, so whether it is gone is not known", () => {
    const history = [added(FIRST, "a.py", `+K="${KEY}"`)];
    expect(factsOf([changed("a.py", "", { patch: undefined })], { history }).secrets).toMatchObject([
      { path: "a.py", gone: null },
    ]);
    const renamed = changed("b.py", "", { status: "renamed", previousPath: "c.py", patch: undefined });
    expect(factsOf([renamed], { history }).secrets).toMatchObject([{ path: "a.py", gone: null }]);
    const cut = { history, totals: { commits: 2, files: 3000, added: 1, removed: 0 } };
    expect(factsOf([], cut).secrets).toMatchObject([{ path: "a.py", gone: null }]);
  });

  it("may have come and gone where the commits were not read, and that is said, unless there is but one", () => {
    const between = /history: the commits between start and head were not searched/;
    expect(factsOf([], { history: null }).missing.join()).toMatch(between);
    const totals = { commits: 1, files: 0, added: 0, removed: 0 };
    expect(factsOf([], { history: null, totals }).missing.join()).not.toMatch(between);
    expect(factsOf([]).missing.join()).not.toMatch(between);
  });

  it("in a test is no password that somebody made up", () => {
    const changes = [changed("tests/test_login.py", '+PASSWORD = "hunter22"')];
    expect(factsOf(changes).secrets).toEqual([]);
    const made = [changed("tests/test_login.py", `+PASSWORD = "Q7zT4rNw2P${"lM6kDq7Zt"}"`)];
    expect(factsOf(made).secrets).toMatchObject([{ kind: "credential in an assignment, in a test" }]);
  });

  it("in a test is told as such", () => {
    expect(factsOf([changed("tests/test_a.py", `+K = "${KEY}"`)]).secrets).toMatchObject([
      { kind: "AWS access key, in a test" },
    ]);
  });

  it("is known by the name of a file that was added and is not empty", () => {
    const files = [
      changed("deploy/id_rsa", "+x"),
      changed("deploy/id_ed25519", "", { patch: "" }),
      changed("store.p12", "", { binary: true, patch: undefined }),
      changed("tls/server.pem", "", { patch: undefined }),
      changed("tls/ca.pem", "+-----BEGIN CERTIFICATE-----"),
      changed("old/id_rsa", "-x", { status: "removed" }),
    ];
    expect(factsOf(files).secrets.map(({ path }) => path)).toEqual([
      "deploy/id_rsa",
      "store.p12",
      "tls/server.pem",
    ]);
  });

  it("is looked for in a file of many, of which the rest is counted", () => {
    const lines = Array.from({ length: 130 }, (_, n) => `+k = "AKIA${`${n}`.padStart(16, "Q")}"`).join("\n");
    const facts = factsOf([changed("a.py", lines)]);
    expect(facts.secrets.length).toBe(100);
    expect(facts.missing.join()).toMatch(/credential: 30 more places are not listed/);
  });
});

describe("hidden characters", () => {
  it("that turn letters around are told in prose too, and no others there", () => {
    const kindsIn = (line: string) =>
      factsOf([changed("README.md", `+${line}`)]).hidden_characters.map(({ kind }) => kind);
    expect(kindsIn("ignore \u202e this")).toEqual(["direction control U+202E"]);
    expect(kindsIn("a\u200bb \u2066c\u2069")).toEqual([]);
  });

  const kindsIn = (line: string, path = "src/a.py") =>
    factsOf([changed(path, `+${line}`)]).hidden_characters.map(({ kind }) => kind);

  it.each([
    [
      'if level != "user\u202e \u2066# admin\u2069 \u2066":',
      /^direction control U\+202E,direction control U\+2066,direction/,
    ],
    ["ad\u200bmin = 1", /^zero-width character U\+200B$/],
    ["ad\u200dmin = 1", /^zero-width character U\+200D$/],
    ["x = 1\ufeff", /^zero-width character U\+FEFF$/],
    ["# \u{e0041}\u{e0042}", /^tag character U\+E0041,tag character U\+E0042$/],
    ["const \u3164 = 1", /^invisible character U\+3164$/],
    ["us\u0435r_role = 1", /^letters of two scripts in one word$/],
    ["is_\u0430 = 1", /^letters of two scripts in one word$/],
  ])("in %j are told", (line, kinds) => {
    expect(kindsIn(line).join()).toMatch(kinds);
  });

  it.each([
    ["an emoji of several", 'x = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u2764\ufe0f"'],
    ["the flag of Scotland", 'x = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}"'],
    ["a Persian word", "# \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"],
    ["a Hebrew line with a mark", 'x = "\u05d0\u05d1 (C++)\u200e"'],
    ["a Khmer line", "# \u1780\u17d2\u179a\u200b\u1798"],
    ["Russian prose", "# \u043f\u0440\u0438\u0432\u0435\u0442 API-\u0448\u043d\u044b\u0439 user"],
    ["a word of both that a reader sees", "# SQL\u0437\u0430\u043f\u0440\u043e\u0441"],
    ["letters of formulas", "\u0394x = \u03bc_max + d\u03b8"],
    ["accents", "caf\u00e9 = na\u00efve"],
  ])("are none in %s", (_, line) => {
    expect(kindsIn(line)).toEqual([]);
  });

  it("are none at the start of a file, in prose, and where the start held them", () => {
    expect(kindsIn("ad\u200bmin", "README.md")).toEqual([]);
    const mark = changed("a.py", "", { patch: "@@ -0,0 +1 @@\n+\ufeffx = 1" });
    expect(factsOf([mark]).hidden_characters).toEqual([]);
    const moved = changed("a.py", "-ad\u200bmin = 1\n+    ad\u200bmin = 1", { status: "modified" });
    expect(factsOf([moved]).hidden_characters).toEqual([]);
  });

  it("are told with path, line and commit, in the history and in names of files too", () => {
    const history = [added(FIRST, "a.py", "+ad\u200bmin = 1"), added(SECOND, "a.py", "-ad\u200bmin = 1")];
    const facts = factsOf([changed("src/b\u202egnp.py", "+x = 1")], { history });
    expect(facts.hidden_characters).toEqual([
      { kind: "zero-width character U+200B", path: "a.py", line: 3, commit: FIRST },
      { kind: "direction control U+202E", path: "src/bgnp.py", commit: HEAD },
    ]);
  });
});
