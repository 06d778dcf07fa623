import type { PersonToHandOut } from "./person-to-hand-out.ts";
import { heldText, keptText, notKnownText } from "./retention-text.ts";

/** How points come about and what they are for, for somebody who has never seen the program. */
export const LOGIC: readonly string[] = [
  "For each role the team has a list of signs to look for: green ones that speak for experience with the work, and red ones " +
    "that leave a question. Each has a definition and a fixed number of points.",
  "Rules in the program look for passages in what you sent, and an assistant program or a person may read it too. Whoever " +
    "says that a sign is there has to quote your own words, and the program checks that the quote is really there. " +
    "Only what you wrote yourself counts.",
  "The points are the sum of the signs that were found, added up by the program. They compute nothing else: they rank " +
    "nobody, and no step follows from them by itself.",
  "Automated decisions: none. Each move, rejection and offer was made by a person, who is named by their part below.",
];

/** Why the record is kept. */
export const PURPOSES: readonly string[] = [
  "To decide about your application and to answer you.",
  "To be able to show later that the decision was fair, should somebody ask.",
  "Where a law requires records of applications: to keep them for that long.",
  "Where you agreed to it: to write to you about other roles.",
];

/** Who receives it. */
export const recipientLines = ({ programs, applications }: PersonToHandOut): string[] => {
  const throughMail = applications.some(({ messages }) => messages.some(({ status }) => status === "sent"));
  const onGit = applications.some(
    ({ exercise, submissions }) => exercise?.repository || submissions.length > 0,
  );
  return [
    "The people on the hiring team, each as far as their part needs it.",
    ...(programs.length > 0
      ? [`Programs through which they worked, and which read parts of it: ${programs.join(", ")}.`]
      : []),
    ...(throughMail ? ["The mail server that carried messages to you."] : []),
    ...(onGit ? ["The site that hosts the repository of your exercise."] : []),
  ];
};

/** Until when the record is kept, and by what. */
export function keptLines({ kept: { verdict, duty, on_hold }, consents }: PersonToHandOut): string[] {
  const consent = consents.at(-1);
  return [
    ...verdictLines(verdict),
    ...(duty
      ? [`A law requires it until ${duty.until}: ${duty.rule.law} (${duty.rule.place}). ${duty.rule.why}`]
      : []),
    ...(on_hold ? ["It may not be erased for now, because it may be needed as evidence."] : []),
    ...(consent
      ? [
          consent.until === null
            ? "You took your consent to stay on file back."
            : `You agreed to stay on file until ${consent.until}. You can take that back at any time.`,
        ]
      : []),
  ];
}

function verdictLines(verdict: PersonToHandOut["kept"]["verdict"]): string[] {
  switch (verdict.is) {
    case "running":
      return [
        "While an application of yours is open, and after that for the period of the place where the work is done.",
      ];
    case "hired":
      return ["With the record of your employment."];
    case "unknown":
      return [
        `No end is set: ${[...new Set(verdict.unknown.map(notKnownText))].join("; ")}. It is erased on request.`,
      ];
    case "not_yet":
      return [`Until ${verdict.until}.`];
    case "held":
      return "hold" in verdict.by
        ? []
        : [`Its ordinary period ended on ${verdict.until}. Kept on by: ${heldText(verdict.by)}.`];
    case "due":
      return [`Its period is over, and it is to be erased: ${verdict.kept.map(keptText).join("; ")}.`];
  }
}

/** What somebody can ask for. */
export const RIGHTS: readonly string[] = [
  "You can ask to have it corrected or erased, to have its use restricted, and object to its use. Answer the last message that " +
    "you had from us, or write to whoever sent you this.",
  "You can complain to the authority that watches over personal data where you live or work.",
];

/** What is not in it although it is on record. */
export const NOT_IN_IT: readonly string[] = [
  "Names of colleagues whom you neither met nor had a message from, of other candidates, and of whoever recommended you: " +
    "they have rights of their own. Their part in the hiring stands in place of the name.",
  "What you may have answered about sex or ethnicity: it is stored apart, only counted, and nobody on the team can read it. " +
    "Ask for it if you want to see it.",
];
