import { describe, expect, it } from "vitest";
import { createCodeLimit } from "../../src/auth/code-limit.ts";

const MINUTE = 60_000;

describe("the limit of codes", () => {
  it("lets five go to one address in ten minutes, and more when they are past", () => {
    let now = 0;
    const limit = createCodeLimit(() => now);
    const taken = () => limit.take("ada@example.test");
    for (let sent = 0; sent < 5; sent += 1) {
      expect(taken()).toBe(true);
      now += MINUTE;
    }
    expect(taken()).toBe(false);
    expect(limit.take("ben@example.test")).toBe(true);
    now = 10 * MINUTE + 1;
    expect([taken(), taken()]).toEqual([true, false]);
  });

  it("begins anew once a code was typed", () => {
    const limit = createCodeLimit(() => 0);
    for (let sent = 0; sent < 5; sent += 1) limit.take("ada@example.test");
    limit.clear("ada@example.test");
    expect(limit.take("ada@example.test")).toBe(true);
  });

  it("forgets the oldest when very many are asked for", () => {
    const limit = createCodeLimit(() => 0);
    for (let sent = 0; sent < 5; sent += 1) limit.take("ada@example.test");
    for (let other = 0; other < 10_000; other += 1) limit.take(`${other}@example.test`);
    expect(limit.take("ada@example.test")).toBe(true);
  });
});
