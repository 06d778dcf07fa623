import { firstNameOf } from "./facts.ts";
import type { MadeFrom } from "./made-from.ts";

/** What of a person a message may carry. */
type Person = { readonly name: string; readonly email: string | null; readonly timezone: string | null };

type Draft = {
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly madeFrom: MadeFrom;
};

/** The fields whose earlier value a message carries, after a change of its recipient's record. */
export function outdatedIn(draft: Draft, before: Person, after: Person): string[] {
  const text = `${draft.subject}\n${draft.body}`;
  const named = (name: string, now: string) => name !== now && hasWords(text, name);
  return [
    ...(before.email !== after.email && draft.recipient !== after.email ? ["email"] : []),
    ...(named(before.name, after.name) || named(firstNameOf(before.name), firstNameOf(after.name))
      ? ["name"]
      : []),
    ...(zoneOf(before) !== zoneOf(after) && timesIn(draft.madeFrom).some((time) => text.includes(time))
      ? ["timezone"]
      : []),
  ];
}

/** Times are written in UTC where no zone is known. */
const zoneOf = ({ timezone }: Person): string => timezone ?? "UTC";

const timesIn = ({ facts }: MadeFrom): string[] =>
  [facts?.interview?.when, facts?.exercise?.due, ...(facts?.times ?? [])].filter(
    (time) => time !== undefined,
  );

/** Whether these words stand in a text as whole words. */
function hasWords(text: string, words: string): boolean {
  const exactly = words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${exactly}(?![\\p{L}\\p{M}\\p{N}])`, "u").test(text);
}
