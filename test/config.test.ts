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

  it("reads what is set", () => {
    const env = {
      GREENFLAG_MEMBER: "Ada@Example.com",
      GREENFLAG_TOOLSETS: "roles, candidates",
      GREENFLAG_READ_ONLY: "1",
      GREENFLAG_PORT: "0",
      GREENFLAG_COMPANY: " Söhne & Co. ",
      GREENFLAG_PUBLIC_URL: "https://hire.example.test/",
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
    ["GREENFLAG_PUBLIC_URL", "http://s3cret.example.test"],
    ["GREENFLAG_PUBLIC_URL", "https://hire.example.test/s3cret"],
    ["GREENFLAG_PORT", "99999"],
    ["GREENFLAG_MEMBER", "s3cret"],
    ["GREENFLAG_CONFIRM", "s3cret"],
    ["GREENFLAG_LOG", "s3cret"],
    ["GREENFLAG_COMPANY", "Acme\nBcc: s3cret"],
    ["GREENFLAG_COMPANY", "s3cret".repeat(20)],
    ["GITHUB_API_URL", "file:///etc/passwd"],
  ])("names %s when it is wrong, and never its value", (name, value) => {
    const attempt = () => readConfig({ [name]: value });
    expect(attempt).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringContaining(name) }),
    );
    expect(attempt).not.toThrow(/s3cret|passwd/);
  });
});
