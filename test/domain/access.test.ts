import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACTS, ADMINISTER, INTERVIEW, may, requireAccess, requireAct } from "../../src/domain/access.ts";
import { Access, type Member } from "../../src/domain/member.ts";
import { prompts } from "../../src/mcp/prompts/index.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";

const ACCESS = readFileSync(new URL("../../docs/access.md", import.meta.url), "utf8");
const SAID = { all: "yes", own: "own" } as const;
const RUNNERS = ["admin", "hiring_manager", "recruiter"] as const;
const as = (access: Access): Member => ({ id: "1", email: "max@example.test", name: "Max", access });

/** The cells of the printed table, without the spaces that line them up. */
function printed(): string[][] {
  const lines = ACCESS.split("\n").filter((line) => line.startsWith("|"));
  return lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("who may do what", () => {
  it("is printed in docs/access.md exactly as it is decided", () => {
    const rows = [
      ...tools.map(({ name, access }) => ({ what: `\`${name}\``, rule: access })),
      ...Object.values(ACTS),
      {
        what: "`greenflag member add`, `access`, `rename`, `remove`; `greenflag impact`; `greenflag import`, `erase`, `retention`, `consent`, `export --person`",
        rule: ADMINISTER,
      },
    ].map(({ what, rule }) => {
      const of: Partial<Record<Access, keyof typeof SAID>> = rule;
      return [what, ...Access.options.map((access) => (of[access] ? SAID[of[access]] : ""))];
    });
    const [head, ruler, ...body] = printed();
    expect(head).toEqual(["", ...Access.options.map((access) => access.replace("_", " "))]);
    expect(ruler?.every((cell) => /^:?-+:?$/.test(cell))).toBe(true);
    expect(body).toEqual(rows);
  });

  it("gives resources and prompts to every access level", () => {
    const personal = resources.flatMap((r) => (r.scope === "private" ? [r] : []));
    for (const { name, access: rule } of [...prompts, ...personal])
      for (const access of Access.options) expect(may(as(access), rule), `${name}, ${access}`).toBe(true);
  });

  it("lets viewers only read, admins do everything, and no level do more than the level above it", () => {
    for (const { name, effect, access: rule } of tools) {
      // It keeps the candidate's time zone that a call says, and not where a viewer says it.
      const isRead = effect === "read" || name === "find_interview_times";
      expect(may(as("viewer"), rule), name).toBe(isRead);
      // What cannot be taken back for a person, and who is on the team, is an admin's alone.
      const isForAdmins = name === "erase_candidate" || name === "manage_team";
      for (const access of isForAdmins ? (["admin"] as const) : RUNNERS)
        expect(requireAccess(as(access), rule, name), `${name}, ${access}`).toBe("all");
    }
    for (const [act, { rule }] of Object.entries(ACTS)) {
      const allowed = Access.options.map((access) => may(as(access), rule));
      expect(allowed[0], act).toBe(true);
      expect(allowed, act).toEqual([...allowed].sort((a, b) => Number(b) - Number(a)));
    }
  });

  it("is refused with the access it takes, and where it is changed", () => {
    expect(() => requireAccess(as("viewer"), INTERVIEW, "cast_vote")).toThrow(
      "max@example.test has viewer access, which does not allow cast_vote.",
    );
    expect(() => requireAct(as("recruiter"), "decide")).toThrow(
      /does not allow this: to reject, offer, hire/,
    );
  });
});
