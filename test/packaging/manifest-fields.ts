import * as z from "zod";

const Option = z.strictObject({
  type: z.enum(["string", "number", "boolean", "directory", "file"]),
  title: z.string(),
  description: z.string(),
  required: z.boolean().optional(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  multiple: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

/** The fields of an .mcpb's manifest, version 0.3, as far as this project uses them. */
export const Manifest = z.strictObject({
  manifest_version: z.literal("0.3"),
  name: z.string(),
  display_name: z.string(),
  version: z.string(),
  description: z.string(),
  author: z.strictObject({ name: z.string() }),
  server: z.strictObject({
    type: z.literal("node"),
    entry_point: z.string(),
    mcp_config: z.strictObject({
      command: z.string(),
      args: z.array(z.string()),
      env: z.record(z.string(), z.string()),
    }),
  }),
  tools: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  prompts_generated: z.boolean(),
  keywords: z.array(z.string()),
  license: z.string(),
  compatibility: z.strictObject({
    platforms: z.array(z.enum(["darwin", "win32", "linux"])),
    runtimes: z.strictObject({ node: z.string() }),
  }),
  user_config: z.record(z.string(), Option),
});
export type Manifest = z.infer<typeof Manifest>;

/** How a host starts the server: its folder and the person's answers put where the manifest names them. */
export function startOf({ server, user_config }: Manifest, folder: string, answers: Record<string, string>) {
  const resolve = (text: string): string =>
    text
      .replaceAll(/\$\{__dirname\}/g, folder)
      .replace(/\$\{user_config\.(\w+)\}/g, (open, key: string) =>
        String(answers[key] ?? user_config[key]?.default ?? open),
      );
  const { command, args, env } = server.mcp_config;
  return {
    command,
    args: args.map(resolve),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, resolve(value)])),
  };
}
