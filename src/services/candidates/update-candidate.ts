import { uuidv7 } from "uuidv7";
import { type ChangedValue, changesBetween, type FieldChange } from "../../domain/candidates/change.ts";
import { derivedOf } from "../../domain/candidates/known-by.ts";
import { DomainError } from "../../domain/errors.ts";
import { isOwnApplication } from "../../domain/panel/visibility.ts";
import { requireZone } from "../../domain/scheduling/wall-clock.ts";
import { type ApplicationRow, saveApplication } from "../../store/candidates/applications.ts";
import {
  type CandidateRow,
  candidateWithEmail,
  lockCandidate,
  memberWithEmail,
  refsOfCandidate,
  saveCandidate,
} from "../../store/candidates/candidates.ts";
import { insertChanges } from "../../store/candidates/changes.ts";
import { suppressPerson, unsuppressPerson } from "../../store/outreach/do-not-contact.ts";
import type { Db } from "../../store/store.ts";
import { emailOf } from "../../store/team/members.ts";
import { lockWorkspace } from "../../store/team/workspaces.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import { requireOwner } from "../roles/role-fields.ts";
import type { Session } from "../session.ts";
import { textNamed } from "../team/named-member.ts";
import { type Merged, mergeCandidates } from "./merge-candidates.ts";
import { markOutdatedMessages } from "./outdated-messages.ts";

/** What is to be changed. An empty text or list clears what need not be there. */
export type UpdateCandidate = {
  readonly application: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly timezone?: string | undefined;
  readonly location?: string | undefined;
  readonly links?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly do_not_contact?: boolean | undefined;
  /** These three are of the application; everything else is of the person in all of theirs. */
  readonly source?: string | undefined;
  readonly referred_by?: string | undefined;
  /** E-mail of the member who looks after the application. */
  readonly owner?: string | undefined;
  readonly merge_into?: string | undefined;
  readonly confirm?: string | undefined;
};

export type Updated = Omit<Merged, "merged"> & Partial<Pick<Merged, "merged">>;

/**
 * Mends what is on record about a person or one application of theirs. Values that are equal change nothing.
 * @throws DomainError for a value that cannot be, and `conflict` for an e-mail that somebody else has; then nothing is
 *   changed.
 */
export async function updateCandidate(
  session: Session,
  { merge_into, confirm, ...input }: UpdateCandidate,
): Promise<Updated> {
  if (merge_into !== undefined) {
    const { application, ...fields } = input;
    requireAlone(fields);
    return mergeCandidates(session, { application, merge_into, confirm });
  }
  if (confirm !== undefined) throw nothingToConfirm();
  return session.write(async (tx) => {
    const record = await loadApplicationForUpdate(tx, session, input.application);
    const { ref } = record.application;
    const before = await lockCandidate(tx, record.candidate);
    const person = await withMember(tx, session, ref, { before, after: personAfter(before, input) });
    const application = await applicationAfter(tx, session, record.application, { input, person });
    const ofPerson = changesBetween(valuesOf(before), valuesOf(person));
    const ofApplication = changesBetween(
      await ownValuesOf(tx, record.application),
      await ownValuesOf(tx, application),
    );
    const changed = [...ofPerson, ...ofApplication];
    const about = { ref, name: person.name };
    if (changed.length === 0) return { application: about, changed, stale: [] };
    await saveCandidate(tx, person);
    const { workspaceId, id, source, referredBy, ownerId } = application;
    await saveApplication(tx, { workspaceId, id, source, referredBy, ownerId });
    await keepValues(tx, session, record.application, { ofPerson, ofApplication });
    if (person.doNotContact)
      await suppressPerson(tx, person, { reason: "do_not_contact", createdAt: session.now });
    else await unsuppressPerson(tx, person);
    const stale = await markOutdatedMessages(tx, { before, after: person });
    const fields = changed.map(({ field }) => field);
    await session.record(tx, id, "candidate.change", { ref, fields });
    return { application: about, changed, stale };
  });
}

/** The text as it is after the change: as before where the call has none, and nothing where it is empty. */
const changedText = (value: string | undefined, before: string | null): string | null =>
  value === undefined ? before : value || null;

function personAfter(before: CandidateRow, input: UpdateCandidate): CandidateRow {
  const { timezone } = input;
  const after = {
    ...before,
    name: input.name ?? before.name,
    email: changedText(input.email?.toLowerCase(), before.email),
    phone: changedText(input.phone, before.phone),
    timezone: changedText(timezone ? requireZone(timezone, "timezone") : timezone, before.timezone),
    location: changedText(input.location, before.location),
    links: input.links ?? before.links,
    tags: input.tags ?? before.tags,
    doNotContact: input.do_not_contact ?? before.doNotContact,
  };
  return { ...after, ...derivedOf(after) };
}

const valuesOf = (person: CandidateRow): Record<string, ChangedValue> => ({
  name: person.name,
  email: person.email,
  phone: person.phone,
  timezone: person.timezone,
  location: person.location,
  links: person.links,
  tags: person.tags,
  do_not_contact: person.doNotContact,
});

/**
 * The person with whose own record it is. With another e-mail it may become a member's own, and it stays the own record
 * of whoever it was.
 * @throws DomainError for an e-mail that another person has, or a second member, or the caller.
 */
async function withMember(
  tx: Db,
  session: Session,
  ref: string,
  { before, after }: { readonly before: CandidateRow; readonly after: CandidateRow },
): Promise<CandidateRow> {
  if (after.email === null || after.email === before.email) return after;
  const { workspaceId, member } = session;
  // Without the lock, a member or another candidate could be given this e-mail at the same time.
  await lockWorkspace(tx, workspaceId);
  const other = await candidateWithEmail(tx, workspaceId, after.email);
  // It was theirs under a record that was merged into this one.
  if (other?.mergedInto === before.id) await saveCandidate(tx, { ...other, email: null });
  else if (other) throw await taken(tx, session, ref, other);
  const memberId = (await memberWithEmail(tx, workspaceId, after.email)) ?? before.memberId;
  if (memberId === member.id) throw ownAddress();
  if (before.memberId !== null && memberId !== before.memberId) throw secondMember();
  return { ...after, memberId };
}

/** The application as it is after the change. */
async function applicationAfter(
  tx: Db,
  session: Session,
  before: ApplicationRow,
  { input, person }: { readonly input: UpdateCandidate; readonly person: CandidateRow },
): Promise<ApplicationRow> {
  const { owner } = input;
  const without = { memberId: person.memberId, ref: before.ref };
  return {
    ...before,
    source: changedText(input.source, before.source),
    referredBy: changedText(textNamed(session, input.referred_by), before.referredBy),
    ownerId: owner
      ? (await requireOwner(tx, session, owner, without)).id
      : changedText(owner, before.ownerId),
  };
}

const ownValuesOf = async (
  tx: Db,
  { workspaceId, source, referredBy, ownerId }: ApplicationRow,
): Promise<Record<string, ChangedValue>> => ({
  source,
  referred_by: referredBy,
  owner: ownerId === null ? null : await emailOf(tx, workspaceId, ownerId),
});

/** Keeps the values before and after, beside the history, which names the fields only. */
async function keepValues(
  tx: Db,
  { workspaceId, member, client, now }: Session,
  { id, candidateId }: ApplicationRow,
  { ofPerson, ofApplication }: Readonly<Record<"ofPerson" | "ofApplication", readonly FieldChange[]>>,
): Promise<void> {
  const by = { workspaceId, candidateId, changedBy: member.id, client, changedAt: now };
  const rowsOf = (changes: readonly FieldChange[], applicationId: string | null) =>
    changes.map((change) => ({ id: uuidv7(), ...by, applicationId, ...change }));
  await insertChanges(tx, [...rowsOf(ofPerson, null), ...rowsOf(ofApplication, id)]);
}

async function taken(tx: Db, session: Session, ref: string, other: CandidateRow): Promise<DomainError> {
  const [first] = isOwnApplication(session.member, other)
    ? []
    : await refsOfCandidate(tx, session.workspaceId, other.id);
  return first === undefined
    ? new DomainError("conflict", "email: another person on record has it.", "Give another one, or none.")
    : new DomainError("conflict", `email: ${other.name} (${first.ref}) has it.`, {
        do: "merge_people",
        application: ref,
        into: first.ref,
      });
}

const ownAddress = (): DomainError =>
  new DomainError(
    "forbidden",
    "email: it is yours, and nobody sees their own application.",
    "If it is theirs, ask a colleague on the team to put it on record.",
  );

const secondMember = (): DomainError =>
  new DomainError(
    "conflict",
    "email: it is a member's of the team, and this record is another member's own.",
    "Give another one, or none.",
  );

/** What is mended and what is merged are agreed to in different ways. */
function requireAlone(fields: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(fields).filter((field) => fields[field] !== undefined);
  if (given.length === 0) return;
  throw new DomainError(
    "invalid",
    `merge_into: it goes alone, without ${given.join(", ")}. Nothing was changed.`,
    "Change those in a call of their own.",
  );
}

const nothingToConfirm = (): DomainError =>
  new DomainError("invalid", "confirm: only merge_into is confirmed.", "Leave confirm out.");
