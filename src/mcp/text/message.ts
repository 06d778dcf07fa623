import { pluralize } from "../../domain/pluralize.ts";
import type { DraftAnswer, SendAnswer } from "../answers/message.ts";
import { callText } from "../next-call.ts";
import { onceAgreed } from "./confirmation.ts";
import { CHANNEL_TEXT, findingText, words } from "./fields/message.ts";
import { linesOf } from "./lines.ts";

/** A draft as it reads, what was found about it, and what comes next. */
export function draftText({ result, message, next }: DraftAnswer): string {
  const { id, purpose, version, findings } = message;
  return linesOf(
    `Draft ${id} (${purpose}, version ${version}): ${DRAFT_RESULT[result]}`,
    words(message),
    ...findings.map(findingText),
    next && `${callText(next)} asks a person and sends it.`,
    findings.some(({ severity }) => severity === "error") &&
      "An error blocks sending: fix it, and draft again.",
  );
}

const DRAFT_RESULT: Record<DraftAnswer["result"], string> = {
  drafted: "not sent.",
  unchanged: "it is already there, so nothing was changed; not sent.",
  discarded: "discarded; it is kept on record.",
  already_discarded: "discarded already: nothing was changed.",
};

/** What a person reads before they agree, or what was done and where the message is now. */
export function sendText(answer: SendAnswer): string {
  const { result, message, delivery, told, findings, invitation, confirmation } = answer;
  if (confirmation)
    return linesOf(
      "Nothing is sent or recorded yet. Show the user all of this, as it stands:",
      confirmation.summary,
      onceAgreed(confirmation),
    );
  if (told) return toldText(result, told);
  if (!message || !delivery) return "";
  const { mailto, eml } = delivery;
  return linesOf(
    `Message for ${message.application} to ${message.to}: ${message.status}.`,
    resultText(result, delivery),
    result !== "confirmed" && deliveryText(delivery),
    words(message, invitation),
    ...findings.map(findingText),
    mailto,
    eml !== undefined && `--- .eml\n${eml}`,
  );
}

/** That somebody was told without a message, or that they had been. */
function toldText(
  result: SendAnswer["result"],
  { application, name, channel }: NonNullable<SendAnswer["told"]>,
): string {
  const how = CHANNEL_TEXT[channel];
  return result === "recorded"
    ? `Recorded: ${application} ${name} was told ${how}. Nothing was sent.`
    : `${application} ${name} has been told, as the record has it: nothing was changed, and no telling ${how} was recorded.`;
}

type Delivery = NonNullable<SendAnswer["delivery"]>;

function resultText(result: SendAnswer["result"], { send_at, delay_seconds = 0 }: Delivery): string {
  switch (result) {
    case "confirmed":
      return delay_seconds === 0
        ? `It leaves now (${send_at}).`
        : `It leaves at ${send_at}, in ${pluralize(delay_seconds, "second")}; send_message with cancel: true stops it until then.`;
    case "already_confirmed":
      return "It is confirmed already: nothing was changed.";
    case "already_sent":
      return "It was sent before: nothing was changed, and it is not sent again.";
    case "to_send_manually":
      return (
        "No mail server is set up (SMTP_URL), so nothing was sent. The link opens a message with address and subject: paste the " +
        "text into it. send_message with as_eml: true gives all of it as a file to open in a mail program. " +
        "Once it is sent, send_message with sent_by_hand: true puts that on record."
      );
    case "recorded":
      return "Recorded; nothing was sent now.";
    case "cancelled":
      return "Nothing was sent.";
    case "already_cancelled":
      return "It was cancelled already: nothing was changed.";
    case "asks_to_send":
    case "asks_to_record":
    case "already_told":
      return "Nothing is sent or recorded yet.";
  }
}

function deliveryText({ state, send_at, finished_at, attempts, outcome }: Delivery): string {
  const details = [
    send_at !== undefined && `due ${send_at}`,
    finished_at !== undefined && `finished ${finished_at}`,
    attempts !== undefined && pluralize(attempts, "attempt"),
  ].filter((part) => part !== false);
  return linesOf(details.length > 0 && `Delivery: ${[state, ...details].join(", ")}.`, outcome);
}
