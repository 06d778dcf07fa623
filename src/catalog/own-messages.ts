import * as z from "zod";
import { MessageTemplate } from "../domain/roles/role-template.ts";
import type { Entry, Parsed } from "./fault.ts";

/**
 * A team's messages before the built-in ones. A message with the id of a built-in one stands in its place; the others stay.
 * Messages of the wrong shape are left as they are, to be told with the other faults of the template.
 */
export function mergedMessages(beneath: Parsed, above: Parsed): [key: "messages", Entry][] {
  const own = above.get("messages");
  if (own === undefined) return [];
  const theirs = z.array(MessageTemplate).safeParse(own.value);
  const built = z.array(MessageTemplate).safeParse(beneath.get("messages")?.value);
  if (!theirs.success || !built.success) return [];
  const kept = built.data.filter(({ id }) => !theirs.data.some((message) => message.id === id));
  return [["messages", { ...own, value: [...theirs.data, ...kept] }]];
}
