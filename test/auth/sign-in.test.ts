import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { openStore } from "../../src/store/database/open.ts";
import type { Store } from "../../src/store/store.ts";
import { saveMember } from "../../src/store/team/members.ts";
import { forgetSignIns } from "../../src/store/team/sign-ins.ts";
import { findMember } from "../../src/store/team/workspaces.ts";
import { openBrowser } from "../support/browsing.ts";
import { useDatabase } from "../support/database.ts";
import { initialize } from "../support/public-server.ts";
import {
  askToken,
  authorizeUrl,
  browserFor,
  codeOf,
  newProgram,
  type Program,
  register,
  type SignInServer,
  startSignInServer,
} from "../support/sign-in-server.ts";
import { addInterviewer } from "../support/team.ts";

const CALLBACK = "http://127.0.0.1:7777/callback";
const EMAIL = "ada@example.test";
const never = new AbortController().signal;

describe.skipIf(inject("databaseUrl") === undefined)("signing in at this server", () => {
  const database = useDatabase();
  let store: Store;
  let server: SignInServer;
  let clientId: string;
  beforeAll(async () => {
    store = await database.workspace();
    server = await startSignInServer(store);
    const { answer } = await register(server.publicUrl, {
      client_name: "Test <b>program</b>",
      redirect_uris: [CALLBACK],
    });
    clientId = answer.client_id;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.codes.clear();
    server.waitAnHour();
  });

  /** Somebody has begun to connect a program, and sees the first page. */
  async function begin(more: Record<string, string | undefined> = {}) {
    const program = newProgram(clientId, CALLBACK);
    const browser = browserFor(program);
    const shown = await browser.go(authorizeUrl(server.publicUrl, program, more));
    return { program, browser, shown };
  }
  async function signIn(email = EMAIL, more: Record<string, string | undefined> = {}) {
    const begun = await begin(more);
    await begun.browser.submit({ email });
    const shown = await begun.browser.submit({ email, code: server.codes.get(email) ?? "" });
    return { ...begun, shown };
  }
  async function connect(email = EMAIL, more: Record<string, string | undefined> = {}) {
    const { program, browser } = await signIn(email, more);
    const back = await browser.submit({ choice: "allow" });
    return { program, browser, code: codeOf(back.url), back };
  }
  const exchange = (program: Program, code: string, more: Record<string, string> = {}) =>
    askToken(server.publicUrl, {
      grant_type: "authorization_code",
      code,
      redirect_uri: program.redirect,
      client_id: program.clientId,
      code_verifier: program.verifier,
      ...more,
    });
  const refresh = (token: string) =>
    askToken(server.publicUrl, { grant_type: "refresh_token", refresh_token: token, client_id: clientId });
  const callMcp = (token: string) =>
    fetch(server.url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      },
      body: JSON.stringify(initialize()),
    });

  it("ends with a token that opens the tools for the member", async () => {
    const { program, code, back } = await connect();
    expect(back.url.searchParams.get("state")).toBe(program.state);
    expect(back.url.searchParams.get("iss")).toBe(server.publicUrl);
    const { status, answer } = await exchange(program, code);
    expect(status).toBe(200);
    const claims = JSON.parse(Buffer.from(answer.access_token.split(".")[1], "base64url").toString());
    expect(claims).toMatchObject({ iss: server.publicUrl, email: EMAIL, email_verified: true });
    expect(claims.aud).toContain(`${server.publicUrl}/mcp`);
    expect((await callMcp(answer.access_token)).status).toBe(200);
    expect((await callMcp(answer.id_token)).status).toBe(401);
  });

  it("serves the documents at the root, and nothing of the library beside what programs call", async () => {
    const read = async (path: string) =>
      (await fetch(server.publicUrl + path)).json() as Promise<Record<string, unknown>>;
    const metadata = await read("/.well-known/oauth-authorization-server");
    expect(metadata).toMatchObject({
      issuer: server.publicUrl,
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
      code_challenge_methods_supported: ["S256"],
    });
    expect(metadata.token_endpoint_auth_methods_supported).toContain("none");
    expect(metadata.scopes_supported).toContain("offline_access");
    expect(metadata.grant_types_supported).toEqual(["authorization_code", "refresh_token"]);
    expect(await read("/.well-known/openid-configuration")).toMatchObject({ issuer: server.publicUrl });
    const documents = await Promise.all(
      ["", "/mcp"].map((at) => read(`/.well-known/oauth-protected-resource${at}`)),
    );
    for (const document of documents)
      expect(document).toMatchObject({
        resource: `${server.publicUrl}/mcp`,
        authorization_servers: [server.publicUrl],
        scopes_supported: ["greenflag:read", "greenflag:write"],
      });
    const inner = [
      "sign-in/email-otp",
      "email-otp/send-verification-otp",
      "sign-up/email",
      "update-user",
      "get-session",
    ];
    for (const path of [
      ...inner,
      "oauth2/consent",
      "oauth2/public-client-prelogin",
      "admin/oauth2/create-client",
    ]) {
      const response = await fetch(`${server.publicUrl}/auth/${path}`, { method: "POST", body: "{}" });
      expect([path, response.status]).toEqual([path, 404]);
    }
  });

  it("shows who asks and where the answer goes, and cannot be framed", async () => {
    const { shown } = await signIn();
    expect(shown.url.pathname).toBe("/consent");
    expect(shown.text).toContain("Test &lt;b&gt;program&lt;/b&gt;");
    expect(shown.text).toContain('<p class="host">127.0.0.1:7777</p>');
    expect(shown.text).toContain("a program on your own computer");
    expect(shown.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(shown.headers.get("x-frame-options")).toBe("DENY");
  });

  it("asks a program on the member's computer for consent each time, one elsewhere once, until more is asked for", async () => {
    await connect();
    expect((await signIn()).shown.url.pathname).toBe("/consent");
    const redirect = "https://host.example/callback";
    const { answer } = await register(server.publicUrl, {
      client_name: "Elsewhere",
      redirect_uris: [redirect],
    });
    const program = newProgram(answer.client_id, redirect);
    const browser = browserFor(program);
    const ask = (scope: string) => browser.go(authorizeUrl(server.publicUrl, program, { scope }));
    await ask("greenflag:read");
    await browser.submit({ email: EMAIL });
    await browser.submit({ email: EMAIL, code: server.codes.get(EMAIL) ?? "" });
    await browser.submit({ choice: "allow" });
    expect(codeOf((await ask("greenflag:read")).url)).not.toBe("");
    expect((await ask("greenflag:read greenflag:write")).url.pathname).toBe("/consent");
  });

  it("tells the program when the member denies it", async () => {
    const { browser } = await signIn();
    const { url } = await browser.submit({ choice: "deny" });
    expect(url.searchParams.get("error")).toBe("access_denied");
    expect(url.searchParams.has("code")).toBe(false);
  });

  it("lets somebody else of the same browser sign in", async () => {
    await addInterviewer(store, "ben@example.test", { timezone: "" });
    const { browser } = await signIn();
    expect((await browser.submit({ choice: "other" })).text).toContain("Your e-mail at work");
    await browser.submit({ email: "ben@example.test" });
    const code = server.codes.get("ben@example.test") ?? "";
    expect((await browser.submit({ email: "ben@example.test", code })).text).toContain(
      "signed in as ben@example.test",
    );
  });

  it.each(["https://evil.example", "null", "http://127.0.0.1:1"])(
    "refuses a consent that was sent from %s",
    async (origin) => {
      const { browser, shown } = await signIn();
      const forged = await browser.submit({ choice: "allow" }, origin);
      expect(forged.status).toBe(403);
      const asked = await browser.go(shown.url);
      expect(asked.text).toContain("Let this program act for you?");
    },
  );

  it("refuses a consent for an address that was changed on the way", async () => {
    const { browser, shown } = await signIn();
    const changed = new URL(shown.url);
    changed.searchParams.set("redirect_uri", "https://evil.example/callback");
    const there = await browser.go(changed);
    expect(there.text).toContain("This sign-in is over");
    expect(there.text).not.toContain("evil.example");
  });

  it.each([
    ["a letter more", `${CALLBACK}k`],
    ["a slash more", `${CALLBACK}/`],
    ["a query", `${CALLBACK}?x`],
    ["another case", CALLBACK.replace("callback", "Callback")],
    ["https", CALLBACK.replace("http:", "https:")],
    ["another host", CALLBACK.replace("127.0.0.1", "localhost")],
  ])("refuses a redirect that differs by %s, and goes nowhere", async (_, redirect) => {
    const { shown } = await begin({ redirect_uri: redirect });
    expect(shown.url.pathname).toBe("/sign-in");
    expect(shown.text).toContain("This program cannot be connected");
  });

  it("takes a redirect on the loopback at any port", async () => {
    const { shown } = await begin({ redirect_uri: CALLBACK.replace("7777", "5123") });
    expect(shown.text).toContain("Sign in to Greenflag");
  });

  it.each([
    ["no challenge", { code_challenge: undefined, code_challenge_method: undefined }, "invalid_request"],
    ["a plain challenge", { code_challenge_method: "plain" }, "invalid_request"],
    ["a scope of nobody", { scope: "greenflag:admin" }, "invalid_scope"],
    ["another server as resource", { resource: "https://other.example/mcp" }, "invalid_target"],
  ])("tells the program what is wrong with %s", async (_, more, error) => {
    const { shown } = await begin(more);
    expect(shown.url.href).toMatch(/^http:\/\/127\.0\.0\.1:7777\/callback/);
    expect(shown.url.searchParams.get("error")).toBe(error);
  });

  it("makes tokens for this server where a program names none", async () => {
    const { program, code } = await connect(EMAIL, { resource: undefined });
    const { answer } = await exchange(program, code);
    expect((await callMcp(answer.access_token)).status).toBe(200);
  });

  it("takes a code once, with its own verifier, address and program", async () => {
    const first = await connect();
    expect((await exchange(first.program, first.code)).status).toBe(200);
    expect(await exchange(first.program, first.code)).toMatchObject({ answer: { error: "invalid_grant" } });
    const wrong: Record<string, string>[] = [
      { code_verifier: "x".repeat(43) },
      { redirect_uri: `${CALLBACK}k` },
      { client_id: "nobody" },
    ];
    for (const more of wrong) {
      const { program, code } = await connect();
      expect((await exchange(program, code, more)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it("gives a new refresh token each time, and ends the family when an old one comes back", async () => {
    const { program, code } = await connect();
    const first = (await exchange(program, code)).answer.refresh_token;
    const second = (await refresh(first)).answer.refresh_token;
    expect(second).not.toBe(first);
    // Parallel refreshes of one program get the same answer for half a minute.
    expect((await refresh(first)).answer.refresh_token).toBe(second);
    await server.tables.pool.query(
      `update "oauthRefreshToken" set "rotationReplayExpiresAt" = now() - interval '1 second' where "rotatedAt" is not null`,
    );
    expect(await refresh(first)).toMatchObject({ status: 400, answer: { error: "invalid_grant" } });
    expect(await refresh(second)).toMatchObject({ status: 400, answer: { error: "invalid_grant" } });
  });

  it("gives a refresh token to a program that registered for them and forgot to ask, and to no other", async () => {
    const scope = "greenflag:read greenflag:write";
    const metadata = { redirect_uris: [CALLBACK], grant_types: ["authorization_code", "refresh_token"] };
    const { answer: registered } = await register(server.publicUrl, metadata);
    const forgetful = newProgram(registered.client_id, CALLBACK);
    const browser = browserFor(forgetful);
    await browser.go(authorizeUrl(server.publicUrl, forgetful, { scope }));
    await browser.submit({ email: EMAIL });
    await browser.submit({ email: EMAIL, code: server.codes.get(EMAIL) ?? "" });
    const back = await browser.submit({ choice: "allow" });
    expect((await exchange(forgetful, codeOf(back.url))).answer.refresh_token).toBeDefined();

    const { program, code } = await connect(EMAIL, { scope: "greenflag:read" });
    expect((await exchange(program, code)).answer.refresh_token).toBeUndefined();
  });

  it("keeps no refresh token and no code as it was handed out", async () => {
    const { program, code } = await connect();
    const { answer } = await exchange(program, code);
    const tokens = await server.tables.pool.query(`select t::text as row from "oauthRefreshToken" t`);
    const text = tokens.rows.map(({ row }) => row).join();
    expect(text).not.toContain(answer.refresh_token);
    await (await begin()).browser.submit({ email: EMAIL });
    const waiting = await server.tables.pool.query("select value from verification");
    expect(waiting.rows.map(({ value }) => value).join()).not.toContain(server.codes.get(EMAIL));
  });

  it("answers the same for a member and a stranger until the code is typed, and keeps no stranger", async () => {
    const stranger = "stranger@example.test";
    const pages = await Promise.all(
      [EMAIL, stranger].map(async (email) => {
        const { text, status } = await (await begin()).browser.submit({ email });
        return { status, text: text.replaceAll(email, "E").replaceAll(/nonce="[^"]+"/g, "") };
      }),
    );
    expect(pages[1]).toEqual(pages[0]);
    const { browser } = await begin();
    await browser.submit({ email: stranger });
    const wrong = await browser.submit({ email: stranger, code: "00000000" });
    expect(wrong.text).not.toContain("No member");
    const told = await browser.submit({ email: stranger, code: server.codes.get(stranger) ?? "" });
    expect(told.text).toContain("No member here has this e-mail");
    const kept = await server.tables.pool.query(`select 1 from "user" where email = $1`, [stranger]);
    expect(kept.rowCount).toBe(0);
  });

  it("takes the newest code only, and gives up after five wrong ones", async () => {
    const { browser } = await begin();
    const email = "ben@example.test";
    await browser.submit({ email });
    const older = server.codes.get(email) ?? "";
    await browser.submit({ email });
    const newest = server.codes.get(email) ?? "";
    expect((await browser.submit({ email, code: older })).status).toBe(400);
    for (const digit of "1234")
      expect((await browser.submit({ email, code: digit.repeat(8) })).text).toContain("not the newest code");
    expect((await browser.submit({ email, code: newest })).text).toContain("Too many wrong codes");
  });

  it("sends five codes in ten minutes to one address", async () => {
    const { browser } = await begin();
    const email = "flood@example.test";
    for (let sent = 0; sent < 5; sent += 1) expect((await browser.submit({ email })).status).toBe(200);
    expect((await browser.submit({ email })).text).toContain("Too many codes were asked for");
  });

  it.each(["", "ada", "a@b@c", `${"x".repeat(300)}@example.test`])(
    "asks again for an e-mail instead of %s",
    async (email) => {
      const { browser } = await begin();
      expect((await browser.submit({ email })).text).toContain("Type an e-mail address");
    },
  );

  it("gives a removed member nothing more", async () => {
    const email = "leaving@example.test";
    await addInterviewer(store, email, { timezone: "" });
    const { program, code } = await connect(email);
    const other = await connect(email);
    const { answer } = await exchange(program, code);
    expect((await callMcp(answer.access_token)).status).toBe(200);
    await store.write(never, async (tx) => {
      const member = await findMember(tx, store.workspaceId, email);
      await saveMember(tx, store.workspaceId, member?.id ?? "", { removedAt: new Date() });
    });
    expect((await callMcp(answer.access_token)).status).toBe(403);
    expect(await refresh(answer.refresh_token)).toMatchObject({
      status: 400,
      answer: { error: "invalid_grant" },
    });
    expect(await exchange(other.program, other.code)).toMatchObject({ answer: { error: "invalid_grant" } });
    expect((await signIn(email)).shown.text).toContain("No member here has this e-mail");
  });

  it("ends every access token, refresh token and session of somebody who is signed out", async () => {
    const { program, browser, code } = await connect();
    const { answer } = await exchange(program, code);
    expect((await callMcp(answer.access_token)).status).toBe(200);
    await store.write(never, async (tx) => {
      const member = await findMember(tx, store.workspaceId, EMAIL);
      await saveMember(tx, store.workspaceId, member?.id ?? "", { signedOutAt: new Date() });
    });
    const firstAdmin = async () => ({ email: EMAIL, name: "Ada" });
    const { databaseUrl } = server;
    const beside = await openStore({ databaseUrl, directory: "", command: "test", firstAdmin });
    await beside.write(never, (tx) => forgetSignIns(tx, EMAIL));
    await beside.close();
    expect((await callMcp(answer.access_token)).status).toBe(401);
    expect(await refresh(answer.refresh_token)).toMatchObject({
      status: 400,
      answer: { error: "invalid_grant" },
    });
    const shown = await browser.go(authorizeUrl(server.publicUrl, program));
    expect(shown.text).toContain("Your e-mail at work");
  });

  it("says where sign-in begins to whoever comes by without a program", async () => {
    const { text } = await openBrowser(() => false).go(`${server.publicUrl}/sign-in`);
    expect(text).toContain(`${server.publicUrl}/mcp`);
  });

  it("ignores the host that a request names", async () => {
    const response = await fetch(`${server.publicUrl}/.well-known/oauth-authorization-server`, {
      headers: {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        forwarded: "host=evil.example",
      },
    });
    expect(await response.text()).not.toContain("evil.example");
  });
});
