import { expect, it } from "vitest";
import { createAllowances, perMinute } from "../../src/auth/allowance.ts";

it("gives what may be taken at once, then one at a time as they come back, and no more than that after a rest", () => {
  let ms = 1_000;
  const take = createAllowances({ burst: 3, everyMs: 100 }, () => ms);
  expect([take("a"), take("a"), take("a")]).toEqual([0, 0, 0]);
  expect(take("a")).toBe(100);
  ms += 60;
  expect(take("a")).toBe(40);
  ms += 40;
  expect([take("a"), take("a")]).toEqual([0, 100]);
  ms += 1_000_000;
  expect([take("a"), take("a"), take("a"), take("a")]).toEqual([0, 0, 0, 100]);
});

it("what is refused takes nothing, and one key takes nothing from another", () => {
  let ms = 0;
  const take = createAllowances({ burst: 1, everyMs: 1_000 }, () => ms);
  expect(take("a")).toBe(0);
  for (let i = 0; i < 1_000; i++) expect(take("a")).toBe(1_000);
  expect(take("b")).toBe(0);
  ms = 1_000;
  expect(take("a")).toBe(0);
});

it.each([7, 120, 240, 600])("gives exactly %i in a minute that begins with none left", (most) => {
  let ms = 0;
  const take = createAllowances(perMinute(most), () => ms);
  for (let i = 0; i < most; i++) expect(take("a")).toBe(0);
  let had = 0;
  for (ms = 1; ms <= 60_000; ms++) had += take("a") === 0 ? 1 : 0;
  expect(had).toBe(most);
});

it("holds only so many keys, and keeps those that were used last", () => {
  const take = createAllowances({ burst: 1, everyMs: 1_000 }, () => 0, 100);
  for (let i = 0; i < 1_000; i++) {
    expect(take(`stranger ${i}`)).toBe(0);
    if (i === 0) expect(take("guesser")).toBe(0);
  }
  expect(take("stranger 999")).toBe(1_000);
  expect(take("stranger 0")).toBe(0);
});
