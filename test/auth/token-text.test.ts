import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashOfToken, isToken, makeToken } from "../../src/services/team/token-text.ts";

describe("the text of a token", () => {
  it("is 32 random bytes behind a prefix that scanners for secrets can find", () => {
    const made = Array.from({ length: 100 }, makeToken);
    expect(new Set(made).size).toBe(100);
    for (const token of made) {
      expect(token).toMatch(/^greenflag_[A-Za-z0-9_-]{43}$/);
      expect(Buffer.from(token.slice("greenflag_".length), "base64url")).toHaveLength(32);
      expect(isToken(token)).toBe(true);
    }
  });

  it("is known by its form, to the letter", () => {
    const token = makeToken();
    const others = ["", "x", token.slice(0, -1), `${token}A`, ` ${token}`, `${token}\n`, token.toUpperCase()];
    for (const text of [...others, token.replace("greenflag_", "greenflag-"), `${token.slice(0, -1)}=`])
      expect(isToken(text), JSON.stringify(text)).toBe(false);
  });

  it("is stored as its SHA-256, the prefix included", () => {
    const token = `greenflag_${"A".repeat(43)}`;
    expect(hashOfToken(token)).toBe(createHash("sha256").update(token).digest().toString("base64url"));
    expect(hashOfToken(`${token.slice(0, -1)}B`)).not.toBe(hashOfToken(token));
  });
});
