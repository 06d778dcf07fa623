import { lookup } from "node:dns/promises";
import { type IncomingHttpHeaders, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { connect } from "node:tls";

const DEADLINE_MS = 10_000;
const MAX_BODY_BYTES = 64 * 1024;

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};
export type NoAnswer = { readonly failure: "refused" | "silent" | "broken" };

/** A certificate as a server shows it. `distrust` is why this machine does not trust it. */
export type Certificate = {
  readonly from: Date;
  readonly to: Date;
  readonly distrust: string | undefined;
};

/** What a request may say beside its address. */
type Said = { readonly method?: "GET" | "POST"; readonly body?: string };

/** The network as the checks use it; the tests bring a certificate authority and names of their own. */
export type Network = {
  readonly ask: (url: URL, said?: Said) => Promise<Answer | NoAnswer>;
  readonly certificate: (url: URL) => Promise<Certificate | NoAnswer>;
  /** The addresses of a name; none where it is not known. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
};

type NetworkOptions = {
  readonly deadlineMs?: number;
  /** Certificates to trust instead of those that Node trusts. */
  readonly ca?: string;
};

/** The network as this machine reaches it. Nothing is sent but the requests themselves, and no redirect is followed. */
export function createNetwork({ deadlineMs = DEADLINE_MS, ca }: NetworkOptions = {}): Network {
  const trusted = ca === undefined ? {} : { ca };
  return {
    ask: (url, said) => ask(url, said ?? {}, deadlineMs),
    certificate: (url) => certificateOf(url, trusted, deadlineMs),
    resolve: async (name) => {
      const found = await inTime(lookup(name, { all: true }), deadlineMs).catch(() => []);
      return found.map(({ address }) => address);
    },
  };
}

function ask(url: URL, { method = "GET", body }: Said, deadlineMs: number): Promise<Answer | NoAnswer> {
  const sent =
    body === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
  const options: RequestOptions = {
    method,
    headers: { accept: "application/json, text/event-stream", ...sent },
    agent: false,
    signal: AbortSignal.timeout(deadlineMs),
  };
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve({ failure: failureOf(error) });
    // A certificate that is not trusted is a finding of its own. What is read here is public, and nothing secret is sent.
    const request =
      url.protocol === "http:"
        ? requestHttp(url, options)
        : requestHttps(url, { ...options, rejectUnauthorized: false });
    request.on("error", fail).on("response", (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const finish = () => {
        response.destroy();
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      };
      response.on("error", fail).on("end", finish);
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        // A stream of events has no end, and no document that hosts read is as long as this.
        if (bytes > MAX_BODY_BYTES || response.headers["content-type"]?.includes("event-stream")) finish();
      });
    });
    request.end(body);
  });
}

function certificateOf(url: URL, trusted: object, deadlineMs: number): Promise<Certificate | NoAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: url.port === "" ? 443 : Number(url.port),
      servername: host,
      rejectUnauthorized: false,
      ...trusted,
    });
    const finish = (seen: Certificate | NoAnswer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(seen);
    };
    const timer = setTimeout(() => finish({ failure: "silent" }), deadlineMs);
    socket.on("error", (error: NodeJS.ErrnoException) => finish({ failure: failureOf(error) }));
    socket.on("secureConnect", () => {
      const { valid_from, valid_to } = socket.getPeerCertificate();
      const distrust = socket.authorized ? undefined : codeOf(socket.authorizationError);
      finish({ from: new Date(valid_from), to: new Date(valid_to), distrust });
    });
  });
}

/** Node gives the code of a distrusted certificate as an error or as a text. */
const codeOf = (error: Error | string | undefined): string =>
  error instanceof Error ? ("code" in error ? String(error.code) : "") : (error ?? "");

function failureOf({ name, code }: NodeJS.ErrnoException): NoAnswer["failure"] {
  if (name === "AbortError" || name === "TimeoutError" || code === "ETIMEDOUT") return "silent";
  return code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH" ? "refused" : "broken";
}

function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), ms);
  });
  return Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
}
