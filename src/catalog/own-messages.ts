import * as z from "zod";
import { MessageTemplate } from "../domain/roles/role-template.ts";
import { messageFaults } from "./message-faults.ts";
import { brokenTemplate, lineIn, type Parsed, type Place } from "./read-template.ts";

type Entry = readonly [key: "messages", { readonly value: unknown; readonly file: string }];

/**
 * The built-in messages with a team's messages over them. A team's message replaces the built-in one with the same id;
 * the others stay. They are checked here because here their file and line are known.
 * @throws DomainError `invalid` naming file, line and the fault.
 */
export function mergedMessages(place: Place, beneath: Parsed, above: Parsed): Entry[] {
  const own = above.get("messages");
  if (own === undefined) return [];
  const whole = z.array(MessageTemplate).safeParse(own.value);
  // Messages of the wrong shape are reported later, together with the other errors of the template.
  if (!whole.success) return [];
  const inFolder = place.folder && own.file.includes("/messages.");
  for (const [n, message] of whole.data.entries()) {
    for (const part of ["subject", "body"] as const) {
      const [fault] = messageFaults(message[part]);
      if (!fault) continue;
      const keys = inFolder ? [n, part] : ["messages", n, part];
      const line = lineIn(place, own.file, keys, fault.line);
      throw brokenTemplate(own.file, `line ${line}, ${part} of ${message.id}`, fault.why);
    }
  }
  const built = z.array(MessageTemplate).safeParse(beneath.get("messages")?.value);
  if (!built.success) return [];
  const theirs = new Map(whole.data.map((message) => [message.id, message]));
  const kept = built.data.map((message) => theirs.get(message.id) ?? message);
  const added = whole.data.filter((message) => !built.data.some(({ id }) => id === message.id));
  return [["messages", { value: [...kept, ...added], file: own.file }]];
}
