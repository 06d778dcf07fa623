import { uuidv7 } from "uuidv7";
import type { FieldChange } from "../../domain/candidates/change.ts";
import { derivedOf } from "../../domain/candidates/known-by.ts";
import {
  type ApplicationToMerge,
  changesOf,
  type JoinedApplications,
  type MergePlan,
  onePerson,
  type PersonToMerge,
  planMerge,
} from "../../domain/candidates/merge-plan.ts";
import { DomainError } from "../../domain/errors.ts";
import { mergeFindings } from "../../domain/evaluation/finding.ts";
import { counts } from "../../domain/evaluation/points.ts";
import { newestCards } from "../../domain/panel/scorecard.ts";
import { newestVotes } from "../../domain/panel/vote.ts";
import { saveApplication } from "../../store/candidates/applications.ts";
import { type CandidateRow, saveCandidate } from "../../store/candidates/candidates.ts";
import { insertChanges } from "../../store/candidates/changes.ts";
import {
  discardDrafts,
  joinApplication,
  joinPerson,
  lockForMerge,
  saveAppliedAt,
} from "../../store/candidates/merge.ts";
import { newestAssessment, saveFindings } from "../../store/evaluation/assessments.ts";
import { suppressPerson } from "../../store/outreach/do-not-contact.ts";
import { listScorecards } from "../../store/panel/scorecards.ts";
import { listVotes } from "../../store/panel/votes.ts";
import type { Db } from "../../store/store.ts";
import { askToConfirm, type Pending, spendConfirmation } from "../confirmations.ts";
import { loadStanding } from "../load-application.ts";
import { isSuppressed } from "../outreach/suppressed.ts";
import type { Session } from "../session.ts";
import { markOutdatedMessages, type StaleMessage } from "./outdated-messages.ts";

export type MergeInput = {
  /** An application of the person whose record becomes part of the other's. */
  readonly application: string;
  /** An application of the person whose record is kept. */
  readonly merge_into: string;
  readonly confirm?: string | undefined;
};

export type Merged = {
  readonly application: { readonly ref: string; readonly name: string };
  readonly changed: readonly FieldChange[];
  readonly stale: readonly StaleMessage[];
  /** References of the other person, and to which applications those lead that were joined to another. */
  readonly merged: readonly { readonly application: string; readonly into?: string }[];
  /** What a person has to agree to first. Nothing is changed then. */
  readonly confirmation?: Pending & { readonly plan: MergePlan };
};

/**
 * Makes two people one. Nothing changes until a person has agreed to exactly this plan.
 * @throws DomainError as `planMerge`, and `declined` where either side has changed since the plan was shown
 */
export async function mergeCandidates(session: Session, input: MergeInput): Promise<Merged> {
  return session.write(async (tx) => {
    const { kept, other } = await lockBoth(tx, session, input);
    const plan = planMerge(kept.side, other.side);
    const application = { ref: plan.kept.ref, name: plan.person.name };
    const asked = { ...input, plan };
    if (input.confirm === undefined) {
      const pending = await askToConfirm(session, tx, asked);
      return { application, changed: [], stale: [], merged: [], confirmation: { ...pending, plan } };
    }
    await spendConfirmation(session, tx, asked, input.confirm);
    const stale = await carryOut(session, tx, plan, { kept: kept.row, other: other.row });
    return { application, changed: changesOf(plan), stale, merged: referencesIn(plan) };
  });
}

const referencesIn = ({ joined, moved }: MergePlan): Merged["merged"] => [
  ...joined.map(({ other, kept }) => ({ application: other.ref, into: kept.ref })),
  ...moved.map(({ ref }) => ({ application: ref })),
];

/** Both people with all of their applications, locked. */
async function lockBoth(tx: Db, session: Session, { application, merge_into }: MergeInput) {
  const find = async () => {
    const other = await loadStanding(tx, session, application);
    const kept = await loadStanding(tx, session, merge_into);
    if (kept.candidate.id === other.candidate.id) throw onePerson(named(application), named(merge_into));
    return { other, kept };
  };
  const before = await find();
  const ids = [before.other.candidate.id, before.kept.candidate.id];
  const locked = await lockForMerge(tx, session.workspaceId, ids);
  // Another merge may have come first while the locks were waited for.
  const { other, kept } = await find();
  if (other.candidate.id !== ids[0] || kept.candidate.id !== ids[1]) throw mergedMeanwhile();
  const [others, kepts] = [sideOf(locked, other), sideOf(locked, kept)];
  return {
    other: { row: others.row, side: await withFacts(tx, session, others, kepts) },
    kept: { row: kepts.row, side: await withFacts(tx, session, kepts, others) },
  };
}

/** A reference as it was given: two references of one person differ. */
const named = (ref: string): string => ref.trim().toUpperCase();

const mergedMeanwhile = () =>
  new DomainError(
    "conflict",
    "merge_into: one of the two was merged with somebody meanwhile. Nothing was changed.",
    "Repeat the call without confirm to see who would be one person now.",
  );

type Locked = Awaited<ReturnType<typeof lockForMerge>>;
type Named = { readonly application: { readonly ref: string }; readonly candidate: { readonly id: string } };
type Side = {
  readonly row: CandidateRow;
  readonly ref: string;
  readonly applications: Locked["applications"];
};

function sideOf({ people, applications }: Locked, { application, candidate }: Named): Side {
  const row = people.find(({ id }) => id === candidate.id);
  if (!row) throw new Error("a person that was found is missing");
  const theirs = applications.filter((one) => one.application.candidateId === row.id);
  return { row, ref: application.ref, applications: theirs };
}

/** One side as the plan sees it. Cards and votes are looked up only where both have an application for a role. */
async function withFacts(
  tx: Db,
  { workspaceId }: Session,
  { row, ref, applications }: Side,
  beside: Side,
): Promise<PersonToMerge> {
  const roles = beside.applications.map(({ role }) => role);
  const theirs: ApplicationToMerge[] = [];
  for (const { application: a, ...facts } of applications) {
    const judgedBy = roles.includes(facts.role) ? await judgesOf(tx, workspaceId, a.id) : [];
    const { id, stage, status, version, appliedAt, hasSubmission, source, referredBy, ownerId } = a;
    theirs.push({
      ...{ id, ref: a.ref, stage, status, version, appliedAt, hasSubmission },
      ...{ source, referredBy, ownerId, judgedBy, ...facts },
    });
  }
  const isListed = row.email !== null && (await isSuppressed(tx, workspaceId, row.email));
  const { id, name, email, phone, timezone, location, links, tags, memberId } = row;
  const doNotContact = row.doNotContact || isListed;
  return {
    ...{ id, ref, applications: theirs },
    person: { name, email, phone, timezone, location, links, tags, doNotContact, memberId },
  };
}

/** Whose card or vote is on record. */
async function judgesOf(tx: Db, workspaceId: string, id: string): Promise<string[]> {
  const cards = newestCards(await listScorecards(tx, workspaceId, [id]));
  const votes = newestVotes(await listVotes(tx, workspaceId, id));
  return [...cards.map(({ round, member }) => `${round} ${member}`), ...votes.map(({ member }) => member)];
}

type Rows = { readonly kept: CandidateRow; readonly other: CandidateRow };

async function carryOut(
  session: Session,
  tx: Db,
  plan: MergePlan,
  { kept, other }: Rows,
): Promise<readonly StaleMessage[]> {
  const { workspaceId } = session;
  const person: CandidateRow = { ...kept, ...plan.person, ...derivedOf(plan.person) };
  for (const { other: one, draftsDiscarded } of plan.joined)
    await discardDrafts(tx, { workspaceId, id: one.id }, draftsDiscarded);
  const stale = await markOutdatedMessages(tx, { before: other, after: person });
  for (const pair of plan.joined) await joinOne(session, tx, pair);
  await joinPerson(tx, { workspaceId, from: other.id, into: kept.id });
  // An address is one person's: where the kept record had none, it takes the other's.
  if (person.email !== kept.email)
    await saveCandidate(tx, { ...other, email: null, mergedInto: kept.id, memberId: null });
  await saveCandidate(tx, person);
  if (person.doNotContact)
    await suppressPerson(tx, person, { reason: "do_not_contact", createdAt: session.now });
  await keepValues(session, tx, plan);
  await recordMerge(session, tx, plan);
  const into = new Map(plan.joined.map((pair) => [pair.other.ref, pair.kept.ref]));
  return stale.map((message) => ({
    ...message,
    application: into.get(message.application) ?? message.application,
  }));
}

async function joinOne(session: Session, tx: Db, { kept, other, after }: JoinedApplications): Promise<void> {
  const { workspaceId, now } = session;
  const assessed = await newestAssessments(tx, workspaceId, [kept.id, other.id]);
  await joinApplication(tx, { workspaceId, from: other.id, into: kept.id }, now);
  const [newest, earlier] = assessed;
  // What assistants and members read in both is kept for the next assessment.
  if (newest && earlier) await saveFindings(tx, newest, mergeFindings(earlier.findings, newest.findings));
  const { appliedAt, source, referredBy, ownerId, hasSubmission } = after;
  await saveApplication(tx, {
    ...{ workspaceId, id: kept.id, source, referredBy, ownerId, hasSubmission },
    ...(newest?.applicationId === other.id && {
      presentFlags: newest.result.flags.filter(counts).map(({ id }) => id),
    }),
  });
  if (+appliedAt !== +kept.appliedAt) await saveAppliedAt(tx, { workspaceId, id: kept.id }, appliedAt);
}

/** The newest assessment of each application, the newest of all first. */
async function newestAssessments(tx: Db, workspaceId: string, ids: readonly string[]) {
  const each = await Promise.all(ids.map((id) => newestAssessment(tx, workspaceId, id)));
  return each.flatMap((one) => (one ? [one] : [])).sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Keeps what the person's record was before, and what of the other's was not taken, beside the history. */
async function keepValues(session: Session, tx: Db, plan: MergePlan): Promise<void> {
  const { workspaceId, member, client, now } = session;
  const { kept, other } = plan;
  const by = { workspaceId, candidateId: kept.id, changedBy: member.id, client, changedAt: now };
  const idOf = new Map(kept.applications.map(({ ref, id }) => [ref, id]));
  const rows = plan.fields.map(({ field, how, application, ...values }) => ({
    applicationId: application === undefined ? null : (idOf.get(application) ?? null),
    field,
    before: how === "kept" ? values.other : values.kept,
    after: values.after,
  }));
  const merged = {
    applicationId: null,
    field: "merge_into",
    before: other.applications.map(({ ref }) => ref),
    after: kept.ref,
  };
  await insertChanges(
    tx,
    [merged, ...rows].map((row) => ({ id: uuidv7(), ...by, ...row })),
  );
}

/** An entry in the history of every application of both. What was joined names the one that it is a part of. */
async function recordMerge(session: Session, tx: Db, plan: MergePlan): Promise<void> {
  const { kept, other, joined, fields } = plan;
  const into = new Map(joined.map((pair) => [pair.other.id, pair.kept.ref]));
  const about = { from: other.ref, into: kept.ref, fields: fields.map(({ field }) => field) };
  for (const { id } of [...other.applications, ...kept.applications]) {
    const ref = into.get(id);
    await session.record(tx, id, "candidate.merge", { ...about, ...(ref !== undefined && { joined: ref }) });
  }
}
