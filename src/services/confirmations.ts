import { createHash, randomInt } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { DomainError } from "../domain/errors.ts";
import { insertConfirmation, takeConfirmation } from "../store/confirmations.ts";
import type { Db } from "../store/store.ts";
import type { Session } from "./session.ts";

/** A question that waits for a person, and the code by which they agree. What they are asked is put into words at the edge. */
export type Pending = { readonly code: string; readonly expires_at: string };

const MINUTES = 10;
const LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"; // without I, L, O, U, 0, 1: it may be read aloud

/** Records what was asked, bound to this member, this tool and exactly these arguments. Nothing else changes. */
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
 * Spends a code. Any mismatch answers alike, and the code is gone either way.
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
    "confirm: this code is unknown, used, expired, or was given for other arguments. Nothing was changed.",
    "Repeat the call without confirm to get a new code, show its summary to the user, and pass the code once they agree.",
  );
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Same arguments, same hash, whatever order they came in; the code itself is no argument. */
function argumentsHash(args: Record<string, unknown>): string {
  const bound = Object.entries(args).filter(([key, value]) => key !== "confirm" && value !== undefined);
  return hash(JSON.stringify(bound.sort(([a], [b]) => (a < b ? -1 : 1))));
}
