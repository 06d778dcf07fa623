import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { SecretLists } from "../../../src/domain/submission/secrets.ts";

const { secrets } = loadCatalog({}).fileKinds();
const TABLE = new URL("../../../src/catalog/submission/secrets.yaml", import.meta.url);
const { kinds, parts } = SecretLists.parse(parse(readFileSync(TABLE, "utf8")));
/** An example as it would stand in a file: `^` keeps it from having the form of a credential in the table. */
const asWritten = (example: string) => example.replaceAll("^", "");

describe("the table of credentials", () => {
  it.each(kinds)("tells $id where there is one, and takes it out of a text", ({ name, file, yes }) => {
    for (const example of yes.map(asWritten)) {
      const found = secrets.inFile(`first line\n${example}\nlast line`, file ?? "src/settings.py");
      expect(
        found.map(({ kind }) => kind),
        example,
      ).toEqual([name]);
      expect(secrets.without(`see ${example}`)).not.toContain(found[0]?.value);
    }
  });

  it.each(kinds)("tells nothing where there is no $id", ({ file, no }) => {
    for (const example of no) {
      const found = secrets.inFile(`first line\n${example}\nlast line`, file ?? "src/settings.py");
      expect(found, example).toEqual([]);
    }
  });

  it("holds no example that a scanner would take for real", () => {
    expect(secrets.inFile(readFileSync(TABLE, "utf8"), "src/table.py")).toEqual([]);
  });

  it("has no pattern that may repeat without a bound, so that none runs long on bad input", () => {
    const patterns = [
      ...kinds.flatMap(({ pattern, unless = "" }) => [pattern, unless]),
      ...Object.values(parts),
    ];
    for (const pattern of patterns) {
      const outsideClasses = pattern.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
      expect(outsideClasses, pattern).not.toMatch(/[*+]|\{\d+,\}/);
    }
  });
});
