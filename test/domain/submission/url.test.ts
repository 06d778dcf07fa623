import { describe, expect, it } from "vitest";
import { isHostAddress, parseSubmissionUrl } from "../../../src/domain/submission/url.ts";

const ORIGIN = "https://github.com";
const WHERE = { owner: "acme", repo: "work" };

describe("the address of a submission", () => {
  it.each([
    ["/pull/7", { number: 7 }],
    ["/pull/7/", { number: 7 }],
    ["/pull/7/changes", { number: 7 }],
    ["/pull/7/files", { number: 7 }],
    ["/pull/7/files/0123abc..4567def", { number: 7 }],
    ["/pull/7/commits", { number: 7 }],
    ["/pull/7/commits/0123456789abcdef0123456789abcdef01234567", { number: 7 }],
    ["/pull/7/changes/0123456789abcdef0123456789abcdef01234567", { number: 7 }],
    ["/pull/7/checks?check_run_id=1", { number: 7 }],
    ["/pull/7#issuecomment-1", { number: 7 }],
    ["/pull/7/files?diff=split&w=1#diff-0", { number: 7 }],
    ["", { number: null }],
    [".git", { number: null }],
    ["/?tab=readme-ov-file#start", { number: null }],
    ["/pulls", { number: null }],
    ["/tree/develop", { number: null, branch: "develop" }],
    ["/tree/feature/x/", { number: null, branch: "feature/x" }],
    ["/tree/fix%23two", { number: null, branch: "fix#two" }],
    ["/commits/trunk", { number: null, branch: "trunk" }],
    ["/compare/main...answer", { number: null, range: { base: "main", head: "answer" } }],
    ["/compare/v1..feature/x", { number: null, range: { base: "v1", head: "feature/x" } }],
  ])("may end in %s", (end, part) => {
    expect(parseSubmissionUrl(`${ORIGIN}/acme/work${end}`, ORIGIN)).toEqual({ ...WHERE, ...part });
  });

  it.each([
    "/issues/1",
    "/pull/x",
    "/pull/7/merge",
    "/pull/7/files/main/../..",
    "/blob/main/a.py",
    "/tree/",
    "/tree/a..b",
    "/tree/-x",
    "/tree/a%20b",
    "/tree/%zz",
    "/compare/main",
    "/compare/main...",
    "/compare/main...other:branch",
  ])("may not end in %s", (end) => {
    expect(() => parseSubmissionUrl(`${ORIGIN}/acme/work${end}`, ORIGIN)).toThrow(/not the address/);
  });

  it.each([
    "git@github.com:acme/work.git",
    "ssh://git@github.com/acme/work.git",
    "ssh://git@github.com:22/acme/work",
    "github.com/acme/work",
  ])("written as %s is answered with its web address", (typed) => {
    expect(isHostAddress(typed, ORIGIN)).toBe(true);
    expect(() => parseSubmissionUrl(typed, ORIGIN)).toThrow(
      expect.objectContaining({ code: "invalid", hint: "Give it as https://github.com/acme/work." }),
    );
  });

  it.each([
    ["https://gitlab.com/acme/team/work", ["git clone https://gitlab.com/acme/team/work.git"]],
    [
      "https://gitlab.example.org/acme/work/-/merge_requests/5/diffs",
      [
        "git clone https://gitlab.example.org/acme/work.git",
        "git -C work fetch origin merge-requests/5/head:answer",
        "git -C work switch answer",
      ],
    ],
    ["https://bitbucket.org/acme/work/pull-requests/5", ["git clone https://bitbucket.org/acme/work.git"]],
    ["git@bitbucket.org:acme/work.git", ["git clone https://bitbucket.org/acme/work.git"]],
    [
      "https://codeberg.org/acme/work/pulls/5",
      [
        "git clone https://codeberg.org/acme/work.git",
        "git -C work fetch origin pull/5/head:answer",
        "git -C work switch answer",
      ],
    ],
    [
      "https://dev.azure.com/acme/team/_git/work/pullrequest/5",
      ["git clone https://dev.azure.com/acme/team/_git/work"],
    ],
  ])("on another host, %s, is answered with how to make a clone", (typed, commands) => {
    expect(isHostAddress(typed, ORIGIN)).toBe(true);
    expect(() => parseSubmissionUrl(typed, ORIGIN)).toThrow(
      expect.objectContaining({ remedy: { do: "read_from_clone", field: "url", commands } }),
    );
  });

  it.each([
    "https://gitlab.com/acme/$(id)",
    "https://gitlab.com/acme/--upload-pack",
    "https://github.com.evil.example/acme/work",
    "ftp://gitlab.com/acme/work",
  ])("%s gets no command", (typed) => {
    expect(() => parseSubmissionUrl(typed, ORIGIN)).toThrow(/only github\.com is read/);
  });

  it("begins with a path on an Enterprise server that has one", () => {
    const origin = "https://git.example.org/github";
    expect(parseSubmissionUrl(`${origin}/acme/work/pull/2`, origin)).toEqual({ ...WHERE, number: 2 });
    expect(() => parseSubmissionUrl("https://git.example.org/acme/work", origin)).toThrow(/not the address/);
  });

  it.each(["/home/zed/work", "./work", "C:\\work", "work.bundle"])("is no path such as %s", (path) => {
    expect(isHostAddress(path, ORIGIN)).toBe(false);
  });
});
