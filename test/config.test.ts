import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

describe("readConfig", () => {
  it("has a default for everything", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      databaseUrl: undefined,
      host: "127.0.0.1",
      port: 3130,
      confirm: "code",
      readOnly: false,
    });
    expect(config.dataDir).toMatch(/greenflag/);
  });

  it("takes an empty variable as not set", () => {
    expect(readConfig({ DATABASE_URL: "", GREENFLAG_READ_ONLY: "", GREENFLAG_PORT: "" })).toMatchObject({
      databaseUrl: undefined,
      port: 3130,
    });
  });

  it("takes a question that Claude Desktop left open as not set", () => {
    const unanswered = (key: string) => `\${user_config.${key}}`;
    const open = { SMTP_URL: unanswered("smtp_url"), GREENFLAG_COMPANY: unanswered("greenflag_company") };
    expect(readConfig(open)).toMatchObject({ smtpUrl: undefined, company: undefined });
  });

  it.each([
    ["https://hiring.example.com", "https://id.example.com/realms/acme"],
    ["https://hiring.example.com:8443", "https://acme.id.example.com/"],
    ["http://127.0.0.1:3130", "http://localhost:9000"],
    ["http://[::1]:3130", "http://127.0.0.1:9000"],
  ])(
    "takes a public address and an issuer as they are: %s, %s",
    (GREENFLAG_PUBLIC_URL, GREENFLAG_OIDC_ISSUER) => {
      expect(readConfig({ GREENFLAG_PUBLIC_URL, GREENFLAG_OIDC_ISSUER })).toMatchObject({
        publicUrl: GREENFLAG_PUBLIC_URL,
        oidcIssuer: GREENFLAG_OIDC_ISSUER,
      });
    },
  );

  it("reads what is set", () => {
    const env = {
      GREENFLAG_MEMBER: "Ada@Example.com",
      GREENFLAG_TOOLSETS: "roles, candidates",
      GREENFLAG_READ_ONLY: "1",
      GREENFLAG_PORT: "0",
      GREENFLAG_COMPANY: " Söhne & Co. ",
      GREENFLAG_PUBLIC_URL: "https://hire.example.test",
    };
    expect(readConfig(env)).toMatchObject({
      member: "ada@example.com",
      toolsets: ["roles", "candidates"],
      readOnly: true,
      port: 0,
      company: "Söhne & Co.",
      publicUrl: "https://hire.example.test",
    });
  });

  it.each([
    ["DATABASE_URL", "mysql://u:s3cret@db/x"],
    ["DATABASE_URL", "s3cret"],
    ["GREENFLAG_PORT", "99999"],
    ["GREENFLAG_MEMBER", "s3cret"],
    ["GREENFLAG_CONFIRM", "s3cret"],
    ["GREENFLAG_LOG", "s3cret"],
    ["SMTP_URL", "s3cret"],
    ["GREENFLAG_COMPANY", "Acme\nBcc: s3cret"],
    ["GREENFLAG_COMPANY", "s3cret".repeat(20)],
    ["GITHUB_API_URL", "file:///etc/passwd"],
    ["GREENFLAG_PUBLIC_URL", "http://s3cret.example.com"],
    ["GREENFLAG_PUBLIC_URL", "https://s3cret.example.com/"],
    ["GREENFLAG_PUBLIC_URL", "https://s3cret.example.com/mcp"],
    ["GREENFLAG_PUBLIC_URL", "https://example.com?s3cret"],
    ["GREENFLAG_PUBLIC_URL", "https://u:s3cret@example.com"],
    ["GREENFLAG_PUBLIC_URL", "https://S3CRET.example.com"],
    ["GREENFLAG_PUBLIC_URL", "s3cret"],
    ["GREENFLAG_OIDC_ISSUER", "http://s3cret.example.com"],
    ["GREENFLAG_OIDC_ISSUER", "https://example.com?s3cret"],
    ["GREENFLAG_OIDC_ISSUER", "https://u:s3cret@example.com"],
    ["GREENFLAG_OIDC_ISSUER", "s3cret"],
    ["GREENFLAG_AUTH_SECRET", "s3cret"],
    ["GREENFLAG_GOOGLE_ISSUER", "http://s3cret.example"],
    ["GREENFLAG_SIGN_IN_OIDC_NAME", "s3cret".repeat(20)],
  ])("names %s when it is wrong, and never its value", (name, value) => {
    const attempt = () => readConfig({ [name]: value });
    expect(attempt).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringContaining(name) }),
    );
    expect(attempt).not.toThrow(/s3cret|passwd/);
  });

  it.each([
    ["GREENFLAG_GOOGLE_CLIENT_ID", "GREENFLAG_GOOGLE_CLIENT_SECRET"],
    ["GREENFLAG_GITHUB_CLIENT_SECRET", "GREENFLAG_GITHUB_CLIENT_ID"],
    ["GREENFLAG_SIGN_IN_OIDC_CLIENT_ID", "GREENFLAG_SIGN_IN_OIDC_CLIENT_SECRET"],
  ])("takes %s only with %s", (name, other) => {
    expect(() => readConfig({ [name]: "s3cret" })).toThrow(
      expect.objectContaining({ message: `The environment is not right. ${other}: must be set too.` }),
    );
  });

  it("takes a sign-in provider with all that belongs to it", () => {
    const client = (name: string) => ({ [`${name}_CLIENT_ID`]: "id", [`${name}_CLIENT_SECRET`]: "s3" });
    const oidc = client("GREENFLAG_SIGN_IN_OIDC");
    expect(() => readConfig(oidc)).toThrow(/GREENFLAG_SIGN_IN_OIDC_ISSUER/);
    const { signInProviders } = readConfig({
      ...client("GREENFLAG_GOOGLE"),
      ...client("GREENFLAG_GITHUB"),
      ...oidc,
      GREENFLAG_SIGN_IN_OIDC_ISSUER: "https://login.acme.example",
      GREENFLAG_SIGN_IN_OIDC_NAME: "Acme",
    });
    const given = { clientId: "id", clientSecret: "s3" };
    const github = { url: "https://github.com", apiUrl: "https://api.github.com" };
    expect(signInProviders).toEqual([
      { id: "google", name: "Google", issuer: "https://accounts.google.com", ...given },
      { id: "github", name: "GitHub", github, ...given },
      { id: "company", name: "Acme", issuer: "https://login.acme.example", ...given },
    ]);
  });
});
