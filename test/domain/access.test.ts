import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACTS, may, requireAccess, rightOf, TOOLS } from "../../src/domain/access.ts";
import { Access, type Member } from "../../src/domain/member.ts";
import { prompts } from "../../src/mcp/prompts/index.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const SAID = { all: "yes", own: "own" } as const;
const as = (access: Access): Member => ({ id: "1", email: "max@example.test", name: "Max", access });

/** The cells of the README's table, without the spaces that line them up. */
function printed(): string[][] {
  const [, section = ""] = README.split("## Who may do what\n");
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("who may do what", () => {
  it("is printed in the README exactly as it is decided here", () => {
    const rows = [
      ...Object.entries(TOOLS).map(([name, rule]) => ({ what: `\`${name}\``, rule })),
      ...Object.values(ACTS),
    ].map(({ what, rule }) => {
      const of: Partial<Record<Access, keyof typeof SAID>> = rule;
      return [what, ...Access.options.map((access) => (of[access] ? SAID[of[access]] : ""))];
    });
    const [head, ruler, ...body] = printed();
    expect(head).toEqual(["", ...Access.options.map((access) => access.replace("_", " "))]);
    expect(ruler?.every((cell) => /^:?-+:?$/.test(cell))).toBe(true);
    expect(body).toEqual(rows);
  });

  it("is decided for every tool, in their order, and for nothing else", () => {
    expect(Object.keys(TOOLS)).toEqual(tools.map((tool) => tool.name));
  });

  it("is decided for every resource that holds people's data, and for every prompt", () => {
    for (const { name, scope } of resources)
      if (scope === "private") expect(rightOf(name) in TOOLS, name).toBe(true);
    for (const { name } of prompts) expect(rightOf(name) in TOOLS, name).toBe(true);
  });

  it("gives resources and prompts to whoever may read, and to nobody further", () => {
    for (const { name } of [...prompts, ...resources.filter((r) => r.scope === "private")])
      for (const access of Access.options)
        expect(may(as(access), rightOf(name)), `${name}, ${access}`).toBe(true);
  });

  it("lets viewers do nothing but read, admins do everything, and nobody more than who stands above them", () => {
    for (const { name, effect } of tools) {
      const right = rightOf(name);
      expect(may(as("viewer"), right), name).toBe(effect === "read");
      for (const access of ["admin", "hiring_manager", "recruiter"] as const)
        expect(requireAccess(as(access), right), `${name}, ${access}`).toBe("all");
    }
    for (const act of Object.keys(ACTS) as (keyof typeof ACTS)[]) {
      const allowed = Access.options.map((access) => may(as(access), act));
      expect(allowed[0], act).toBe(true);
      expect(allowed, act).toEqual([...allowed].sort((a, b) => Number(b) - Number(a)));
    }
  });

  it("is refused with the access it takes, and where it is changed", () => {
    expect(() => requireAccess(as("viewer"), "cast_vote")).toThrow(
      "max@example.test has viewer access, which does not allow cast_vote.",
    );
    expect(() => requireAccess(as("recruiter"), "decide")).toThrow(
      /does not allow this: to reject, offer, hire/,
    );
  });

  it("is nobody's for what it does not name", () => {
    for (const name of ["drop_everything", "toString", "__proto__", "decide"])
      expect(() => rightOf(name), name).toThrow(/does not say who may call/);
  });
});
