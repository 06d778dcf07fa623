/** How a host writes down a server that it starts, and one that runs already. */
type Format =
  /** JSON: servers by name under `key`, each with `stdio` beside its command and with `http` beside its address. */
  | { readonly as: "json"; readonly key: string; readonly stdio: object; readonly http: Http }
  /** TOML: one table a server. */
  | { readonly as: "toml"; readonly table: string };

/** How an address is written down; a host that takes none is told to start a bridge to it. */
type Http = { readonly address: string; readonly beside: object } | "bridge";

/** A file of the user: below the home directory, or below the directory for settings that the system has. */
type File = { readonly below: "home" | "settings"; readonly path: readonly string[] };

export type Host = {
  readonly title: string;
  readonly file: File;
  readonly format: Format;
  /** What makes the host read the file. */
  readonly reload: string;
  /** The command of the host itself that does the same, up to the name of the server. */
  readonly command?: readonly string[];
};

const json = (key: string, stdio: object, http: Http): Format => ({ as: "json", key, stdio, http });

export const HOSTS = {
  "claude-desktop": {
    title: "Claude Desktop",
    file: { below: "settings", path: ["Claude", "claude_desktop_config.json"] },
    format: json("mcpServers", {}, "bridge"),
    reload: "quit Claude Desktop and open it again",
  },
  "claude-code": {
    title: "Claude Code",
    file: { below: "home", path: [".claude.json"] },
    format: json("mcpServers", { type: "stdio" }, { address: "url", beside: { type: "http" } }),
    reload: "start claude again; /mcp shows the server",
    command: ["claude", "mcp", "add", "--scope", "user"],
  },
  vscode: {
    title: "VS Code",
    file: { below: "settings", path: ["Code", "User", "mcp.json"] },
    format: json("servers", { type: "stdio" }, { address: "url", beside: { type: "http" } }),
    reload: "choose Start above the server in that file",
  },
  cursor: {
    title: "Cursor",
    file: { below: "home", path: [".cursor", "mcp.json"] },
    format: json("mcpServers", {}, { address: "url", beside: {} }),
    reload: "switch the server on under MCP in Cursor's settings",
  },
  codex: {
    title: "Codex",
    file: { below: "home", path: [".codex", "config.toml"] },
    format: { as: "toml", table: "mcp_servers" },
    reload: "start codex again; /mcp shows the server",
  },
  gemini: {
    title: "Gemini CLI",
    file: { below: "home", path: [".gemini", "settings.json"] },
    format: json("mcpServers", {}, { address: "httpUrl", beside: {} }),
    reload: "start gemini again; /mcp shows the server",
  },
} as const satisfies Record<string, Host>;
