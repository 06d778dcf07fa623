import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { loadCatalog } from "../../src/catalog/load.ts";
import { createGithub } from "../../src/github/client.ts";
import { listenHttp } from "../../src/http.ts";
import { createLog } from "../../src/log.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { createServices } from "../../src/services/services.ts";
import type { Store } from "../../src/store/store.ts";
import { findMember } from "../../src/store/team/workspaces.ts";
import { type AnyClient, connect, type Era } from "./clients.ts";
import { addInterviewer } from "./team.ts";

type Parts = NonNullable<Parameters<typeof listenHttp>[2]>;

export type HttpOptions = Omit<Parts, "clock" | "gate"> & {
  readonly log?: ReturnType<typeof createLog>;
  /** What every call waits for. */
  readonly opening?: () => Promise<void>;
  readonly publicUrl?: string;
  /** The gate stands in for sign-in: a token is the e-mail of a member. With `open`, nobody signs in. */
  readonly open?: true;
  /** Milliseconds since the start; tests turn it on. */
  readonly clock?: { ms: number };
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

export type HttpServer = {
  readonly url: string;
  readonly port: number;
  readonly clock: { ms: number };
  /** One request as it is told, with nothing added but `host`. */
  send(asked: Asked): Promise<HttpAnswer>;
  /** A client that sends this token; none, where it is empty. */
  as(token: string, era?: Era): Promise<AnyClient>;
  close(): Promise<void>;
};

export type Asked = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** The server on a free port of the loopback, on a workspace with the people named, who are recruiters. */
export async function startHttp(
  store: Store,
  people: readonly string[],
  { log = createLog("silent"), opening, publicUrl, open, clock = { ms: 0 }, ...parts }: HttpOptions = {},
): Promise<HttpServer> {
  for (const email of people) await addInterviewer(store, email, { access: "recruiter" });
  const services = createServices({
    store: async () => store,
    catalog: loadCatalog({}),
    github: createGithub({ token: undefined, apiUrl: "http://127.0.0.1:9" }),
    githubOwner: undefined,
    now: () => new Date("2026-11-24T09:00:00Z"),
    member: undefined,
    allowFiles: false,
    mail: { canSend: false, from: undefined, delay: 120, unsubscribeUrl: undefined, due: () => {} },
  });
  const opened = async () => {
    await opening?.();
    return services;
  };
  const { url, close } = await listenHttp(
    { log, services: opened, server: { services: opened, tools, confirm: "code", version: "0.0.0", log } },
    { host: "127.0.0.1", port: 0, publicUrl },
    {
      ...parts,
      clock: () => clock.ms,
      ...(open ? {} : { gate: (request: Request) => signIn(store, request) }),
    },
  );
  const port = Number(new URL(url).port);
  return {
    url,
    port,
    clock,
    close,
    send: (asked) => send(port, asked),
    as: (token, era = "2.x, 2026-07-28") =>
      connect(
        {
          fetch: (_, init) => {
            const headers = new Headers(init?.headers);
            if (token !== "") headers.set("authorization", `Bearer ${token}`);
            return fetch(url, { ...init, headers });
          },
        },
        era,
      ),
  };
}

async function signIn(store: Store, request: Request) {
  const token = request.headers.get("authorization")?.replace("Bearer ", "");
  const member =
    token === undefined ? undefined : await store.read((db) => findMember(db, store.workspaceId, token));
  if (member) return { member: member.id };
  return Response.json(
    { error: "invalid_token" },
    { status: 401, headers: { "www-authenticate": "Bearer" } },
  );
}

/** Sends one request by Node's own client, which adds no header of its own. */
export function send(port: number, { method = "GET", path, headers = {}, body }: Asked): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = httpRequest(
      { host: "127.0.0.1", port, method, path, headers, agent: false },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(pieces).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A request to MCP as hosts send it. */
export const mcpRequest = (message: object, headers: Record<string, string> = {}): Asked => ({
  method: "POST",
  path: "/mcp",
  headers: {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    ...headers,
  },
  body: JSON.stringify(message),
});
