import { describe, expect, it } from "vitest";
import { requireWellFormed } from "../../src/domain/well-formed.ts";

const nested = (depth: number): unknown => (depth === 0 ? "leaf" : { in: nested(depth - 1) });

describe("requireWellFormed", () => {
  it.each([
    ["emoji and joined emoji", "👩🏽‍🚒 🦊"],
    ["Arabic, Hebrew, Chinese, Devanagari", "محمد שלום 王小明 अनुष्का"],
    ["nothing at all", undefined],
    ["numbers and null", { a: 1, b: null }],
    ["ordinary nesting", nested(20)],
  ])("lets %s through", (_name, value) => {
    expect(() => requireWellFormed(value)).not.toThrow();
  });

  it.each([
    ["NUL", { name: "a\0b" }, /^name: .*NUL/],
    ["half a surrogate pair", { list: ["ok", "\ud83e"] }, /^list\[1\]: .*surrogate/],
    ["a deep one, by its path", { a: { b: [{ c: "\0" }] } }, /^a\.b\[0\]\.c: /],
    ["a thousand levels", nested(1_000), /levels deep/],
  ])("refuses %s and names the field", (_name, value, message) => {
    expect(() => requireWellFormed(value)).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(message) }),
    );
  });
});
