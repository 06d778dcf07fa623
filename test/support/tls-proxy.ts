import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { createServer, request as tlsRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

/** A certificate for this machine that nobody else trusts, made anew. */
function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const asked = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
  ];
  execFileSync("openssl", [...asked, "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  const made = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  rmSync(folder, { recursive: true });
  return made;
}

/** A proxy that ends TLS in front of a server of this machine, as Caddy or nginx would; and a fetch that trusts it. */
export async function startTlsProxy() {
  const certificate = makeCertificate();
  const state = { port: 0 };
  const server = createServer(certificate, (request, response) => {
    const { method, url, headers } = request;
    const forwarded = { ...headers, "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7" };
    const onward = plainRequest({
      host: "127.0.0.1",
      port: state.port,
      method,
      path: url,
      headers: forwarded,
    });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    url,
    fetch: trusting(certificate.cert),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const BODILESS = new Set([204, 205, 304]);

/** A fetch that trusts this certificate too, and follows no redirect. */
const trusting =
  (ca: string): typeof fetch =>
  async (input, init) => {
    const asked = new Request(input, init);
    const body = asked.body === null ? undefined : Buffer.from(await asked.arrayBuffer());
    const headers = { ...Object.fromEntries(asked.headers), host: new URL(asked.url).host };
    return new Promise((resolve, reject) => {
      const sent = tlsRequest(
        asked.url,
        { method: asked.method, headers, ca, signal: asked.signal },
        (answer) => {
          const status = answer.statusCode ?? 0;
          const got = new Headers();
          for (const [name, value] of Object.entries(answer.headers))
            for (const each of [value].flat()) if (each !== undefined) got.append(name, each);
          const stream = BODILESS.has(status) ? null : (Readable.toWeb(answer) as ReadableStream);
          resolve(new Response(stream, { status, headers: got }));
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  };
