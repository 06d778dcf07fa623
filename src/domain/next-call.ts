import { may, type Right, type TOOLS, whoMay } from "./access.ts";
import type { Member } from "./member.ts";

type Tool = keyof typeof TOOLS;
type Arguments = Readonly<Record<string, string>>;

/** A call as every answer tells it: `draft_outreach with application: MLE-1, purpose: status_update`. */
export function callOf(tool: Tool, args: Arguments): string {
  const given = Object.entries(args).map(([name, value]) => `${name}: ${value}`);
  return `${tool} with ${given.join(", ")}`;
}

/**
 * A call as it is told to one member. Where their access does not allow it, whoever may stands before it:
 * `a hiring manager: send_message with message: ID`.
 * @param right what the call takes, where that is more than the tool itself
 */
export function callFor(
  member: Pick<Member, "access">,
  tool: Tool,
  args: Arguments,
  right: Right = tool,
): string {
  const call = callOf(tool, args);
  return may(member, right) ? call : `${whoMay(right)}: ${call}`;
}
