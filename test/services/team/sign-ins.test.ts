import { afterEach, describe, expect, it } from "vitest";
import { EVERYONE } from "../../../src/domain/access.ts";
import { createStartSession, type Session } from "../../../src/services/session.ts";
import { addMember, renameMember } from "../../../src/services/team/manage-team.ts";
import { signIns } from "../../../src/services/team/sign-ins.ts";
import { listEvents } from "../../../src/store/events.ts";
import type { Db, Store } from "../../../src/store/store.ts";
import { findMember, findSigningIn } from "../../../src/store/team/workspaces.ts";
import { useDatabase } from "../../support/database.ts";
import { type HttpServer, startHttp } from "../../support/http.ts";
import { addInterviewer } from "../../support/team.ts";

const ADA = "ada@example.test";
const MIA = "mia@example.test";
const database = useDatabase();
let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const idOf = async (store: Store, email: string) =>
  (await store.read((db) => findMember(db, store.workspaceId, email)))?.id ?? "";
const by = (store: Store, member: string, { at = "2026-11-24T09:00:00Z", client = "desk 1" } = {}) =>
  createStartSession({ store: async () => store, now: () => new Date(at), member })({
    ...{ client, tool: "test", access: EVERYONE, signal: new AbortController().signal },
  });
async function signInsOf(store: Store, email: string) {
  const id = await idOf(store, email);
  const events = await store.read((db) => listEvents(db, store.workspaceId, id));
  return events.filter(({ kind }) => kind === "member.sign_in");
}

describe("sign-ins on record", () => {
  it("are one for each member, client and day, whichever process notes them", async () => {
    const store = await database.workspace();
    const note = async (options: object) => signIns.noteSignIn(await by(store, ADA, options));
    expect(await Promise.all([note({}), note({})])).toContain(false);
    expect(await note({ client: "phone 2" })).toBe(true);
    expect(await note({ at: "2026-11-24T23:59:59Z" })).toBe(false);
    expect(await note({ at: "2026-11-25T00:00:00Z" })).toBe(true);
    expect((await signInsOf(store, ADA)).map(({ client }) => client)).toEqual([
      "desk 1",
      "phone 2",
      "desk 1",
    ]);
    for (let i = 0; i < 30; i++) await note({ at: "2026-11-26T09:00:00Z", client: `made up ${i}` });
    expect(await signInsOf(store, ADA)).toHaveLength(23);
  });

  it("come from the first call of a client over HTTP, and others than admins see only their own", async () => {
    const store = await database.workspace();
    server = await startHttp(store, [MIA]);
    const mia = await server.as(MIA);
    for (let i = 0; i < 3; i++) await mia.call("get_pipeline");
    await mia.close();
    expect((await signInsOf(store, MIA)).map(({ client }) => client)).toEqual(["test-client 9.9.9"]);
    await signIns.noteSignIn(await by(store, ADA));
    expect((await signIns.lastSignIns(await by(store, ADA))).size).toBe(2);
    expect([...(await signIns.lastSignIns(await by(store, MIA))).keys()]).toEqual([await idOf(store, MIA)]);
  });
});

describe("signing out everywhere", () => {
  it("is put down with its moment, after which sign-ins count again", async () => {
    const store = await database.workspace();
    await addInterviewer(store, MIA);
    const member = await idOf(store, MIA);
    const since = () => store.read((db) => findSigningIn(db, store.workspaceId, MIA));
    expect(await since()).toEqual({ id: member, signedOutAt: null });
    await signIns.signOutEverywhere(await by(store, MIA), MIA);
    expect(await since()).toEqual({ id: member, signedOutAt: new Date("2026-11-24T09:00:00Z") });
  });

  it("is for oneself, and for admins of anybody on the team", async () => {
    const store = await database.workspace();
    await addInterviewer(store, MIA);
    await expect(signIns.signOutEverywhere(await by(store, MIA), ADA)).rejects.toThrow(
      /sign somebody else out/,
    );
    await signIns.signOutEverywhere(await by(store, ADA), MIA);
    await expect(signIns.signOutEverywhere(await by(store, ADA), "no@example.test")).rejects.toThrow(
      /No member/,
    );
  });
});

describe("an e-mail that was another member's before", () => {
  const NEW = "mia.new@example.test";
  const since = async (store: Store, email: string) =>
    (await store.read((db) => findSigningIn(db, store.workspaceId, email)))?.signedOutAt;
  async function renamed() {
    const store = await database.workspace();
    await addInterviewer(store, MIA);
    const ada = await by(store, ADA);
    const change = <T>(work: (tx: Db, session: Session) => Promise<T>) => ada.write((tx) => work(tx, ada));
    await change((tx, session) => renameMember(tx, session, MIA, { email: NEW }));
    return { store, change, at: ada.now };
  }

  it("lets nobody in as its new owner with what was given out to the former one", async () => {
    const { store, change, at } = await renamed();
    const person = { email: MIA, name: "Mia the second", access: "interviewer" } as const;
    await change((tx, session) => addMember(tx, session, person));
    expect(await since(store, MIA)).toEqual(at);
    expect(await since(store, NEW)).toBeNull();
  });

  it("is as good when a present member is given it", async () => {
    const { store, change, at } = await renamed();
    await addInterviewer(store, "ben@example.test");
    await change((tx, session) => renameMember(tx, session, "ben@example.test", { email: MIA }));
    expect(await since(store, MIA)).toEqual(at);
  });

  it("costs whoever takes their own back no sign-in, nor whoever has one that was nobody's", async () => {
    const { store, change } = await renamed();
    await change((tx, session) => renameMember(tx, session, NEW, { email: MIA }));
    const person = { email: "ben@example.test", name: "Ben", access: "interviewer" } as const;
    await change((tx, session) => addMember(tx, session, person));
    expect([await since(store, MIA), await since(store, person.email)]).toEqual([null, null]);
  });
});
