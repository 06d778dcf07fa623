import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { useDatabase } from "../support/database.ts";
import {
  authorizeUrl,
  browserFor,
  newProgram,
  register,
  type SignInServer,
  startSignInServer,
} from "../support/sign-in-server.ts";

const CALLBACK = "https://host.example/callback";

describe.skipIf(inject("databaseUrl") === undefined)("what strangers send to the sign-in", () => {
  const database = useDatabase();
  let server: SignInServer;
  beforeAll(async () => {
    server = await startSignInServer(await database.workspace());
  });
  afterAll(() => server.close());
  beforeEach(() => server.waitAnHour());

  async function begin(client_name: string) {
    const { answer } = await register(server.publicUrl, { client_name, redirect_uris: [CALLBACK] });
    const program = newProgram(answer.client_id, CALLBACK);
    const browser = browserFor(program);
    return { browser, shown: await browser.go(authorizeUrl(server.publicUrl, program)) };
  }

  it("as the name of a program is shown as one line of letters that are seen", async () => {
    const named = async (name: string) => (await begin(name)).shown.text;
    expect(await named("Claude\u202egpj.exe\u200b")).toContain('<strong dir="auto">Claudegpj.exe</strong>');
    expect(await named("\u2066\u200b")).toContain("A program without a name");
    expect((await named("x".repeat(10_000))).length).toBeLessThan(5_000);
    expect(await named("<script>alert(1)</script>")).not.toContain("<script>alert");
  });

  it("is answered without a defect where a NUL stands in it", async () => {
    const post = (path: string, type: string, body: string) =>
      fetch(server.publicUrl + path, { method: "POST", headers: { "content-type": type }, body });
    const described = { client_name: "a\0b", redirect_uris: [CALLBACK] };
    const form = "application/x-www-form-urlencoded";
    const answers = await Promise.all([
      post("/auth/oauth2/register", "application/json", JSON.stringify(described)),
      post("/auth/oauth2/token", form, "grant_type=refresh_token&refresh_token=%00&client_id=%00"),
      fetch(`${server.publicUrl}/auth/oauth2/authorize?client_id=%00`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    const { browser } = await begin("Test");
    expect((await browser.submit({ email: "a\0da@example.test" })).status).toBe(200);
    expect([...server.codes.keys()]).toEqual(["ada@example.test"]);
  });

  it("as an error is told in our own words, whatever its name", async () => {
    for (const error of ["__proto__", "constructor", "toString", "<b>"]) {
      const shown = await fetch(`${server.publicUrl}/sign-in?${new URLSearchParams({ error })}`);
      expect([shown.status, await shown.text()]).toEqual([403, expect.stringContaining("did not work")]);
    }
  });

  it("is written by the library to no console where the database fails", async () => {
    const written = vi.spyOn(console, "error").mockImplementation(() => {});
    const connect = vi.spyOn(server.tables.pool, "connect").mockImplementation(() => {
      throw new Error("canary");
    });
    const { status, answer } = await register(server.publicUrl, { redirect_uris: [CALLBACK] });
    connect.mockRestore();
    expect([status, answer]).toEqual([500, { error: "server_error" }]);
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
  });
});
