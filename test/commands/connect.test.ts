import { describe, expect, it } from "vitest";
import {
  type Connection,
  connectLines,
  mcpAddress,
  ownAddress,
  toServerLines,
} from "../../src/commands/connect/connect.ts";
import { HOSTS } from "../../src/commands/connect/hosts.ts";
import { readHandedOn } from "../../src/config.ts";

const linux: Connection = {
  machine: { platform: "linux", home: "/home/ada", appData: undefined },
  program: { command: "/opt/node 20/bin/node", args: ["/srv/green flag/dist/cli.js"], env: {} },
  url: "http://127.0.0.1:3130/mcp",
  databaseServer: false,
};
const withEnv: Connection = {
  ...linux,
  program: {
    ...linux.program,
    env: { GREENFLAG_DATA_DIR: "/data/it's", GREENFLAG_MEMBER: "ada@example.test" },
  },
};

const textOf = (name: string, connection: Connection) => connectLines(name, connection).join("\n");
/** The JSON blocks that are printed: how the host starts the server, and how it reaches one that runs. */
const blocksOf = (name: string, connection: Connection) =>
  connectLines(name, connection)
    .filter((line) => line.startsWith("{"))
    .map((block): unknown => JSON.parse(block));

const started = { command: "/opt/node 20/bin/node", args: ["/srv/green flag/dist/cli.js"] };

describe("connect", () => {
  it.each([
    ["claude-desktop", "mcpServers", started],
    ["claude-code", "mcpServers", { type: "stdio", ...started }],
    ["vscode", "servers", { type: "stdio", ...started }],
    ["cursor", "mcpServers", started],
    ["gemini", "mcpServers", started],
  ])(
    "gives %s a block of JSON with this machine's paths, and no variable that is not set",
    (name, key, server) => {
      expect(blocksOf(name, linux)[0]).toEqual({ [key]: { greenflag: server } });
      const { env } = withEnv.program;
      expect(blocksOf(name, withEnv)[0]).toEqual({ [key]: { greenflag: { ...server, env } } });
    },
  );

  it("gives codex a table of TOML", () => {
    expect(textOf("codex", withEnv)).toContain(
      [
        "[mcp_servers.greenflag]",
        'command = "/opt/node 20/bin/node"',
        'args = ["/srv/green flag/dist/cli.js"]',
        "",
        "[mcp_servers.greenflag.env]",
        'GREENFLAG_DATA_DIR = "/data/it\'s"',
        'GREENFLAG_MEMBER = "ada@example.test"',
      ].join("\n"),
    );
    expect(textOf("codex", linux)).not.toContain("greenflag.env");
  });

  it.each([
    ["linux", "claude-desktop", "/home/ada/.config/Claude/claude_desktop_config.json"],
    ["darwin", "claude-desktop", "/home/ada/Library/Application Support/Claude/claude_desktop_config.json"],
    ["linux", "vscode", "/home/ada/.config/Code/User/mcp.json"],
    ["darwin", "vscode", "/home/ada/Library/Application Support/Code/User/mcp.json"],
    ["linux", "claude-code", "/home/ada/.claude.json"],
    ["darwin", "cursor", "/home/ada/.cursor/mcp.json"],
    ["linux", "codex", "/home/ada/.codex/config.toml"],
    ["linux", "gemini", "/home/ada/.gemini/settings.json"],
  ] as const)("says where it goes on %s for %s", (platform, name, file) => {
    const connection = { ...linux, machine: { ...linux.machine, platform } };
    expect(connectLines(name, connection)[0]).toBe(`${HOSTS[name].title}: put this into ${file}`);
  });

  it("finds the files of Windows", () => {
    const machine = { platform: "win32", home: "C:\\Users\\Ada", appData: "D:\\Roaming" } as const;
    const first = (name: string, appData: string | undefined) =>
      connectLines(name, { ...linux, machine: { ...machine, appData } })[0];
    expect(first("claude-desktop", "D:\\Roaming")).toContain(
      "D:\\Roaming\\Claude\\claude_desktop_config.json",
    );
    expect(first("vscode", undefined)).toContain("C:\\Users\\Ada\\AppData\\Roaming\\Code\\User\\mcp.json");
    expect(first("cursor", undefined)).toContain("C:\\Users\\Ada\\.cursor\\mcp.json");
  });

  it("reaches a server that runs already, for Claude Desktop through a bridge", () => {
    const url = "http://127.0.0.1:3130/mcp";
    const running = (name: string) => blocksOf(name, linux)[1];
    expect(running("claude-desktop")).toEqual({
      mcpServers: { greenflag: { command: "npx", args: ["-y", "mcp-remote", url] } },
    });
    expect(textOf("claude-desktop", linux)).toMatch(/mcp-remote, which npx fetches from npm/);
    expect(running("claude-code")).toEqual({ mcpServers: { greenflag: { type: "http", url } } });
    expect(running("vscode")).toEqual({ servers: { greenflag: { type: "http", url } } });
    expect(running("cursor")).toEqual({ mcpServers: { greenflag: { url } } });
    expect(running("gemini")).toEqual({ mcpServers: { greenflag: { httpUrl: url } } });
    expect(textOf("codex", linux)).toContain(`[mcp_servers.greenflag]\nurl = "${url}"`);
  });

  it("gives Claude Code's own command, with variables and quotes where they are needed", () => {
    expect(connectLines("claude-code", withEnv)).toContain(
      "claude mcp add --env 'GREENFLAG_DATA_DIR=/data/it'\\''s' --env GREENFLAG_MEMBER=ada@example.test " +
        "--scope user greenflag -- '/opt/node 20/bin/node' '/srv/green flag/dist/cli.js'",
    );
  });

  it("says that a database server's address was left out, and that npx's cache may be emptied", () => {
    expect(textOf("cursor", linux)).not.toMatch(/DATABASE_URL|cache/);
    expect(textOf("cursor", { ...linux, databaseServer: true })).toMatch(
      /DATABASE_URL is set here and left out/,
    );
    expect(textOf("cursor", { ...linux, cachedPackage: "/home/ada/my files/greenflag-0.1.0.tgz" })).toContain(
      "npm install --global '/home/ada/my files/greenflag-0.1.0.tgz' && greenflag connect cursor",
    );
  });

  it("refuses a host that it does not know, and names those that it knows", () => {
    expect(() => connectLines("emacs", linux)).toThrow(/emacs/);
    expect(() => connectLines("toString", linux)).toThrow(/toString/);
  });

  it("hands on the data directory as an absolute path and the member, and no more", () => {
    expect(readHandedOn({ GREENFLAG_DATA_DIR: "", HOME: "/home/ada", GITHUB_TOKEN: "secret" }).env).toEqual(
      {},
    );
    expect(readHandedOn({ GREENFLAG_DATA_DIR: "/data/../own", GREENFLAG_MEMBER: "a@b.test" }).env).toEqual({
      GREENFLAG_DATA_DIR: "/own",
      GREENFLAG_MEMBER: "a@b.test",
    });
  });

  describe("to a server elsewhere", () => {
    const { machine } = linux;
    const url = "https://hiring.example.test/mcp";
    const lines = (name: string, more: { url?: string; token?: string } = {}) =>
      toServerLines(name, { machine, url, ...more });
    const block = (name: string, more = {}): unknown =>
      JSON.parse(lines(name, more).find((line) => line.startsWith("{")) ?? "");
    const headers = { Authorization: "Bearer YOUR_TOKEN" };

    it.each([
      ["claude-code", "mcpServers", { type: "http", url, headers }],
      ["vscode", "servers", { type: "http", url, headers }],
      ["cursor", "mcpServers", { url, headers }],
      ["gemini", "mcpServers", { httpUrl: url, headers }],
    ])("gives %s the header in its own form, and says where the token is from", (name, key, server) => {
      expect(block(name)).toEqual({ [key]: { greenflag: server } });
      expect(lines(name).join("\n")).toMatch(/In place of YOUR_TOKEN .*greenflag token add EMAIL/);
    });

    it("gives codex a table and Claude Code its own command", () => {
      expect(lines("codex").join("\n")).toContain(
        `[mcp_servers.greenflag]\nurl = "${url}"\nhttp_headers = { Authorization = "Bearer YOUR_TOKEN" }`,
      );
      expect(lines("claude-code")).toContain(
        `claude mcp add --scope user --transport http greenflag ${url} --header 'Authorization: Bearer YOUR_TOKEN'`,
      );
    });

    it("puts a bridge before Claude Desktop, which takes the header without a space and http only when told", () => {
      const bridged = (address: string) => ({
        mcpServers: {
          greenflag: {
            command: "npx",
            args: [
              ...["-y", "mcp-remote", address, ...(address.startsWith("http://10.") ? ["--allow-http"] : [])],
              ...["--header", `Authorization:$${"{GREENFLAG_AUTHORIZATION}"}`],
            ],
            env: { GREENFLAG_AUTHORIZATION: "Bearer YOUR_TOKEN" },
          },
        },
      });
      for (const address of [url, "http://10.0.0.7:3130/mcp", "http://127.0.0.1:3130/mcp"])
        expect(block("claude-desktop", { url: address })).toEqual(bridged(address));
      expect(lines("claude-desktop").join("\n")).toMatch(
        /neither an address nor a header.*mcp-remote.*connectors/s,
      );
    });

    it("puts a token in where one is given", () => {
      const token = ["greenflag", "x"].join("_");
      expect(block("cursor", { token })).toEqual({
        mcpServers: { greenflag: { url, headers: { Authorization: `Bearer ${token}` } } },
      });
      expect(lines("cursor", { token }).join("\n")).not.toContain("YOUR_TOKEN");
    });

    it.each([
      "",
      "hiring.example.test/mcp",
      "ftp://a/mcp",
      "https://a/",
      "https://a/mcp/",
      "https://a/mcp?token=x",
    ])("refuses the address %j, and says what one looks like", (address) => {
      expect(() => mcpAddress(address)).toThrow(/^--url: /);
    });

    it("knows a server's own address, also under IPv6, and of a server on every address the machine's name", () => {
      expect(mcpAddress(url)).toBe(url);
      expect(ownAddress({ host: "::1", port: 3130 })).toBe("http://[::1]:3130/mcp");
      expect(ownAddress({ host: "10.0.0.7", port: 80 })).toBe("http://10.0.0.7:80/mcp");
      expect(ownAddress({ host: "0.0.0.0", port: 3130 })).not.toContain("0.0.0.0");
      const publicUrl = "https://hiring.example.test";
      expect(ownAddress({ host: "0.0.0.0", port: 3130, publicUrl })).toBe(url);
    });
  });
});
