import { listenHttp } from "../../src/http.ts";
import { createLog } from "../../src/log.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import type { Store } from "../../src/store/store.ts";
import { connect } from "./clients.ts";
import { servicesOn } from "./services.ts";

/** The server of this process on a free port, with a client on it and a clock that tests turn. */
export async function served(store: Store) {
  const clock = { now: new Date("2026-11-24T09:00:00Z") };
  const services = async () => servicesOn(store, clock).services;
  const log = createLog("silent");
  const server = { services, tools, confirm: "code" as const, version: "0.0.0", log };
  const { url, close } = await listenHttp({ log, server, services }, { host: "127.0.0.1", port: 0 });
  const client = await connect({ url }, "2.x, 2026-07-28");
  return {
    ...{ clock, call: client.call, origin: new URL(url).origin },
    /** Signs the process's member out everywhere. */
    async signOut() {
      const { services: made, start } = servicesOn(store, clock);
      const session = await start();
      await made.signIns.signOutEverywhere(session, session.member.email);
    },
    async close() {
      await client.close();
      await close();
    },
  };
}

export type Served = Awaited<ReturnType<typeof served>>;

export type Sent = {
  readonly name?: string;
  readonly kind?: string;
  readonly headers?: Record<string, string>;
};

/** Sends as the upload page does. */
export function pageOf(origin: string) {
  const post = async (to: string, secret: string, more: Record<string, string> = {}, body?: Uint8Array) => {
    const answer = await fetch(`${origin}/upload${to}`, {
      method: "POST",
      headers: { "x-greenflag-upload": secret, ...more },
      ...(body && { body: new Blob([Buffer.from(body)]) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests read whatever fields the answer has
    return { status: answer.status, ...((await answer.json()) as any) };
  };
  return {
    open: (secret: string) => post("/open", secret),
    file: (
      key: string,
      body: Uint8Array | string,
      { name = "cv.txt", kind = "resume", headers }: Sent = {},
    ) =>
      post(
        "/file",
        key,
        { "x-file-name": encodeURIComponent(name), "x-document-kind": kind, ...headers },
        typeof body === "string" ? Buffer.from(body) : body,
      ),
    done: (key: string) => post("/done", key),
  };
}
