import * as z from "zod";
import { Access } from "../../src/domain/member.ts";
import { Purpose } from "../../src/domain/roles/role-template.ts";
import { NextCall } from "../../src/mcp/next-call.ts";
import { tools } from "../../src/mcp/tools/index.ts";

/** Who makes a call where that is not the reader: an access level with its article, or e-mails. */
const WHO = new RegExp(
  `^(?:an? (?:${Access.options.join("|").replace("_", " ")})|[^\\s@,]+@[^\\s@,]+(?:, [^\\s@,]+@[^\\s@,]+)*)$`,
);

/**
 * Reads a next call as a host would, against the tools as they are listed.
 * @throws Error where the tool or an argument does not exist, or a value is not one that the tool takes.
 */
export function readCall(next: unknown): NextCall {
  const call = z.strictObject(NextCall.shape).parse(next);
  const said = JSON.stringify(call);
  const tool = tools.find((t) => t.name === call.tool);
  if (!tool) throw new Error(`no call of a tool: ${said}`);
  if (call.who !== undefined && !WHO.test(call.who)) throw new Error(`nobody: ${said}`);
  if (Object.keys(call.arguments).length === 0) throw new Error(`no arguments: ${said}`);
  // What is left out is for people to say; what is there has to be allowed.
  const read = (tool.input as z.ZodObject).partial().safeParse(call.arguments);
  if (!read.success) throw new Error(`${said}: ${z.prettifyError(read.error)}`);
  if (call.arguments.purpose !== undefined) Purpose.parse(call.arguments.purpose);
  return call;
}
