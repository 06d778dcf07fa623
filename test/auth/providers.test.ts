import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { openBrowser } from "../support/browsing.ts";
import { useDatabase } from "../support/database.ts";
import { CLIENT, type SignInProviderServer, startSignInProvider } from "../support/sign-in-provider.ts";
import {
  authorizeUrl,
  codeOf,
  newProgram,
  register,
  type SignInServer,
  startSignInServer,
} from "../support/sign-in-server.ts";
import { addInterviewer } from "../support/team.ts";

const CALLBACK = "http://127.0.0.1:7777/callback";
const IDS = ["google", "company", "github"] as const;

describe.skipIf(inject("databaseUrl") === undefined)("signing in at somebody else's", () => {
  const database = useDatabase();
  let provider: SignInProviderServer;
  let store: Store;
  let server: SignInServer;
  let clientId: string;
  beforeAll(async () => {
    provider = await startSignInProvider();
    store = await database.workspace();
    const { url } = provider;
    server = await startSignInServer(store, {
      providers: [
        { id: "google", name: "Google", issuer: url, ...CLIENT },
        { id: "company", name: "Acme & Co", issuer: `${url}/`, ...CLIENT },
        { id: "github", name: "GitHub", github: { url, apiUrl: `${url}/api` }, ...CLIENT },
      ],
    });
    clientId = (await register(server.publicUrl, { client_name: "Test", redirect_uris: [CALLBACK] })).answer
      .client_id;
  });
  afterAll(async () => {
    await server.close();
    await provider.close();
  });
  beforeEach(() => {
    provider.fault = undefined;
    provider.person = { sub: "u-1", email: "ada@example.test", email_verified: true };
  });

  async function signInAt(id: string) {
    const program = newProgram(clientId, CALLBACK);
    const browser = openBrowser((url) => url.port === "7777");
    const page = await browser.go(authorizeUrl(server.publicUrl, program));
    return { browser, page, shown: await browser.submit({ provider: id }) };
  }

  it.each(IDS)("lets a member in whose e-mail is verified at %s", async (id) => {
    const { browser, page, shown } = await signInAt(id);
    expect(page.text).toContain("Sign in with Acme &amp; Co");
    expect(shown.text).toContain("signed in as ada@example.test");
    expect(codeOf((await browser.submit({ choice: "allow" })).url)).not.toBe("");
  });

  it.each(
    IDS.flatMap((id) => [false, undefined, "true"].map((said) => [id, said] as const)).filter(
      ([id, said]) => id !== "github" || said === false,
    ),
  )("refuses an e-mail that %s does not call verified (%s)", async (id, said) => {
    await addInterviewer(store, "new@example.test", { timezone: "" });
    provider.person = { sub: "u-2", email: "new@example.test", email_verified: said };
    const { shown } = await signInAt(id);
    expect(shown.text).toContain("Your e-mail is not verified there");
  });

  it.each(IDS)("tells whoever is no member, and keeps nothing of them (%s)", async (id) => {
    provider.person = { sub: "u-3", email: "stranger@example.test", email_verified: true };
    const { shown } = await signInAt(id);
    expect(shown.text).toContain("No member here has this e-mail");
    expect(
      (await server.tables.pool.query(`select 1 from "user" where email like 'stranger%'`)).rowCount,
    ).toBe(0);
  });

  it("refuses an account that now has another member's e-mail", async () => {
    await addInterviewer(store, "ben@example.test", { timezone: "" });
    provider.person = { sub: "u-4", email: "ben@example.test", email_verified: true };
    await signInAt("company");
    provider.person = { sub: "u-4", email: "ada@example.test", email_verified: true };
    expect((await signInAt("company")).shown.text).toContain("Your e-mail changed there");
  });

  it("keeps nothing that a provider handed out", async () => {
    await signInAt("google");
    const { rows } = await server.tables.pool.query(
      `select "accessToken", "refreshToken", "idToken" from account`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(Object.values(row)).toEqual([null, null, null]);
  });

  it.each([
    ["declined", "You did not sign in"],
    ["another nonce", "The sign-in did not work"],
    ["another audience", "The sign-in did not work"],
    ["silent", "does not answer"],
  ] as const)("says what is the matter when the provider is %s", async (fault, words) => {
    const other = await startSignInServer(store, {
      providers: [{ id: "company", name: "Acme", issuer: provider.url, ...CLIENT }],
    });
    provider.fault = fault;
    const { answer } = await register(other.publicUrl, { client_name: "Test", redirect_uris: [CALLBACK] });
    const browser = openBrowser((url) => url.port === "7777");
    const begin = () => browser.go(authorizeUrl(other.publicUrl, newProgram(answer.client_id, CALLBACK)));
    await begin();
    expect((await browser.submit({ provider: "company" })).text).toContain(words);
    provider.fault = undefined;
    await begin();
    expect((await browser.submit({ provider: "company" })).text).toContain("signed in as ada@example.test");
    await other.close();
  });

  it("refuses an answer that another browser began", async () => {
    const program = newProgram(clientId, CALLBACK);
    const victim = openBrowser((url) => url.port === "7777");
    const attacker = openBrowser((url) => url.port === "7777" || url.pathname.startsWith("/auth/callback"));
    await attacker.go(authorizeUrl(server.publicUrl, program));
    const { url } = await attacker.submit({ provider: "company" });
    expect(url.pathname).toBe("/auth/callback/company");
    const shown = await victim.go(url);
    expect(shown.text).toContain("The sign-in did not work");
    expect(victim.cookies(server.publicUrl).size).toBe(0);
  });

  it("knows no provider that is not set up", async () => {
    const { shown } = await signInAt("apple");
    expect(shown.text).toContain("Your e-mail at work");
    expect(
      (await fetch(`${server.publicUrl}/auth/callback/apple?code=1&state=2`, { redirect: "manual" })).status,
    ).toBe(303);
  });
});
