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
    };
    expect(readConfig(env)).toMatchObject({
      member: "ada@example.com",
      toolsets: ["roles", "candidates"],
      readOnly: true,
      port: 0,
      company: "Söhne & Co.",
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
  ])("names %s when it is wrong, and never its value", (name, value) => {
    const attempt = () => readConfig({ [name]: value });
    expect(attempt).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringContaining(name) }),
    );
    expect(attempt).not.toThrow(/s3cret|passwd/);
  });
});
