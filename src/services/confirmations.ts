import { createHash, randomInt } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { DomainError } from "../domain/errors.ts";
import { insertConfirmation, takeConfirmation } from "../store/confirmations.ts";
import type { Db } from "../store/store.ts";
import type { Session } from "./session.ts";

/** A request that waits for a person, with the code by which they confirm it. The edge puts the question into words. */
export type Pending = { readonly code: string; readonly expires_at: string };

const MINUTES = 10;
const LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"; // without I, L, O, U, 0 and 1, so that it can be read aloud

/** Stores the request, bound to this member, this tool and exactly these arguments. Nothing else changes. */
export async function askToConfirm(
  session: Session,
  tx: Db,
  args: Record<string, unknown>,
): Promise<Pending> {
  const code = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  const expiresAt = new Date(session.now.getTime() + MINUTES * 60_000);
  await insertConfirmation(tx, session.now, {
    workspaceId: session.workspaceId,
    id: uuidv7(),
    codeHash: hash(code),
    memberId: session.member.id,
    tool: session.tool,
    argumentsHash: argumentsHash(args),
    expiresAt,
  });
  return { code, expires_at: expiresAt.toISOString() };
}

/**
 * Uses up a code. Every mismatch gives the same error and rolls back, so that nobody can use up somebody else's code.
 * @throws DomainError `declined`, telling the caller to ask again.
 */
export async function spendConfirmation(
  session: Session,
  tx: Db,
  args: Record<string, unknown>,
  code: string,
): Promise<void> {
  const question = await takeConfirmation(tx, session.workspaceId, hash(code.trim().toUpperCase()));
  const fits =
    question !== undefined &&
    question.memberId === session.member.id &&
    question.tool === session.tool &&
    question.argumentsHash === argumentsHash(args) &&
    question.expiresAt > session.now;
  if (fits) return;
  throw new DomainError(
    "declined",
    "confirm: this code is unknown, used, expired, or was given for other arguments or for a record that has changed " +
      "since. Nothing was changed.",
    "Repeat the call without confirm to get a new code, show its summary to the user, and pass the code once they agree.",
  );
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A hash of the arguments that does not depend on their order. The code itself is left out. */
function argumentsHash(args: Record<string, unknown>): string {
  const bound = Object.entries(args).filter(([key, value]) => key !== "confirm" && value !== undefined);
  return hash(JSON.stringify(bound.sort(([a], [b]) => (a < b ? -1 : 1))));
}
