import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT } from "jose";
import { makeKey } from "./issuer.ts";

export const CLIENT = { clientId: "greenflag", clientSecret: "not-a-" + "real-secret" };

/**
 * Somebody else's sign-in on the loopback, where `person` is signed in already: an OpenID provider, and the parts of GitHub
 * that a sign-in asks.
 */
export async function startSignInProvider() {
  const key = await makeKey("provider", "RS256");
  const codes = new Map<string, { nonce: string; challenge: string; redirect: string }>();
  const state = {
    person: { sub: "u-1", email: "ada@example.test", email_verified: true as unknown },
    /** What goes wrong from now on. */
    fault: undefined as "silent" | "declined" | "another nonce" | "another audience" | undefined,
    asked: [] as string[],
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", address);
    state.asked.push(url.pathname);
    if (state.fault === "silent") return request.socket.destroy();
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json({
          issuer: address,
          authorization_endpoint: `${address}/authorize`,
          token_endpoint: `${address}/token`,
          jwks_uri: `${address}/keys`,
          id_token_signing_alg_values_supported: ["RS256"],
        });
      case "/keys":
        return json({ keys: [key.jwk] });
      case "/authorize":
      case "/login/oauth/authorize": {
        const asked = (name: string) => url.searchParams.get(name) ?? "";
        const back = new URL(asked("redirect_uri"));
        back.searchParams.set("state", asked("state"));
        const code = randomUUID();
        if (state.fault === "declined") back.searchParams.set("error", "access_denied");
        else back.searchParams.set("code", code);
        codes.set(code, {
          nonce: asked("nonce"),
          challenge: asked("code_challenge"),
          redirect: asked("redirect_uri"),
        });
        return response.writeHead(302, { location: back.href }).end();
      }
      case "/token":
      case "/login/oauth/access_token": {
        const fields = new URLSearchParams(await bodyOf(request));
        const code = codes.get(fields.get("code") ?? "");
        codes.delete(fields.get("code") ?? "");
        const verifier = fields.get("code_verifier") ?? "";
        const isRight =
          code !== undefined &&
          createHash("sha256").update(verifier).digest("base64url") === code.challenge &&
          fields.get("redirect_uri") === code.redirect &&
          isOurClient(request, fields);
        if (!isRight) return json({ error: "invalid_grant" }, 400);
        const nonce = state.fault === "another nonce" ? "another" : code.nonce;
        const audience = state.fault === "another audience" ? "another" : CLIENT.clientId;
        const idToken = await new SignJWT({ ...state.person, ...(nonce === "" ? {} : { nonce }) })
          .setProtectedHeader({ alg: key.alg, kid: key.kid })
          .setIssuer(address)
          .setAudience(audience)
          .setIssuedAt()
          .setExpirationTime("5 minutes")
          .sign(key.private);
        const isOpenId = url.pathname === "/token";
        return json({
          access_token: "opaque",
          token_type: "bearer",
          ...(isOpenId ? { id_token: idToken } : {}),
        });
      }
      case "/api/user":
        return json({ id: 7, login: "ada", email: "public@example.test" });
      case "/api/user/emails": {
        const { email, email_verified: verified } = state.person;
        const other = { email: "other@example.test", primary: false, verified: true };
        return json([other, { email, primary: true, verified }]);
      }
      default:
        return response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    url: address,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
export type SignInProviderServer = Awaited<ReturnType<typeof startSignInProvider>>;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A secret comes in the form or in the header. */
function isOurClient(request: IncomingMessage, fields: URLSearchParams): boolean {
  const basic = Buffer.from(/^Basic (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "", "base64");
  const given =
    basic.length > 0 ? basic.toString() : `${fields.get("client_id")}:${fields.get("client_secret")}`;
  return given === `${CLIENT.clientId}:${CLIENT.clientSecret}`;
}
