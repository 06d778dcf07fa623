import { loadCatalog } from "../../../src/catalog/load.ts";
import { EVERYONE } from "../../../src/domain/access.ts";
import { createGithub } from "../../../src/github/client.ts";
import { createServices, type Services } from "../../../src/services/services.ts";
import { createStartSession, type Session } from "../../../src/services/session.ts";
import type { Store } from "../../../src/store/store.ts";
import { ALAN, addMember, GRACE } from "../panel.ts";

export const ADA = "ada@example.test";

/** The use cases on a real database, without a client, and a clock that stands until it is turned. */
export type Office = {
  readonly store: Store;
  readonly services: Services;
  readonly clock: { now: Date };
  /** A call of a member's at the moment of the clock. */
  as(member: string): Promise<Session>;
};

const catalog = loadCatalog({});

/** The roles MLE and OPS, with Ada who runs them and two interviewers. */
export async function openOffice(store: Store): Promise<Office> {
  const clock = { now: new Date("2026-11-24T09:00:00Z") };
  const from = { store: async () => store, now: () => clock.now };
  const services = createServices({
    ...{ ...from, catalog, member: undefined, allowFiles: false, githubOwner: undefined },
    github: createGithub({ token: undefined, apiUrl: "http://127.0.0.1:9" }),
    mail: { ...{ canSend: false, from: undefined, delay: 0, unsubscribeUrl: undefined }, due: () => {} },
  });
  const { signal } = new AbortController();
  const as = (member: string) =>
    createStartSession({ ...from, member })({ client: "test 1", tool: "test", access: EVERYONE, signal });
  for (const email of [GRACE, ALAN]) await addMember(store, email);
  const role = { template: "mlops-engineer", level: "senior", location: "Porto" };
  for (const key of ["MLE", "OPS"]) await services.roles.open(await as(ADA), { ...role, key } as never);
  return { store, services, clock, as };
}
