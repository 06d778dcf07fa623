import * as z from "zod";
import { Access } from "../../src/domain/member.ts";
import { Purpose } from "../../src/domain/roles/role-template.ts";
import { tools } from "../../src/mcp/tools/index.ts";

const WHO = new RegExp(
  `^(?:an? (?:${Access.options.join("|").replace("_", " ")})|[^\\s@]+@[^\\s@]+(?:, [^\\s@]+@[^\\s@]+)*): `,
);

/** A next call taken apart: whom it is for, where not for whoever asked, and the call. */
export type Told = {
  readonly who: string | null;
  readonly tool: string;
  readonly args: Readonly<Record<string, string>>;
};

/**
 * Reads a next call as a host would, against the tools as they are listed.
 * @throws Error where the tool or an argument does not exist, or a value is not one that the tool takes.
 */
export function readCall(next: string): Told {
  const who = WHO.exec(next)?.[0];
  const call = next.slice(who?.length ?? 0);
  const [, name, list] = /^([a-z_]+) with (.+)$/.exec(call) ?? [];
  const tool = tools.find((t) => t.name === name);
  if (!tool || list === undefined) throw new Error(`no call of a tool: ${next}`);
  const args = Object.fromEntries(
    list.split(", ").map((given) => {
      const [, arg, value] = /^([a-z_]+): (\S+)$/.exec(given) ?? [];
      if (arg === undefined || value === undefined) throw new Error(`no argument: ${given} in ${next}`);
      return [arg, value];
    }),
  );
  const input = tool.input as z.ZodObject;
  const { properties = {} } = z.toJSONSchema(input, { io: "input" }) as {
    properties?: Record<string, { type?: string }>;
  };
  // What is left out is for people to say; what is there has to be allowed.
  const given = Object.entries(args).map(([arg, value]) => [
    arg,
    properties[arg]?.type === "array" ? [value] : value,
  ]);
  const read = input.partial().safeParse(Object.fromEntries(given));
  if (!read.success) throw new Error(`${next}: ${z.prettifyError(read.error)}`);
  if (args.purpose !== undefined) Purpose.parse(args.purpose);
  return { who: who?.slice(0, -2) ?? null, tool: tool.name, args };
}
