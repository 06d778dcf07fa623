import { loadCatalog } from "../../src/catalog/load.ts";
import { EVERYONE } from "../../src/domain/access.ts";
import { createGithub } from "../../src/github/client.ts";
import { listenHttp } from "../../src/http.ts";
import { createLog } from "../../src/log.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { createServices } from "../../src/services/services.ts";
import type { Store } from "../../src/store/store.ts";
import { type AnyClient, connect, type Era } from "./clients.ts";

const NO_GITHUB = createGithub({ token: undefined, apiUrl: "http://127.0.0.1:9" });
const NO_MAIL = { canSend: false, from: undefined, delay: 120, unsubscribeUrl: undefined, due: () => {} };

/** The server on a port of the loopback, and what manages its tokens. */
export async function serveHere(store: Store, clock = { now: new Date("2026-11-24T09:00:00Z") }) {
  const services = createServices({
    ...{ store: async () => store, catalog: loadCatalog({}), github: NO_GITHUB, githubOwner: undefined },
    ...{ now: () => clock.now, member: undefined, allowFiles: false, mail: NO_MAIL },
  });
  const log = createLog("silent");
  const made = async () => services;
  const server = { services: made, tools, confirm: "code" as const, version: "0.0.0", log };
  const { url, close } = await listenHttp({ services: made, log, server }, { host: "127.0.0.1", port: 0 });
  const clients: AnyClient[] = [];
  const session = (tool: string) =>
    services.startSession({ client: "test", tool, access: EVERYONE, signal: new AbortController().signal });
  const upkeep = () => services.startUpkeep({ signal: new AbortController().signal });
  return {
    ...{ url, clock, services, session, upkeep },
    /** A token of a member, as `greenflag token add` makes it. */
    async token(email: string, name = "laptop", days = 365): Promise<string> {
      return (await services.tokens.add(await session("token add"), { email, name, days })).token;
    },
    async revoke(email: string, name?: string) {
      return services.tokens.revoke(await session("token revoke"), { email, name });
    },
    async remove(email: string) {
      return services.team.remove(await session("member remove"), email);
    },
    /** A real client that sends this token with each request. */
    async client(token: string | undefined, era: Era = "2.x, 2026-07-28"): Promise<AnyClient> {
      const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
      const client = await connect({ url, headers }, era);
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.allSettled(clients.map((client) => client.close()));
      await close();
    },
  };
}
export type Served = Awaited<ReturnType<typeof serveHere>>;
