import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import type { Requirement } from "../../../src/domain/roles/role-template.ts";
import { hiding } from "../../../src/domain/submission/blind.ts";
import { coverageOf } from "../../../src/domain/submission/coverage.ts";
import type { ChangedFile, SubmissionSnapshot } from "../../../src/domain/submission/snapshot.ts";

const file = (path: string, lines: string, status: ChangedFile["status"] = "modified"): ChangedFile => ({
  ...{ path, previousPath: undefined, status, added: 1, removed: 1, binary: false },
  patch: `@@ -3,1 +7,2 @@\n${lines}`,
});
const { areaOf } = loadCatalog({}).fileKinds();
const of = (requirement: Partial<Requirement>, files: readonly ChangedFile[], blind = false) => {
  const snapshot = {
    ...{ files, webUrl: "https://github.com/acme/work", headSha: "a".repeat(40), baseSha: "b".repeat(40) },
  } as unknown as SubmissionSnapshot;
  return coverageOf([{ id: "r", text: "R", ...requirement }], snapshot, [], {
    blind,
    isWhole: true,
    areaOf,
  })[0];
};

describe("a requirement", () => {
  it("is met by a phrase in a line that was added, with a link to that line at the head", () => {
    const met = of({ content: ["retry"] }, [file("src/a b.py", " x\n+Retry(3)\n-old")]);
    expect(met).toMatchObject({ status: "met_by", evidence: [{ path: "src/a b.py", line: 8 }] });
    expect(met?.evidence[0]?.url).toBe(`https://github.com/acme/work/blob/${"a".repeat(40)}/src/a%20b.py#L8`);
  });

  it("is met by a phrase in a line that was removed, with a link to where it last stood", () => {
    const met = of({ removes: ["except:"] }, [file("src/a.py", "-except:\n+raise")]);
    expect(met?.evidence[0]).toMatchObject({
      ...{ line: 3, url: expect.stringContaining(`/${"b".repeat(40)}/`) },
    });
  });

  it("is touched by a change in its paths without the phrase, and not seen elsewhere", () => {
    const wanted = { paths: ["src/**"], content: ["retry"] };
    expect(of(wanted, [file("src/a.py", "+x")])?.status).toBe("touched");
    expect(of(wanted, [file("lib/a.py", "+retry")])?.status).toBe("not_seen");
    expect(of(wanted, [file("src/a.py", "-retry")])?.status).toBe("touched");
  });

  it("is not met by what prose only talks about, unless prose is what was asked for", () => {
    const notes = [file("NOTES.md", "+We could retry")];
    expect(of({ content: ["retry"] }, notes)?.status).toBe("not_seen");
    expect(of({ content: ["retry"], paths: ["NOTES.md"] }, notes)?.status).toBe("met_by");
  });

  it("is met by a file that is gone", () => {
    const gone = [file("serving/old.yaml", "-x", "removed")];
    expect(of({ deleted: ["serving/*.yaml"] }, gone)?.status).toBe("met_by");
    expect(of({ deleted: ["serving/*.yaml"] }, [file("serving/old.yaml", "-x")])?.status).toBe("not_seen");
  });

  it("has no address in blind mode", () => {
    expect(of({ content: ["x"] }, [file("a.py", "+x")], true)?.evidence).toEqual([{ path: "a.py", line: 7 }]);
  });
});

describe("hiding names", () => {
  it.each([
    ["Zoë Okafor wrote this", "[left out] wrote this"],
    ["by zoë okafor, and by Zoë", "by [left out], and by [left out]"],
    ["ask zo.e+x@example.test or @zed-handle", "ask [left out] or [left out]"],
    ["zed-handle/notes.md and ZED-HANDLE", "[left out]/notes.md and [left out]"],
    ["Signed-off-by: Zoë Okafor <z@e.test>", "[left out]"],
    ["Okaforium stays, and so does unzed-handled", "Okaforium stays, and so does unzed-handled"],
  ])("turns %j into %j", (text, expected) => {
    expect(hiding(["Zoë Okafor", "zed-handle", "Al", ""])(text)).toBe(expected);
  });

  it("takes names as they are, whatever a pattern would make of them", () => {
    expect(hiding(["(a+)+$ [x", "..."])("aaaa (a+)+$ [x ...")).toMatch(/^aaaa \[left out\]/);
  });
});
