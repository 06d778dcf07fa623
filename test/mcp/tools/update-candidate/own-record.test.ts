import { describe, expect, it } from "vitest";
import { ADMINISTER } from "../../../../src/domain/access.ts";
import { createStartSession } from "../../../../src/services/session.ts";
import { team } from "../../../../src/services/team/manage-team.ts";
import type { Store } from "../../../../src/store/store.ts";
import { useDatabase } from "../../../support/database.ts";
import { type Harness, start } from "../../../support/harness.ts";
import { addMember } from "../../../support/panel.ts";
import { startWithCandidate } from "../../../support/record.ts";

const database = useDatabase();
const RITA = "rita@example.test";
const UNKNOWN = /No application "MLE-1"/;

async function begin() {
  const store = await database.workspace();
  return { store, ada: await startWithCandidate({ store }) };
}

/** Nothing in any list or by reference tells this member of MLE-1. */
async function requireBlind(member: Harness) {
  for (const [name, args] of [
    ["get_candidate", {}],
    ["update_candidate", { phone: "+351 912 345 678" }],
    ["draft_outreach", {}],
  ] as const)
    expect(await member.refused(name, { application: "MLE-1", ...args })).toMatch(UNKNOWN);
  for (const query of ["MLE-1", "Zoë", "rita"])
    expect(await member.ok("find_candidates", { query })).toMatchObject({ applications: [], total: 0 });
  expect(JSON.stringify(await member.ok("get_pipeline", {}))).not.toContain("Zoë");
  const { still_active } = await member.ok("update_role", { role: "MLE", status: "cancelled" });
  expect(JSON.stringify(still_active ?? [])).not.toContain("Zoë");
}

describe("a member's own record", () => {
  it("is the one that is given their address", async () => {
    const { ada, store } = await begin();
    await addMember(store, RITA, "recruiter");
    const rita = await start({ store, member: RITA });
    expect((await rita.ok("find_candidates", { query: "Zoë" })).total).toBe(1);
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA });
    await requireBlind(rita);
  });

  it("is the one that has the address of whoever joins the team", async () => {
    const { ada, store } = await begin();
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA });
    await addMember(store, RITA, "recruiter");
    await requireBlind(await start({ store, member: RITA }));
  });

  it("is the one that has the address to which a member is renamed", async () => {
    const { ada, store } = await begin();
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA });
    await addMember(store, "before@example.test", "recruiter");
    await rename(store, "before@example.test", RITA);
    await requireBlind(await start({ store, member: RITA }));
  });

  it.each([
    ["cleared", ""],
    ["changed", "zoe@okafor.example"],
  ])("stays theirs when its e-mail is %s", async (_what, email) => {
    const { ada, store } = await begin();
    await addMember(store, RITA, "recruiter");
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA });
    await ada.ok("update_candidate", { application: "MLE-1", email });
    await requireBlind(await start({ store, member: RITA }));
  });

  it("stays theirs when the member is given another address, and when they are added again", async () => {
    const { ada, store } = await begin();
    await addMember(store, RITA, "recruiter");
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA });
    await rename(store, RITA, "rita@lind.example");
    const rita = await start({ store, member: "rita@lind.example" });
    const again = { role: "MLE", name: "Rita Lind", email: RITA };
    expect(await rita.refused("add_candidate", again)).toMatch(/nobody sees their own application/);
    await requireBlind(rita);
  });

  it("is more than one where their address was put on a second", async () => {
    const { ada, store } = await begin();
    await addMember(store, RITA, "recruiter");
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA });
    await ada.ok("update_candidate", { application: "MLE-1", email: "" });
    await ada.ok("add_candidate", { role: "MLE", name: "Rita Lind", email: RITA });
    const rita = await start({ store, member: RITA });
    expect((await rita.ok("find_candidates", {})).total).toBe(0);
    expect((await ada.ok("find_candidates", {})).total).toBe(2);
    await requireBlind(rita);
  });

  it("is not made by the member, nor made a second member's", async () => {
    const { ada, store } = await begin();
    await addMember(store, RITA, "recruiter");
    const rita = await start({ store, member: RITA });
    const own = { application: "MLE-1", email: RITA };
    expect(await rita.refused("update_candidate", own)).toMatch(/nobody sees their own application/);
    await ada.ok("update_candidate", own);
    await addMember(store, "grace@example.test", "recruiter");
    const second = { application: "MLE-1", email: "grace@example.test" };
    expect(await ada.refused("update_candidate", second)).toMatch(/another member's own/);
  });

  it("is not named where its e-mail is refused to another person, nor as who somebody may be", async () => {
    const { ada, store } = await begin();
    await addMember(store, RITA, "recruiter");
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA, phone: "+351 912 345 678" });
    await ada.ok("update_candidate", { application: "MLE-1", email: "zoe@okafor.example" });
    const rita = await start({ store, member: RITA });
    const other = { role: "MLE", name: "Zoë Okafor", email: "other@example.test" };
    const { possible_duplicates } = await rita.ok("add_candidate", other);
    expect(possible_duplicates).toBeUndefined();
    const taken = { application: "MLE-2", email: "zoe@okafor.example" };
    const text = await rita.refused("update_candidate", taken);
    expect(text).toMatch(/another person on record has it/);
    expect(text).not.toContain("MLE-1");
  });

  it("is not looked after by the member", async () => {
    const { ada, store } = await begin();
    await addMember(store, RITA, "recruiter");
    await ada.ok("update_candidate", { application: "MLE-1", email: RITA });
    const args = { application: "MLE-1", owner: RITA };
    expect(await ada.refused("update_candidate", args)).toMatch(/Allowed: ada@example\.test\./);
  });
});

async function rename(store: Store, from: string, email: string): Promise<void> {
  const startSession = createStartSession({
    ...{ store: async () => store, now: () => new Date("2026-11-24T09:00:00Z"), member: undefined },
  });
  const { signal } = new AbortController();
  await team.rename(
    await startSession({ client: "test 1", tool: "member", access: ADMINISTER, signal }),
    from,
    {
      email,
    },
  );
}
