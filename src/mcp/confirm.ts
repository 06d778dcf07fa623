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

/** `code`: ask the user where the client can, else hand out a code. `elicit`: refuse clients that cannot ask. */
export type ConfirmMode = "code" | "elicit";

const ASKED = "agree";
const Agreement = z.object({ agree: z.boolean().describe("Carry this out") });

/**
 * Has a person asked about what a call would do; it has changed nothing so far. A client that can ask its user is made
 * to; the code travels as request state and comes back with the user's answer. It is worth nothing by itself: the
 * database binds it to member, tool and arguments, and spends it once.
 * @returns undefined when the code is for the assistant to pass on.
 * @throws DomainError `forbidden` for a client that cannot ask where only asking counts.
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
 * The arguments with the user's answer in place, when this call is the answer.
 * @throws DomainError `declined` when the user said no; `forbidden` for a code where only asking counts.
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
