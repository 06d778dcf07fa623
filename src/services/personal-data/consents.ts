import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import { requireFutureDay, requireWords } from "../../domain/personal-data/given.ts";
import { lockCandidate } from "../../store/candidates/candidates.ts";
import { insertConsent, newestConsents } from "../../store/personal-data/consents.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";

type ConsentInput = {
  readonly application: string;
  /** The last day on file; undefined where the consent is withdrawn. */
  readonly until?: string | undefined;
  /** How they gave it or took it back. */
  readonly how: string;
};
type Consented = {
  readonly ref: string;
  readonly name: string;
  /** Null where it was withdrawn. */
  readonly until: string | null;
  readonly changed: boolean;
};

/**
 * Puts on record that somebody agreed to stay on file until a day, or took that back. A consent never shortens a duty to
 * keep a record, and what is withdrawn leaves the ordinary period.
 * @throws DomainError `conflict` where there is no consent to take back
 */
async function record(session: Session, input: ConsentInput): Promise<Consented> {
  const { workspaceId, member, now } = session;
  const how = requireWords("how", input.how);
  const until = input.until === undefined ? null : requireFutureDay("until", input.until, now);
  return session.write(async (tx) => {
    const { application, candidate } = await loadApplicationForUpdate(tx, session, input.application);
    await lockCandidate(tx, candidate);
    const { ref } = application;
    const [before] = await newestConsents(tx, workspaceId, [candidate.id]);
    if (until === null && before === undefined)
      throw new DomainError("conflict", `${ref}: no consent is on record that could be withdrawn.`);
    const answer = { ref, name: candidate.name, until };
    if (before && before.until === until && before.how === how) return { ...answer, changed: false };
    const id = uuidv7();
    await insertConsent(tx, {
      ...{ workspaceId, id, candidateId: candidate.id, until, how },
      ...{ recordedBy: member.id, recordedAt: now },
    });
    const kind = until === null ? "consent.withdraw" : "consent.record";
    await session.record(tx, application.id, kind, { consent: id, until });
    return { ...answer, changed: true };
  });
}

/** Consents to stay on file. */
export const consents = { record };
