import { describe, expect, it } from "vitest";
import { tools } from "../../src/mcp/tools/index.ts";
import { unnamed } from "../support/strict.ts";

describe("the schema of every answer", () => {
  it.each(tools.map((tool) => [tool.name, tool.output] as const))("%s names every field", (_name, output) => {
    expect(unnamed(output)).toEqual([]);
  });
});
