import {
  acceptedContent,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from "@modelcontextprotocol/server";
import * as z from "zod";
import { DomainError } from "../domain/errors.ts";
import type { Confirmation } from "./answers/confirmation.ts";

/** `code`: ask the user if the client can, or else return a code. `elicit`: refuse clients that cannot ask. */
export type ConfirmMode = "code" | "elicit";

const ASKED = "agree";
const Agreement = z.object({ agree: z.boolean().describe("Carry this out") });

/**
 * Asks a person to confirm a call, which has changed nothing so far. If the client can ask its user, it does so. The
 * code is then part of the request state and comes back with the user's answer. A code alone is useless for another
 * call: the database binds it to member, tool and arguments, and accepts it once.
 * @returns undefined when the assistant has to pass the code on to the user.
 * @throws DomainError `forbidden` when the mode is `elicit` and the client cannot ask.
 */
export function requestConfirmation(
  confirmation: Confirmation,
  mode: ConfirmMode,
  canAsk: boolean,
): InputRequiredResult | undefined {
  if (canAsk) {
    return inputRequired({
      inputRequests: {
        [ASKED]: inputRequired.elicit({ message: confirmation.summary, requestedSchema: Agreement }),
      },
      requestState: confirmation.code,
    });
  }
  if (mode === "code") return undefined;
  throw new DomainError(
    "forbidden",
    "Decisions here need a client that can ask its user (elicitation), and this one cannot. Nothing was changed.",
    "Use such a client, or have an admin set GREENFLAG_CONFIRM=code.",
  );
}

/**
 * The arguments, with the confirmation code when this call brings the user's answer.
 * @throws DomainError `declined` when the user refused; `forbidden` for a code in the arguments when the mode is
 *   `elicit`.
 */
export function applyAnswer(
  context: ServerContext,
  args: Record<string, unknown>,
  mode: ConfirmMode,
): Record<string, unknown> {
  const { inputResponses } = context.mcpReq;
  const view = inputResponse(inputResponses, ASKED);
  if (view.kind === "missing") {
    if (mode === "elicit" && args.confirm !== undefined) {
      throw new DomainError(
        "forbidden",
        "confirm: codes are switched off here; the user is asked directly.",
        "Leave confirm out.",
      );
    }
    return args;
  }
  if (acceptedContent(inputResponses, ASKED, Agreement)?.agree !== true) {
    throw new DomainError(
      "declined",
      "The user did not agree. Nothing was changed.",
      "Do not repeat the call unless they ask for it.",
    );
  }
  return { ...args, confirm: context.mcpReq.requestState<string>() };
}
