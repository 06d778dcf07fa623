import { loadCatalog } from "../../src/catalog/load.ts";
import { type AccessRule, ADMINISTER } from "../../src/domain/access.ts";
import { createGithub } from "../../src/github/client.ts";
import { createServices } from "../../src/services/services.ts";
import type { Session } from "../../src/services/session.ts";
import type { Store } from "../../src/store/store.ts";

const catalog = loadCatalog({});

/** The use cases as a command of the program has them, on a clock that tests turn. */
export function servicesOn(store: Store, clock: { now: Date }, member?: string) {
  const services = createServices({
    store: async () => store,
    catalog,
    github: createGithub({ token: undefined, apiUrl: "http://127.0.0.1:9" }),
    githubOwner: undefined,
    now: () => clock.now,
    member,
    allowFiles: false,
    company: "Example Ltd",
    mail: { canSend: false, from: undefined, delay: 120, unsubscribeUrl: undefined, due: () => {} },
  });
  const start = (access: AccessRule = ADMINISTER): Promise<Session> =>
    services.startSession({
      client: "greenflag",
      tool: "test",
      access,
      signal: new AbortController().signal,
    });
  return { services, start };
}
