// The floor: what the SDK alone costs with as many tools of the same kind, schemas included.
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import * as z from "zod";

const TOOLS = Number(process.env.BARE_TOOLS ?? 24);

serveStdio(() => {
  const server = new McpServer({ name: "bare", version: "1.0.0" });
  for (let n = 0; n < TOOLS; n += 1) {
    const inputSchema = z.strictObject({
      application: z.string().min(1).max(40).describe("Reference, such as MLE-7"),
      reason: z.string().max(2000).optional(),
      kind: z.enum(["one", "two", "three"]).optional(),
      limit: z.number().int().min(1).max(100).optional(),
    });
    const outputSchema = z.object({
      application: z.looseObject({ ref: z.string(), stage: z.string() }),
      note: z.string().optional(),
    });
    const annotations = {
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    };
    server.registerTool(
      `tool_${n}`,
      {
        title: `Tool ${n}`,
        description: "A tool that answers at once.",
        inputSchema,
        outputSchema,
        annotations,
      },
      ({ application }) => ({
        content: [{ type: "text", text: application }],
        structuredContent: { application: { ref: application, stage: "x" } },
      }),
    );
  }
  return server;
});
