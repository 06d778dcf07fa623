import { describe, expect, it } from "vitest";
import { type AccessRule, ADMINISTER, READ } from "../../../src/domain/access.ts";
import type { Access } from "../../../src/domain/member.ts";
import { createStartSession } from "../../../src/services/session.ts";
import { team as members } from "../../../src/services/team/manage-team.ts";
import { appendEvent, brokenChains, listEvents } from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import { findMember, teamAddresses } from "../../../src/store/team/workspaces.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import {
  ALAN,
  addMember,
  assign,
  card,
  EDSGER,
  GRACE,
  met,
  setAccess,
  startPanel,
} from "../../support/panel.ts";

const database = useDatabase();
const ADA = "ada@example.test";
const MLE = { application: "MLE-1" };
const ALL = ["documents", "assessment", "scorecards", "votes", "messages", "interviews", "history"];

function teamOf(store: Store, member = ADA) {
  const now = () => new Date("2026-11-24T09:00:00Z");
  const startSession = createStartSession({ store: async () => store, now, member });
  const by = (act: string, rule: AccessRule = ADMINISTER) => {
    const { signal } = new AbortController();
    return startSession({ client: "test 1", tool: `member ${act}`, access: rule, signal });
  };
  return {
    add: async (email: string, access: Access) =>
      members.add(await by("add"), { email, name: email.split("@")[0] ?? email, access }),
    list: async () => (await members.list(await by("list", READ))).map((m) => `${m.email} ${m.access}`),
    access: async (email: string, access: Access) => members.setAccess(await by("access"), email, access),
    remove: async (email: string) => members.remove(await by("remove"), email),
    rename: async (email: string, to: { email: string; name?: string }) =>
      members.rename(await by("rename"), email, to),
  };
}

const idOf = async (store: Store, email: string) =>
  (await store.read((db) => findMember(db, store.workspaceId, email)))?.id ?? "";

describe("the team", () => {
  it("gives a member another e-mail, under which they keep all that is theirs", async () => {
    const store = await database.workspace();
    await addMember(store, GRACE, "interviewer");
    const grace = await start({ store, member: GRACE });
    const ada = await start({ store });
    const panel = [{ round: "screen", members: [GRACE] }];
    await ada.ok("open_role", {
      ...{
        template: "mlops-engineer",
        lane: "serving_reliability",
        level: "senior",
        location: "Lisbon",
        panel,
      },
    });
    await ada.ok("add_candidate", {
      ...{ role: "MLE", name: "Z", email: "z@example.test", resume_text: "Ran 12 models in production." },
    });
    const findings = [{ flag: "deployed_model_count", verdict: "absent", quotes: [], note: "Not theirs." }];
    await grace.ok("score_candidate", { ...MLE, findings });
    const team = teamOf(store);
    const id = await idOf(store, GRACE);
    const now = { email: "grace.hopper@example.test", name: "Grace Hopper" };
    expect(await team.rename(GRACE, now)).toEqual({ ...now, changed: true });
    expect((await team.rename(now.email, now)).changed).toBe(false);
    expect(await idOf(store, now.email)).toBe(id);
    await expect(team.rename(GRACE, now)).rejects.toThrow(/No member "grace@example.test"/);
    await expect(team.rename(now.email, { email: ADA })).rejects.toThrow(/is or was a member's e-mail/);
    await ada.ok("move_candidate", { ...MLE, to: "screen" });
    await met(ada, "screen");
    const { tasks } = await ada.ok("get_candidate", MLE);
    expect(tasks[0].by).toEqual([now.email]);
    const { assessment } = await ada.ok("get_candidate", { ...MLE, include: ["assessment"] });
    expect(JSON.stringify(assessment)).toContain(now.email);
    expect(JSON.stringify(assessment)).not.toContain(GRACE);
    const addresses = await store.read((db) => teamAddresses(db, store.workspaceId));
    expect(addresses).toEqual(expect.arrayContaining([GRACE, now.email]));
    const events = await store.read((db) => listEvents(db, store.workspaceId, id));
    expect(events.at(-1)).toMatchObject({
      kind: "member.rename",
      payload: { from: GRACE, to: now.email },
    });
  });

  it("tells the first admin who they are, where from and how to change it, until they have", async () => {
    const store = await database.workspace();
    const { workspaceId } = store;
    const id = await idOf(store, ADA);
    await store.write(new AbortController().signal, (tx) =>
      appendEvent(tx, {
        ...{ workspaceId, chainId: id, at: new Date(), kind: "member.first", memberId: id },
        ...{ client: "greenflag", tool: "first start", payload: { from: "git" } },
      }),
    );
    const greenflag = await start({ store });
    const first = await greenflag.call("get_pipeline");
    expect(first.facts.first_admin).toEqual({
      email: ADA,
      name: "Ada Byron",
      from: "git",
      unreachable: false,
    });
    expect(first.text).toContain(
      `The first admin is Ada Byron <${ADA}>, as git's user.email says. greenflag member rename ${ADA} NEW_EMAIL changes it.`,
    );
    await teamOf(store).rename(ADA, { email: "ada.byron@example.test" });
    expect((await greenflag.ok("get_pipeline")).first_admin).toBeUndefined();
  });

  it("is kept by admins, each change once and on record under who made it", async () => {
    const store = await database.workspace();
    const team = teamOf(store);
    expect(await team.add(GRACE, "viewer")).toBe(true);
    expect(await team.add(GRACE, "admin")).toBe(false);
    expect(await team.list()).toEqual([`${ADA} admin`, `${GRACE} viewer`]);
    expect((await team.access(GRACE, "interviewer")).changed).toBe(true);
    expect((await team.access(GRACE, "interviewer")).changed).toBe(false);
    const id = await idOf(store, GRACE);
    await team.remove(GRACE);
    expect(await team.list()).toEqual([`${ADA} admin`]);
    await expect(team.remove(GRACE)).rejects.toThrow(/No member "grace@example.test"/);
    expect(await team.add(GRACE, "recruiter")).toBe(true);
    expect(await idOf(store, GRACE)).toBe(id);
    const { workspaceId } = store;
    const events = await store.read((db) => listEvents(db, workspaceId, id));
    const ada = await idOf(store, ADA);
    expect(events.map(({ kind, payload }) => [kind, payload])).toEqual([
      ["member.add", { access: "viewer" }],
      ["member.access", { from: "viewer", to: "interviewer" }],
      ["member.remove", { access: "interviewer" }],
      ["member.add", { access: "recruiter" }],
    ]);
    expect(new Set(events.map((e) => e.memberId))).toEqual(new Set([ada]));
    expect(await store.read((db) => brokenChains(db, workspaceId, 5))).toEqual([]);
  });

  it("is listed for everybody and changed by nobody else", async () => {
    const store = await database.workspace();
    for (const access of ["hiring_manager", "recruiter", "interviewer", "viewer"] as const) {
      const email = `${access}@example.test`;
      await addMember(store, email, access);
      const team = teamOf(store, email);
      expect((await team.list()).length).toBeGreaterThan(1);
      const acts = [
        ["member add", () => team.add("x@example.test", "admin")],
        ["member access", () => team.access(email, "admin")],
        ["member remove", () => team.remove(ADA)],
      ] as const;
      for (const [name, act] of acts)
        await expect(act()).rejects.toThrow(`${email} has ${access} access, which does not allow ${name}.`);
    }
  });

  it("keeps an admin, also when two admins take each other off at once", async () => {
    const store = await database.workspace();
    const only = /is the only admin/;
    await expect(teamOf(store).remove(ADA)).rejects.toThrow(only);
    await expect(teamOf(store).access(ADA, "viewer")).rejects.toThrow(only);
    await addMember(store, GRACE, "admin");
    const both = await Promise.allSettled([teamOf(store).remove(GRACE), teamOf(store, GRACE).remove(ADA)]);
    expect(both.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    const left = [await idOf(store, ADA), await idOf(store, GRACE)].filter((id) => id !== "");
    expect(left).toHaveLength(1);
  });

  it("acts on the next call: a changed access and a removal need no restart", async () => {
    const { store, grace } = await startPanel(await database.workspace());
    await grace.ok("get_candidate", MLE);
    await teamOf(store).access(GRACE, "viewer");
    expect(await grace.refused("add_document", { ...MLE, kind: "note", text: "Calm." })).toMatch(
      /viewer access/,
    );
    await teamOf(store).remove(GRACE);
    expect(await grace.refused("get_candidate", MLE)).toMatch(/who is not a member/);
  });
});

describe("a member who goes", () => {
  it("is reported with what they were still down for, and is waited for no more", async () => {
    const { store, ada, alan } = await startPanel(await database.workspace());
    await addMember(store, "admin@example.test", "admin");
    const team = teamOf(store, "admin@example.test");
    const { left } = await team.remove(GRACE);
    expect(left).toEqual({
      cards: [{ ref: "MLE-1", round: "screen" }],
      panels: [{ role: "MLE", rounds: ["screen", "incident"] }],
      interviews: [],
      applications: [],
      roles: [],
    });
    await alan.ok("submit_scorecard", card("screen", [3]));
    expect((await ada.ok("get_debrief", MLE)).tasks).toEqual([]);
    expect((await ada.ok("update_role", { role: "MLE", on_call: "One week in five" })).role.on_call).toMatch(
      /five/,
    );
    const naming = { role: "MLE", panel: [{ round: "incident", members: [GRACE] }] };
    expect(await ada.refused("update_role", naming)).toMatch(/panel\.members/);
    await ada.ok("move_candidate", { ...MLE, to: "architecture" });
    expect((await team.remove(ADA)).left).toEqual({
      ...{ cards: [], panels: [], interviews: [], applications: [], roles: ["MLE"] },
    });
  });

  it("is reported with the active applications that they look after, and not with the caller's own", async () => {
    const { store, ada } = await startPanel(await database.workspace());
    await setAccess(store, GRACE, "recruiter");
    const add = async (name: string, email: string) =>
      (await ada.ok("add_candidate", { role: "MLE", name, email })).application.ref;
    await add("Person 2", "p2@example.test");
    await add("Person 3", "admin@example.test");
    for (const application of ["MLE-1", "MLE-2", "MLE-3"])
      await ada.ok("update_candidate", { application, owner: GRACE });
    await addMember(store, "admin@example.test", "admin");
    await ada.agreed("move_candidate", { application: "MLE-2", to: "rejected", reason: "No answer" });
    expect((await teamOf(store, "admin@example.test").remove(GRACE)).left.applications).toEqual(["MLE-1"]);
  });

  it("a viewer can do none of it, and cannot be put on a panel", async () => {
    const { store, ada } = await startPanel(await database.workspace());
    const { left } = await teamOf(store).access(GRACE, "viewer");
    expect(left?.cards).toEqual([{ ref: "MLE-1", round: "screen" }]);
    const naming = { role: "MLE", panel: [{ round: "screen", members: [ALAN, GRACE] }] };
    expect(await ada.refused("update_role", naming)).toMatch(/panel\.members/);
  });

  it("stays on record, and is named in it", async () => {
    const { store, ada, grace, alan } = await startPanel(await database.workspace());
    await setAccess(store, GRACE, "hiring_manager");
    const note = "Grace heard of a calm rollback at night.";
    await grace.ok("add_document", { ...MLE, kind: "note", text: note });
    const finding = { flag: "cost_win", verdict: "present", quotes: ["Cut GPU spend by 38%"] };
    await grace.ok("score_candidate", { ...MLE, findings: [finding] });
    await grace.ok("submit_scorecard", card("screen", [4], "gracewords"));
    await grace.ok("draft_outreach", { ...MLE, purpose: "status_update" });
    await alan.ok("submit_scorecard", card("screen", [2]));
    await ada.agreed("move_candidate", { ...MLE, to: "debrief", override: true, reason: "Enough heard" });
    await assign(store, "incident", [EDSGER]);
    await grace.ok("cast_vote", { ...MLE, vote: "yes", reason: "Ran it at scale" });
    await alan.ok("cast_vote", { ...MLE, vote: "no", reason: "Thin on drift" });
    const offer = { ...MLE, to: "offer", reason: "The panel heard enough" };
    const { confirmation } = await grace.ok("move_candidate", offer);
    await grace.ok("move_candidate", { ...offer, confirm: confirmation.code });
    const before = await ada.ok("get_candidate", { ...MLE, include: ALL });
    await teamOf(store).remove(GRACE);
    const after = await ada.ok("get_candidate", { ...MLE, include: ALL });
    expect(after).toEqual({ ...before, panel: after.panel });
    expect(after.scorecards.map((c: { member: string }) => c.member).sort()).toEqual([ALAN, GRACE]);
    expect(after.votes.map((v: { member: string }) => v.member).sort()).toEqual([ALAN, GRACE]);
    expect(after.history.filter((m: { by: string }) => m.by === GRACE)).toHaveLength(1);
    expect(await ada.read("hiring://decisions/MLE-1")).toMatchObject({
      decisions: [{ by: GRACE, reason: "The panel heard enough", on_the_table: { votes_cast: 2 } }],
    });
    const debrief = await ada.ok("get_debrief", MLE);
    expect(JSON.stringify(debrief.dissent)).toContain(GRACE);
    expect(JSON.stringify(debrief.scorecards)).toContain("gracewords");
    const back = await start({ store, member: GRACE, clock: ada.clock });
    await teamOf(store).add(GRACE, "interviewer");
    expect((await back.ok("get_debrief", MLE)).scorecards).toHaveLength(2);
  });
});
