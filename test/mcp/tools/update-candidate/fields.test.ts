import { describe, expect, it } from "vitest";
import { findApplicationRecord } from "../../../../src/store/candidates/applications.ts";
import { listEvents } from "../../../../src/store/events.ts";
import { useDatabase } from "../../../support/database.ts";
import { start } from "../../../support/harness.ts";
import { addMember } from "../../../support/panel.ts";
import { startWithCandidate } from "../../../support/record.ts";

const database = useDatabase();
const ZOE = { application: "MLE-1" };

async function begin() {
  const store = await database.workspace();
  return { store, greenflag: await startWithCandidate({ store }) };
}

const WHOLE = {
  name: "Zoë Okafor-Lind",
  email: "Zoe@Okafor.example",
  phone: "+351 912 345 678",
  timezone: "Europe/Lisbon",
  location: "Porto",
  links: ["https://github.com/zoe-okafor"],
  source: "referral",
  referred_by: "Bo Li",
  tags: ["relocates", "june"],
};

describe("update_candidate", () => {
  it("changes what is given, says what it was, and shows it from then on", async () => {
    const { greenflag } = await begin();
    const { changed, stale, application } = await greenflag.ok("update_candidate", { ...ZOE, ...WHOLE });
    expect(application).toEqual({ ref: "MLE-1", name: "Zoë Okafor-Lind" });
    expect(stale).toEqual([]);
    expect(changed.slice(0, 3)).toEqual([
      { field: "name", before: "Zoë Okafor", after: "Zoë Okafor-Lind" },
      { field: "email", before: "zoe@example.test", after: "zoe@okafor.example" },
      { field: "phone", after: "+351 912 345 678" },
    ]);
    const { source, referred_by, candidate } = await greenflag.ok("get_candidate", ZOE);
    const { source: _s, referred_by: _r, ...person } = WHOLE;
    expect({ source, referred_by, candidate }).toEqual({
      source: "referral",
      referred_by: "Bo Li",
      candidate: { ...person, email: "zoe@okafor.example" },
    });
    expect((await greenflag.ok("find_candidates", { query: "lind okafor.example" })).total).toBe(1);
    expect((await greenflag.ok("find_candidates", { query: "zoe@example.test" })).total).toBe(0);
  });

  it("changes nothing where the values are equal, whatever the case of an e-mail", async () => {
    const { greenflag, store } = await begin();
    const same = { ...ZOE, name: "Zoë Okafor", email: "ZOE@example.test", phone: "", tags: [] };
    const { changed } = await greenflag.ok("update_candidate", same);
    expect(changed).toEqual([]);
    await greenflag.ok("update_candidate", { ...ZOE, ...WHOLE });
    expect((await greenflag.ok("update_candidate", { ...ZOE, ...WHOLE })).changed).toEqual([]);
    expect((await greenflag.ok("update_candidate", ZOE)).changed).toEqual([]);
    const { changes } = await greenflag.ok("get_candidate", { ...ZOE, include: ["history"] });
    expect(changes).toHaveLength(Object.keys(WHOLE).length);
    const chain = await applicationId(store, "MLE-1");
    const events = await store.read((db) => listEvents(db, store.workspaceId, chain));
    expect(events.filter(({ kind }) => kind === "candidate.change")).toHaveLength(1);
  });

  it("keeps values out of the events, and in the history that a reader asks for", async () => {
    const { greenflag, store } = await begin();
    await greenflag.ok("update_candidate", { ...ZOE, phone: "+351 912 345 678", location: "Porto" });
    const chain = await applicationId(store, "MLE-1");
    const events = await store.read((db) => listEvents(db, store.workspaceId, chain));
    const { payload } = events.find(({ kind }) => kind === "candidate.change") ?? {};
    expect(payload).toEqual({ ref: "MLE-1", fields: ["phone", "location"] });
    const { changes } = await greenflag.ok("get_candidate", { ...ZOE, include: ["history"] });
    expect(changes).toMatchObject([
      { field: "phone", after: "+351 912 345 678", by: "ada@example.test" },
      { field: "location", after: "Porto", by: "ada@example.test" },
    ]);
  });

  it("clears what need not be there by an empty text or list", async () => {
    const { greenflag } = await begin();
    await greenflag.ok("update_candidate", { ...ZOE, ...WHOLE });
    const empty = { email: "", phone: "", timezone: "", location: "", source: "", referred_by: "" };
    const { changed } = await greenflag.ok("update_candidate", { ...ZOE, ...empty, links: [], tags: [] });
    expect(changed.every(({ after }) => after === undefined)).toBe(true);
    expect(changed).toHaveLength(8);
    const { candidate, source, referred_by } = await greenflag.ok("get_candidate", ZOE);
    expect([candidate, source, referred_by]).toEqual([{ name: "Zoë Okafor-Lind" }, undefined, undefined]);
  });

  it("mends the person in all of their applications, and source, referrer and owner in one", async () => {
    const { greenflag, store } = await begin();
    await addMember(store, "rita@example.test", "recruiter");
    await greenflag.ok("open_role", { template: "backend-engineer", level: "senior", location: "Lisbon" });
    await greenflag.ok("add_candidate", { role: "BE", name: "Zoë Okafor", email: "zoe@example.test" });
    const change = { phone: "+351 912 345 678", source: "fair", owner: "rita@example.test" };
    await greenflag.ok("update_candidate", { application: "BE-1", ...change });
    const [here, there] = [
      await greenflag.ok("get_candidate", { application: "BE-1", include: ["history"] }),
      await greenflag.ok("get_candidate", { ...ZOE, include: ["history"] }),
    ];
    expect([here.candidate.phone, there.candidate.phone]).toEqual([change.phone, change.phone]);
    expect([here.source, here.owner]).toEqual(["fair", "rita@example.test"]);
    expect([there.source, there.owner]).toEqual([undefined, undefined]);
    expect(here.changes.map(({ field }: { field: string }) => field)).toEqual(["phone", "source", "owner"]);
    expect(there.changes.map(({ field }: { field: string }) => field)).toEqual(["phone"]);
  });

  it.each([
    ["name that is empty", { name: " " }, /name: .*is not text of at least 1 character/],
    ["e-mail", { email: "zoe at example" }, /email: .*is not an e-mail address, or empty to clear it/],
    ["phone", { phone: "call me" }, /phone: .*is not a phone number, or empty to clear it/],
    ["time zone", { timezone: "Mars/Olympus" }, /timezone: "Mars\/Olympus" is no time zone.*Europe\/Berlin/],
    ["link", { links: ["github"] }, /links\[0\]/],
    ["owner who is not on the team", { owner: "who@example.test" }, /owner: .*Allowed: ada@example\.test/],
    ["application", { application: "MLE-9", phone: "+351 912 345 678" }, /No application "MLE-9"/],
    ["argument", { address: "Porto" }, /address: no such argument.*takes application, name, email/],
  ])("refuses a wrong %s and changes nothing", async (_what, wrong, text) => {
    const { greenflag } = await begin();
    const before = await greenflag.ok("get_candidate", ZOE);
    const args = { ...ZOE, location: "Porto", ...wrong };
    expect(await greenflag.refused("update_candidate", args)).toMatch(text);
    expect(await greenflag.ok("get_candidate", ZOE)).toEqual(before);
  });

  it("is not for an owner who may not run a role, nor for whoever may not", async () => {
    const { greenflag, store } = await begin();
    await addMember(store, "grace@example.test", "interviewer");
    const args = { ...ZOE, owner: "grace@example.test" };
    expect(await greenflag.refused("update_candidate", args)).toMatch(/Allowed: ada@example\.test\./);
    const grace = await start({ store, member: "grace@example.test" });
    expect(await grace.refused("update_candidate", ZOE)).toMatch(/interviewer access, which does not allow/);
  });
});

async function applicationId(store: Awaited<ReturnType<typeof database.workspace>>, ref: string) {
  const record = await store.read((db) => findApplicationRecord(db, store.workspaceId, ref));
  if (!record) throw new Error(`${ref} is not there`);
  return record.application.id;
}
