import { beforeEach, describe, expect, it } from "vitest";
import { rememberChecked } from "../../src/auth/checked-tokens.ts";

const MINUTE_MS = 60_000;
let now = 0;
let asked: string[] = [];
let isGood = true;
const check = (expiresInMs = 60 * MINUTE_MS) =>
  rememberChecked(
    async (token) => {
      asked.push(token);
      if (!isGood) throw new Error("not good");
      return { email: token, scopes: [], issuedAt: undefined, expiresAt: (now + expiresInMs) / 1_000 };
    },
    () => now,
  );
beforeEach(() => {
  now = 1_800_000_000_000;
  asked = [];
  isGood = true;
});

describe("a token that was checked", () => {
  it("is not checked again for five minutes, and then is", async () => {
    const checked = check();
    for (const wait of [0, MINUTE_MS, 3 * MINUTE_MS]) {
      now += wait;
      expect((await checked("a")).email).toBe("a");
    }
    expect(asked).toEqual(["a"]);
    now += MINUTE_MS;
    isGood = false;
    await expect(checked("a")).rejects.toThrow("not good");
  });

  it("is checked again as soon as it is no longer valid", async () => {
    const checked = check(MINUTE_MS);
    await checked("a");
    now += MINUTE_MS;
    isGood = false;
    await expect(checked("a")).rejects.toThrow("not good");
  });

  it("stands for itself only, whatever differs", async () => {
    const checked = check();
    for (const token of ["a", "a ", "A", "aa"]) expect((await checked(token)).email).toBe(token);
    expect(asked).toHaveLength(4);
  });

  it("and was not good is not remembered", async () => {
    const checked = check();
    isGood = false;
    await expect(checked("a")).rejects.toThrow();
    isGood = true;
    expect((await checked("a")).email).toBe("a");
  });

  it("is forgotten once a thousand others came after it", async () => {
    const checked = check();
    for (let n = 0; n <= 1_000; n += 1) await checked(`t${n}`);
    asked = [];
    await checked("t1000");
    await checked("t0");
    expect(asked).toEqual(["t0"]);
  });
});
