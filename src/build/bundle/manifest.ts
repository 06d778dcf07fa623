import { readFileSync } from "node:fs";
import type { Tool } from "../../mcp/tool.ts";
import { tools } from "../../mcp/tools/index.ts";

type Option = {
  readonly type: "string" | "directory";
  readonly title: string;
  readonly description: string;
  readonly sensitive?: true;
};

/** What a person is asked when they install the file, by the variable that it sets. */
const OPTIONS: Readonly<Record<string, Option>> = {
  GITHUB_TOKEN: {
    type: "string",
    title: "GitHub token",
    description: "To read private repositories and pull requests. Public ones are read without.",
    sensitive: true,
  },
  SMTP_URL: {
    type: "string",
    title: "Mail server",
    description:
      "smtps://USER:PASSWORD@HOST:PORT. Without one, a confirmed message is handed over for you to send.",
    sensitive: true,
  },
  GREENFLAG_MEMBER: {
    type: "string",
    title: "Your e-mail",
    description:
      "Under which the record has what you do. Without it: git's address, or this machine's user name.",
  },
  GREENFLAG_COMPANY: {
    type: "string",
    title: "Company",
    description: "What your company is called in messages to candidates.",
  },
  GREENFLAG_DATA_DIR: {
    type: "directory",
    title: "Data directory",
    description:
      "A folder of its own for the database. Without one, in the place that this system has for a program's data.",
  },
};

const firstSentence = ({ description }: Tool): string =>
  /^.*?[.](?=\s|$)/s.exec(description)?.[0] ?? description;

/** What Claude Desktop reads of the file: how the program is started, and what the person is asked (manifest 0.3). */
export function manifest(): object {
  const { name, version, description, license, keywords } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  ) as Record<string, unknown>;
  const entries = Object.entries(OPTIONS);
  return {
    manifest_version: "0.3",
    name,
    display_name: "Greenflag",
    version,
    description,
    author: { name: "The Greenflag authors" },
    server: {
      type: "node",
      entry_point: "dist/cli.js",
      mcp_config: {
        command: "node",
        args: [`\${__dirname}/dist/cli.js`],
        env: Object.fromEntries(
          entries.map(([variable]) => [variable, `\${user_config.${variable.toLowerCase()}}`]),
        ),
      },
    },
    tools: tools.map((tool) => ({ name: tool.name, description: firstSentence(tool) })),
    prompts_generated: true,
    keywords,
    license,
    compatibility: { platforms: ["darwin", "win32", "linux"], runtimes: { node: ">=20.19" } },
    // An empty answer counts as none: without a default the host would hand on the name of the question.
    user_config: Object.fromEntries(
      entries.map(([variable, option]) => [
        variable.toLowerCase(),
        { ...option, required: false, default: "" },
      ]),
    ),
  };
}
