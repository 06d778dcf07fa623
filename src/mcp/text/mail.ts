import { isSafeEmailAddress } from "../../domain/outreach/address.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { AddDocumentAnswer, DocumentAnswer } from "../answers/document.ts";
import { linesOf, oneLine } from "./lines.ts";

type Mail = NonNullable<DocumentAnswer["mail"]>;

/** What is known about a mail beside its words; empty for other documents. */
export function mailText({ mail, apart }: Pick<DocumentAnswer, "mail" | "apart">): string {
  if (mail === undefined) return "";
  const { attachments = [], opt_out, from = "" } = mail;
  return linesOf(
    apart && `Kept apart, no evidence: ${apartText(apart)}.`,
    kindText(mail),
    authorText(mail),
    attachments.length > 0 &&
      `Files with it, each to be added with attachment: ${attachments.map(attachmentText).join("; ")}.`,
    opt_out !== undefined &&
      `This reads like an opt-out: "${oneLine(opt_out)}". Drafts are held up until a person looks: ` +
        `greenflag suppress ${isSafeEmailAddress(from) ? from : "ADDRESS"} ends all mail to it; with --remove it may go on.`,
  );
}

const apartText = ({ quoted, forwarded, signature }: NonNullable<DocumentAnswer["apart"]>): string =>
  [
    quoted !== undefined && `${pluralize(quoted, "quoted character")}`,
    forwarded !== undefined && `${pluralize(forwarded, "forwarded character")}`,
    signature !== undefined && `a signature (${pluralize(signature, "character")})`,
  ]
    .filter((part) => part !== false)
    .join(", ");

const attachmentText = ({ name, type, bytes }: NonNullable<Mail["attachments"]>[number]): string =>
  `${name} (${type}, ${pluralize(bytes, "byte")})`;

function kindText({ what, calendar_answer }: Mail): string | undefined {
  switch (what) {
    case "letter":
      return undefined;
    case "auto_reply":
      return "A program wrote it, such as one for absences: kept, and no answer or evidence.";
    case "delivery_report":
      return "It is a mail server's delivery report: kept, and no answer or evidence.";
    case "calendar_reply": {
      const answer = calendar_answer === undefined ? "" : ` (${calendar_answer})`;
      return `It is a calendar's reply to an invitation${answer}: kept, and no answer or evidence.`;
    }
  }
}

function authorText({ what, author, from }: Mail): string | undefined {
  const sender = from === undefined ? "" : `, from ${from}`;
  if (what !== "letter" || author === "candidate") return from === undefined ? undefined : `From ${from}.`;
  if (author === "team") return `It is the team's own mail${sender}: no answer or evidence.`;
  if (author === "other")
    return `It is neither the candidate's nor the team's${sender}: no answer or evidence.`;
  const who =
    from === undefined ? "It names no sender" : `From ${from}, neither the candidate nor on the team`;
  return (
    `${who}: no answer or evidence until it is said whose it is. ` +
    "Ask, then update_document with author: candidate, team or other."
  );
}

/** What a delivery report says of a message of ours. */
export function reportText({ delivery, message }: NonNullable<AddDocumentAnswer["report"]>): string {
  if (message === null) return `It names no message of this application; what it is about: ${delivery}.`;
  switch (delivery) {
    case "failed":
      return `It says that message ${message} did not arrive: that is on record.`;
    case "delayed":
      return `It says that message ${message} is delayed and still being tried.`;
    case "delivered":
      return `It says that message ${message} was delivered.`;
  }
}
