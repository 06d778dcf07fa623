import { describe, expect, it } from "vitest";
import { tokenLine } from "../../src/commands/token.ts";

const NOW = new Date("2026-11-24T09:00:00Z");
const TOKEN = {
  ...{ email: "grace@example.test", name: "laptop", createdAt: new Date("2026-11-01T08:00:00Z") },
  ...{ expiresAt: new Date("2027-11-01T08:00:00Z"), lastUsedAt: null, revokedAt: null },
};

describe("a token in the terminal's words", () => {
  it("is whose it is, its label, and when it was made, used and ends", () => {
    expect(tokenLine(TOKEN, NOW)).toBe(
      'grace@example.test  "laptop"  made 2026-11-01, never used, good until 2027-11-01',
    );
    const used = { ...TOKEN, lastUsedAt: new Date("2026-11-23T17:05:59Z") };
    expect(tokenLine(used, NOW)).toMatch(/, last used 2026-11-23 17:05 UTC, good until 2027-11-01$/);
  });

  it("says that it has expired or was revoked", () => {
    expect(tokenLine({ ...TOKEN, expiresAt: NOW }, NOW)).toMatch(/, expired 2026-11-24$/);
    expect(tokenLine({ ...TOKEN, expiresAt: NOW, revokedAt: new Date("2026-11-20T10:00:00Z") }, NOW)).toMatch(
      /, revoked 2026-11-20$/,
    );
  });
});
