import type { MadeFrom } from "./made-from.ts";

/** The name under which a message carries that it was written for a stage that was left. */
export const STAGE = "stage";

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
  const isNamed = (name: string) => !hasWords(after.name, name) && hasWords(text, name);
  const greeting = draft.madeFrom.facts?.first_name ?? before.name;
  // Names that change places: what they are greeted by is still a word of the name, and no longer the first of it.
  const isOtherFirst =
    before.name.startsWith(greeting) && !after.name.startsWith(greeting) && hasWords(text, greeting);
  return [
    ...(before.email !== after.email && draft.recipient !== after.email ? ["email"] : []),
    ...(isNamed(before.name) || isNamed(greeting) || isOtherFirst ? ["name"] : []),
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
