import type { NotToldAnswer } from "../answers/not-told.ts";
import { callText } from "../next-call.ts";
import { unreachableText } from "./fields/not-told.ts";
import { linesOf } from "./lines.ts";

/** Who has to be told, one by one, and how many more there are. */
export function notToldText({ people, older, ...count }: NotToldAnswer): string {
  const more = count.total - people.length;
  return linesOf(
    count.total > 0 && `Not told yet (${countText(count)}), each to be written and confirmed on its own:`,
    ...people.map(
      ({ application, name, cannot_be_written_to, next, ...person }) =>
        `- ${application} ${name}, ${whyText(person)}${unreachableText(cannot_be_written_to)}. Next: ${callText(next)}.`,
    ),
    more > 0 && "- and more, once these are told",
    older &&
      `Ended more than ${older.days} days ago, with no message to them on record since: ${countText(older)}, not listed.`,
  );
}

/** `more than 1000`. */
export const countText = ({
  total,
  more_than_total,
}: Pick<NotToldAnswer, "total" | "more_than_total">): string =>
  `${more_than_total ? "more than " : ""}${total}`;

type Person = NotToldAnswer["people"][number];

/** Why somebody has to be told. */
function whyText({ why, since, interview }: Pick<Person, "why" | "since" | "interview">): string {
  switch (why) {
    case "rejected":
      return `rejected on ${since}`;
    case "role_closed":
      return `active in a role that was closed on ${since}`;
    case "interview_stands":
      return `has ended, but the interview ${interview?.round} on ${interview?.start} still stands`;
  }
}
