import { describe, expect, it } from "vitest";
import { EVERYONE } from "../../../src/domain/access.ts";
import { createStartSession } from "../../../src/services/session.ts";
import { createTokens } from "../../../src/services/team/tokens.ts";
import type { Store } from "../../../src/store/store.ts";
import { useDatabase } from "../../support/database.ts";
import { ALAN, addMember, GRACE } from "../../support/panel.ts";

const database = useDatabase();
const ADA = "ada@example.test";

async function team() {
  const store = await database.workspace();
  await addMember(store, GRACE, "hiring_manager");
  await addMember(store, ALAN, "viewer");
  return { store, ...tokensOf(store) };
}

function tokensOf(store: Store) {
  const clock = { now: new Date("2026-11-24T09:00:00Z") };
  const now = () => clock.now;
  const tokens = createTokens({ now });
  const as = (member: string) =>
    createStartSession({ store: async () => store, now, member })({
      ...{ client: "test", tool: "token", access: EVERYONE, signal: new AbortController().signal },
    });
  return {
    clock,
    add: async (by: string, email: string, name = "laptop", days = 365) =>
      tokens.add(await as(by), { email, name, days }),
    list: async (by: string, email?: string) =>
      (await tokens.list(await as(by), email)).map((token) => `${token.email} ${token.name}`),
    revoke: async (by: string, email: string, name?: string) => tokens.revoke(await as(by), { email, name }),
  };
}

describe("personal tokens", () => {
  it("are made, listed and revoked by their member, and by an admin for everybody", async () => {
    const { add, list, revoke } = await team();
    expect((await add(ALAN, ALAN)).isFirst).toBe(true);
    expect((await add(ADA, GRACE)).isFirst).toBe(false);
    expect(await list(ALAN)).toEqual([`${ALAN} laptop`]);
    expect(await list(ADA)).toEqual([`${GRACE} laptop`, `${ALAN} laptop`]);
    expect(await list(ADA, GRACE)).toEqual([`${GRACE} laptop`]);
    for (const act of [() => add(GRACE, ALAN), () => list(GRACE, ALAN), () => revoke(GRACE, ALAN)])
      await expect(act()).rejects.toThrow(/to make, list or revoke the tokens of somebody else/);
    // Whether somebody is on the team is told to nobody who could not manage their tokens.
    await expect(add(GRACE, "nobody@example.test")).rejects.toThrow(/of somebody else/);
    await expect(add(ADA, "nobody@example.test")).rejects.toThrow(/No member "nobody@example.test"/);
    expect(await revoke(ALAN, ALAN)).toEqual(["laptop"]);
    expect(await revoke(ALAN, ALAN)).toEqual([]);
    expect(await revoke(ADA, GRACE)).toEqual(["laptop"]);
  });

  it("are several of a member under labels of their own, of which one can be revoked", async () => {
    const { clock, add, revoke } = await team();
    await add(ADA, GRACE, "laptop", 1);
    await add(ADA, GRACE, "desk");
    await expect(add(ADA, GRACE, "laptop")).rejects.toThrow(/has a token named "laptop"/);
    await expect(revoke(ADA, GRACE, "phone")).rejects.toMatchObject({
      message: 'No token "phone".',
      hint: 'Allowed: "laptop", "desk".',
    });
    expect(await revoke(ADA, GRACE, "desk")).toEqual(["desk"]);
    await expect(revoke(ADA, GRACE, "desk")).rejects.toMatchObject({ hint: 'Allowed: "laptop".' });
    clock.now = new Date("2026-11-25T09:00:00Z");
    expect((await add(ADA, GRACE, "laptop")).expiresAt.toISOString()).toBe("2027-11-25T09:00:00.000Z");
  });

  it("keep one of two that are made under one label at once", async () => {
    const { add, list } = await team();
    const made = await Promise.allSettled([add(ADA, GRACE), add(ADA, GRACE), add(GRACE, GRACE)]);
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await list(ADA)).toEqual([`${GRACE} laptop`]);
  });

  it("have a label of one line and an end, or are refused with what may be", async () => {
    const { add, list } = await team();
    for (const name of ["", "a\nb", "\u0007", "x".repeat(61), "a\u2028b"])
      await expect(add(ADA, GRACE, name), JSON.stringify(name)).rejects.toThrow(/^name: /);
    for (const days of [0, -1, 1.5, 3_651, Number.NaN, Number.POSITIVE_INFINITY])
      await expect(add(ADA, GRACE, "laptop", days), String(days)).rejects.toMatchObject({
        hint: "Allowed: 1 to 3650.",
      });
    expect(await list(ADA)).toEqual([]);
    expect((await add(ADA, GRACE, "Graces Läppi 💻", 3_650)).name).toBe("Graces Läppi 💻");
  });
});
