import { loadCatalog } from "../../src/catalog/load.ts";
import { RUN } from "../../src/domain/access.ts";
import type { Access } from "../../src/domain/member.ts";
import { loadApplicationForUpdate } from "../../src/services/load-application.ts";
import { assignInterviewers } from "../../src/services/panel/assign-interviewers.ts";
import { createStartSession } from "../../src/services/session.ts";
import type { Store } from "../../src/store/store.ts";
import { insertMember, saveMember } from "../../src/store/team/members.ts";
import { findMember } from "../../src/store/team/workspaces.ts";
import { type Harness, type HarnessOptions, start } from "./harness.ts";
import { seeded } from "./seeded.ts";

const kits = loadCatalog({}).get("mlops-engineer").interviews;

export const GRACE = "grace@example.test";
export const ALAN = "alan@example.test";
export const EDSGER = "edsger@example.test";

export async function addMember(store: Store, email: string, access: Access = "interviewer"): Promise<void> {
  const name = email.split("@")[0] ?? email;
  await store.write(new AbortController().signal, (tx) =>
    insertMember(tx, {
      workspaceId: store.workspaceId,
      email,
      name,
      access,
      now: new Date("2026-11-01T09:00:00Z"),
    }),
  );
}

/** Changes what a member may do. */
export async function setAccess(store: Store, email: string, access: Access): Promise<void> {
  const { workspaceId } = store;
  await store.write(new AbortController().signal, async (tx) => {
    const member = await findMember(tx, workspaceId, email);
    if (!member) throw new Error(`${email} is not on the team`);
    await saveMember(tx, workspaceId, member.id, { access });
  });
}

/** Names interviewers for a round of an application, as scheduling an interview does. */
export async function assign(
  store: Store,
  round: string,
  emails: readonly string[],
  member = "ada@example.test",
  ref = "MLE-1",
): Promise<void> {
  const now = () => new Date("2026-11-25T09:00:00Z");
  const { signal } = new AbortController();
  const startSession = createStartSession({ store: async () => store, now, member });
  const session = await startSession({ client: "test 1", tool: "schedule_interview", access: RUN, signal });
  await session.write(async (tx) => {
    const { application } = await loadApplicationForUpdate(tx, session, ref);
    const members = await Promise.all(emails.map((email) => findMember(tx, store.workspaceId, email)));
    const ids = members.flatMap((m) => (m ? [m.id] : []));
    await assignInterviewers(tx, session, application, round, ids);
  });
}

/** A whole card for a round: the levels in the kit's order, with evidence that carries a mark. */
export function card(round: string, levels: readonly number[], mark = "plain", more: object = {}) {
  const kit = kits.find((k) => k.round === round);
  if (!kit) throw new Error(`no kit for ${round}`);
  const ratings = kit.criteria.map(({ id }, n) => ({
    criterion: id,
    level: levels[n % levels.length] ?? 1,
    evidence: `Told us about ${id} at length (${mark}).`,
  }));
  return { application: "MLE-1", round, ratings, recommendation: "yes", notes: `Notes, ${mark}.`, ...more };
}

export type PanelHarness = {
  readonly store: Store;
  readonly ada: Harness;
  readonly grace: Harness;
  readonly alan: Harness;
};

/** MLE-1 in `screen`, which Grace and Alan interview; Grace is on `incident` too. Ada opened the role and is on nothing. */
export async function startPanel(store: Store, options: Partial<HarnessOptions> = {}): Promise<PanelHarness> {
  const ada = await start({ store: await seeded(store), ...options });
  for (const email of [GRACE, ALAN, EDSGER]) await addMember(store, email);
  const panel = [
    { round: "screen", members: [GRACE, ALAN] },
    { round: "incident", members: [GRACE] },
  ];
  await ada.ok("update_role", { role: "MLE", panel });
  await ada.ok("score_candidate", { application: "MLE-1" });
  await ada.ok("move_candidate", { application: "MLE-1", to: "screen" });
  const as = (member: string) => start({ store, ...options, member, clock: ada.clock });
  return { store, ada, grace: await as(GRACE), alan: await as(ALAN) };
}

/** Records that the round's panel met the candidate, two hours ago by the server's clock unless told otherwise. */
export const met = (by: Harness, round: string, more: { application?: string; start?: string } = {}) =>
  by.ok("schedule_interview", {
    ...{ application: "MLE-1", round, outcome: "held" },
    start: new Date(by.clock.now.getTime() - 7_200_000).toISOString(),
    ...more,
  });
