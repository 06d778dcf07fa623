import { describe, expect, it } from "vitest";
import { isLoopback, mendRegistration, programName } from "../../src/auth/registration.ts";

const CURSOR = {
  client_name: "Cursor",
  redirect_uris: [
    "http://localhost:8787/callback",
    "https://www.cursor.com/agents/mcp/oauth/callback",
    "cursor://anysphere.cursor-mcp/oauth/callback",
  ],
  token_endpoint_auth_method: "none",
};

describe("mendRegistration", () => {
  it("drops addresses of a scheme of the program's own, and calls it native", () => {
    expect(mendRegistration(CURSOR)).toEqual({
      ...CURSOR,
      redirect_uris: CURSOR.redirect_uris.slice(0, 2),
      application_type: "native",
    });
  });

  it("leaves a single address of its own scheme for the library to refuse", () => {
    const only = { ...CURSOR, redirect_uris: ["cursor://anysphere.cursor-mcp/oauth/callback"] };
    expect(mendRegistration(only)).toEqual(only);
  });

  it("drops http elsewhere, and calls a program on the web nothing", () => {
    const web = {
      redirect_uris: ["http://host.example/cb", "https://host.example/cb"],
      token_endpoint_auth_method: "none",
    };
    expect(mendRegistration(web)).toEqual({ ...web, redirect_uris: ["https://host.example/cb"] });
  });

  it("keeps what a program says of itself", () => {
    const said = {
      redirect_uris: ["http://localhost/cb"],
      application_type: "web",
      token_endpoint_auth_method: "client_secret_post",
    };
    expect(mendRegistration(said)).toEqual(said);
  });

  it("drops grants that there are not, unless no other is named", () => {
    const device = "urn:ietf:params:oauth:grant-type:device_code";
    expect(mendRegistration({ grant_types: ["authorization_code", device] })).toMatchObject({
      grant_types: ["authorization_code"],
    });
    expect(mendRegistration({ grant_types: [device] })).toMatchObject({ grant_types: [device] });
  });

  it.each([null, 7, "text", [], { redirect_uris: "https://host.example" }, { redirect_uris: [7] }])(
    "leaves %j for the library to refuse",
    (body) => {
      expect(mendRegistration(body)).toBe(body);
    },
  );
});

describe("isLoopback", () => {
  it.each(["http://localhost/", "http://127.0.0.1:80/a", "http://[::1]:9/"])("knows %s", (uri) => {
    expect(isLoopback(uri)).toBe(true);
  });

  it.each([
    "https://localhost/",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/",
    "http://evil.example/?localhost",
    "cursor://localhost/",
    "localhost",
  ])("does not take %s for one", (uri) => {
    expect(isLoopback(uri)).toBe(false);
  });
});

describe("programName", () => {
  it.each([
    ["Claude", "Claude"],
    ["  Claude\n\n Desktop ", "Claude Desktop"],
    ["Claude\u202egpj.exe", "Claudegpj.exe"],
    ["\u2066\u2067Cur\u200bsor\u0000\u2069", "Cursor"],
    ["<b>Claude</b>", "<b>Claude</b>"],
    ["", "A program without a name"],
    [" \u200b\u2063\u3164\u2800", "A program without a name"],
  ])("shows %j as %j", (said, shown) => {
    expect(programName(said)).toBe(shown);
  });

  it("cuts a name that fills the page", () => {
    expect(programName("x".repeat(10_000))).toBe(`${"x".repeat(79)}…`);
  });
});
