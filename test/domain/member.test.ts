import { describe, expect, it } from "vitest";
import { isUnreachable } from "../../src/domain/member.ts";
import { firstAdminText } from "../../src/mcp/text/first-admin.ts";

describe("an address that no mail arrives at", () => {
  it.each([
    "123+ada@users.noreply.github.com",
    "ada@users.noreply.github.com",
    "noreply@example.test",
    "no-reply@example.test",
    "ada@localhost",
  ])("is %s", (email) => {
    expect(isUnreachable(email)).toBe(true);
    const text = firstAdminText({ email, name: "Ada", from: "git", unreachable: true });
    expect(text).toContain(`No mail arrives at this address. greenflag member rename ${email} NEW_EMAIL`);
  });

  it.each(["ada@example.test", "noreplica@example.test", "ada@localhost.example"])("is not %s", (email) => {
    expect(isUnreachable(email)).toBe(false);
  });
});
