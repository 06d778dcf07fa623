import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { hasBrowser, openBrowser } from "../support/browser.ts";
import { useDatabase } from "../support/database.ts";
import { CLIENT, type SignInProviderServer, startSignInProvider } from "../support/sign-in-provider.ts";
import {
  authorizeUrl,
  newProgram,
  register,
  type SignInServer,
  startSignInServer,
} from "../support/sign-in-server.ts";

const EMAIL = "ada@example.test";

/** A program on the member's computer, which waits for its answer. */
async function startProgram() {
  const answers: URL[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    if (url.pathname === "/callback") answers.push(url);
    response.end("<h1>You can close this page</h1>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { url, answers, close: () => server.close() };
}

describe.skipIf(inject("databaseUrl") === undefined || !hasBrowser)(
  "the pages of sign-in in a real browser",
  () => {
    const database = useDatabase();
    let browser: Browser;
    let provider: SignInProviderServer;
    let server: SignInServer;
    let program: Awaited<ReturnType<typeof startProgram>>;
    let clientId: string;
    beforeAll(async () => {
      [browser, provider, program] = await Promise.all([
        openBrowser(),
        startSignInProvider(),
        startProgram(),
      ]);
      server = await startSignInServer(await database.workspace(), {
        providers: [
          { id: "company", name: "Acme", issuer: provider.url.replace("127.0.0.1", "localhost"), ...CLIENT },
        ],
      });
      const metadata = { client_name: "A program", redirect_uris: [`${program.url}/callback`] };
      clientId = (await register(server.publicUrl, metadata)).answer.client_id;
    });
    afterAll(async () => {
      await browser.close();
      await server.close();
      await provider.close();
      program.close();
    });
    const begin = () => authorizeUrl(server.publicUrl, newProgram(clientId, `${program.url}/callback`)).href;

    it("lead from an e-mail to the program, by keyboard alone, at the width of a phone", async () => {
      const page = await browser.newPage({ viewport: { width: 360, height: 720 } });
      const wrong: string[] = [];
      page.on("console", (message) => wrong.push(message.text()));
      await page.goto(begin());
      await page.keyboard.type(EMAIL);
      await page.keyboard.press("Enter");
      await page.getByText("Code from the e-mail").waitFor();
      await page.keyboard.type(server.codes.get(EMAIL) ?? "");
      await page.keyboard.press("Enter");
      await page.getByText("Let this program act for you?").waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByText("You can close this page").waitFor();
      expect(program.answers.at(-1)?.searchParams.get("code")).toMatch(/\w+/);
      expect(wrong).toEqual([]);
      await page.close();
    });

    it("lead through a provider and back, to a denial", async () => {
      const page = await browser.newPage({ colorScheme: "dark" });
      await page.goto(begin());
      await page.getByRole("button", { name: "Sign in with Acme" }).click();
      await page.getByRole("button", { name: "Deny" }).click();
      await page.getByText("You can close this page").waitFor();
      expect(program.answers.at(-1)?.searchParams.get("error")).toBe("access_denied");
      await page.close();
    });

    it("are shown in no frame, and take no form from elsewhere", async () => {
      const page = await browser.newPage();
      await page.goto(begin());
      const address = page.url();
      await page.goto(program.url);
      await page.setContent(`<iframe src="${address}"></iframe><form method="post" action="${address}">
      <input name="email" value="${EMAIL}"><button>Send</button></form>`);
      server.codes.clear();
      await page.getByRole("button", { name: "Send" }).click();
      await page.waitForURL(address);
      expect(server.codes.size).toBe(0);
      expect(await page.content()).not.toContain("Type the code");
      await page.close();
    });
  },
);
