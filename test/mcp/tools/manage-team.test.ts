import { describe, expect, it } from "vitest";
import { listEvents } from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import { findMember } from "../../../src/store/team/workspaces.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, GRACE, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const ADA = "ada@example.test";
const NAN = "nan@example.test";
const ADD = { action: "add", email: NAN, name: "Nan Cole", access: "recruiter" };

const accessOf = async (store: Store, email: string) =>
  (await store.read((db) => findMember(db, store.workspaceId, email)))?.access;

async function begin() {
  const store = await database.workspace();
  await addMember(store, GRACE, "recruiter");
  return { store, ada: await start({ store }) };
}

describe("manage_team", () => {
  it("adds somebody once a person has agreed, who can work from then on", async () => {
    const { store, ada } = await begin();
    const first = await ada.call("manage_team", ADD);
    expect(first.text).toContain(
      "Add Nan Cole (nan@example.test) to the team, as a recruiter? A recruiter sees everybody",
    );
    expect(await accessOf(store, NAN)).toBeUndefined();
    const { code } = first.facts.confirmation;
    const other = { ...ADD, access: "admin", confirm: code };
    expect(await ada.refused("manage_team", other)).toMatch(/unknown, used, expired/);
    const { confirmation } = await ada.ok("manage_team", ADD);
    const done = await ada.call("manage_team", { ...ADD, confirm: confirmation.code });
    expect(done.facts).toEqual({
      ...{ action: "add", changed: true },
      member: { email: NAN, name: "Nan Cole", access: "recruiter" },
    });
    expect(done.text).toContain("Nan Cole (nan@example.test) is on the team, with recruiter access.");
    const nan = await start({ store, member: NAN });
    await nan.ok("get_pipeline");
  });

  it("leaves a present member as they are, and takes a former one back under their record", async () => {
    const { store, ada } = await begin();
    const again = { action: "add", email: "Grace@example.test", name: "Other", access: "admin" };
    const answer = await ada.call("manage_team", again);
    expect(answer.facts).toMatchObject({ changed: false, member: { name: "grace", access: "recruiter" } });
    expect(answer.text).toContain("was on the team already, with recruiter access; nothing was changed.");
    const id = (await store.read((db) => findMember(db, store.workspaceId, GRACE)))?.id;
    await ada.agreed("manage_team", { action: "remove", email: GRACE });
    const back = { action: "add", email: GRACE, access: "viewer" };
    expect((await ada.ok("manage_team", back)).confirmation?.summary).toContain(
      "Put grace (grace@example.test) back on the team, as a viewer?",
    );
    expect(await ada.agreed("manage_team", back)).toMatchObject({ again: true, changed: true });
    expect((await store.read((db) => findMember(db, store.workspaceId, GRACE)))?.id).toBe(id);
  });

  it("takes somebody off at once, and says what they owed before and after a person agrees", async () => {
    const { store, ada, grace } = await startPanel(await database.workspace());
    const remove = { action: "remove", email: GRACE };
    const asked = await ada.call("manage_team", remove);
    expect(asked.facts.confirmation.summary).toContain(
      "Take grace (grace@example.test), an interviewer, off the team? Their tokens and sign-ins stop working at once",
    );
    expect(asked.facts.confirmation.summary).toContain("Scorecards not submitted: MLE-1 screen.");
    await grace.ok("get_candidate", { application: "MLE-1" });
    const { facts, text } = await ada.call("manage_team", {
      ...remove,
      confirm: asked.facts.confirmation.code,
    });
    expect(facts.left).toEqual({
      scorecards: [{ application: "MLE-1", round: "screen" }],
      panels: [{ role: "MLE", rounds: ["screen", "incident"] }],
      ...{ interviews: [], applications: [], roles: [] },
    });
    expect(text).toMatch(/off the team; their record stays\.\nScorecards not submitted: MLE-1 screen\./);
    expect(await grace.refused("get_candidate", { application: "MLE-1" })).toMatch(/not a member/);
    expect(await accessOf(store, GRACE)).toBeUndefined();
  });

  it("names nothing of the reader's own application in what somebody owed", async () => {
    const { store, ada } = await startPanel(await database.workspace());
    await ada.ok("update_candidate", { application: "MLE-1", email: "second@example.test" });
    await addMember(store, "second@example.test", "admin");
    const second = await start({ store, member: "second@example.test", clock: ada.clock });
    const { facts, text } = await second.call("manage_team", { action: "remove", email: GRACE });
    expect(facts.left.scorecards).toEqual([]);
    expect(text).not.toContain("MLE-1");
  });

  it("asks a person about more access and one admin less, and not about less access or a name", async () => {
    const { store, ada } = await begin();
    const change = (access: string) => ({ action: "access", email: GRACE, access });
    for (const [access, isAsked] of [
      ["viewer", false],
      ["hiring_manager", true],
      ["admin", true],
      ["interviewer", true],
    ] as const) {
      const { confirmation } = await ada.ok("manage_team", change(access));
      expect(confirmation !== undefined, access).toBe(isAsked);
      await ada.agreed("manage_team", change(access));
      expect(await accessOf(store, GRACE)).toBe(access);
    }
    const named = await ada.ok("manage_team", { action: "rename", email: GRACE, name: "Grace Hopper" });
    expect(named).toMatchObject({
      changed: true,
      before: { name: "grace" },
      member: { name: "Grace Hopper" },
    });
    expect((await ada.ok("manage_team", change("interviewer"))).changed).toBe(false);
  });

  it("gives another e-mail once a person has agreed, since its reader is the member then", async () => {
    const { store, ada } = await begin();
    const rename = { action: "rename", email: GRACE, new_email: "Grace.H@example.test" };
    const { confirmation } = await ada.ok("manage_team", rename);
    expect(confirmation?.summary).toContain("Whoever reads mail at grace.h@example.test can sign in as them");
    const { text } = await ada.call("manage_team", { ...rename, confirm: confirmation?.code });
    expect(text).toContain("grace (grace@example.test) is grace (grace.h@example.test) now, recruiter");
    expect(await accessOf(store, "grace.h@example.test")).toBe("recruiter");
    expect(await ada.refused("manage_team", rename)).toMatch(/No member "grace@example.test".*get_team/);
  });

  it("takes the caller as me, who may give up being an admin where another is", async () => {
    const { store } = await begin();
    const ada = await start({ store, member: ADA });
    const step = { action: "access", email: "me", access: "recruiter" };
    expect(await ada.refused("manage_team", step)).toMatch(/ada@example\.test is the only admin/);
    await ada.agreed("manage_team", { action: "access", email: GRACE, access: "admin" });
    await ada.agreed("manage_team", step);
    expect(await accessOf(store, ADA)).toBe("recruiter");
    expect(await ada.refused("manage_team", step)).toMatch(/manage_team with action: access, email: ada@/);
  });

  it.each([
    [
      "the only admin removed",
      { action: "remove", email: ADA },
      /is the only admin.*another member an admin/,
    ],
    ["the only admin lowered", { action: "access", email: ADA, access: "viewer" }, /is the only admin/],
    [
      "a stranger",
      { action: "remove", email: "who@example.test" },
      /No member "who@example\.test".*get_team/,
    ],
    ["no access", { ...ADD, access: undefined }, /access: missing.*admin, hiring_manager, recruiter/],
    ["no name", { ...ADD, name: undefined }, /name: missing/],
    ["an unknown access", { ...ADD, access: "boss" }, /access: "boss" is not one of admin, hiring_manager/],
    ["an unknown action", { ...ADD, action: "hire" }, /action: "hire" is not one of add, rename/],
    [
      "no e-mail",
      { ...ADD, email: "Nan" },
      /email: "Nan" is not an e-mail address or me.*get_team lists the team/,
    ],
    ["an e-mail that is taken", { action: "rename", email: GRACE, new_email: ADA }, /is or was a member's/],
    ["a rename to nothing", { action: "rename", email: GRACE }, /new_email: missing.*name or both/],
    [
      "a field of another action",
      { action: "remove", email: GRACE, access: "viewer" },
      /access: not for.*add or access/,
    ],
    ["a line break in a name", { ...ADD, name: "Nan\nCole" }, /name: .*control characters/],
  ])("refuses %s and changes nothing", async (_what, args, why) => {
    const { store, ada } = await begin();
    const before = await ada.ok("get_team");
    expect(await ada.refused("manage_team", args)).toMatch(why);
    expect(await ada.ok("get_team")).toEqual(before);
    expect(await accessOf(store, ADA)).toBe("admin");
  });

  it("lets no admin take themselves off, and names whom to ask", async () => {
    const { store, ada } = await begin();
    await addMember(store, ALAN, "admin");
    const why =
      /is you: nobody takes themselves off the team.*Ask another admin: alan \(alan@example\.test\)/;
    expect(await ada.refused("manage_team", { action: "remove", email: "me" })).toMatch(why);
  });

  it("is on record under who did it", async () => {
    const { store, ada } = await begin();
    await ada.agreed("manage_team", ADD);
    const nan = await store.read((db) => findMember(db, store.workspaceId, NAN));
    const events = await store.read((db) => listEvents(db, store.workspaceId, nan?.id ?? ""));
    expect(events).toMatchObject([{ kind: "member.add", tool: "manage_team" }]);
  });
});
