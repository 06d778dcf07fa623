import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import { ACTS, may } from "../../domain/access.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import type { PanelState } from "../../domain/panel/panel.ts";
import { type Revision, revise } from "../../domain/panel/revision.ts";
import {
  type CardContent,
  checkRatings,
  type Kit,
  newestCards,
  type Rating,
  type Scorecard,
} from "../../domain/panel/scorecard.ts";
import type { Verdict } from "../../domain/panel/verdict.ts";
import { visibilityFor } from "../../domain/panel/visibility.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listScorecards, saveScorecard } from "../../store/panel/scorecards.ts";
import { listDecisions } from "../../store/pipeline/decisions.ts";
import type { Db } from "../../store/store.ts";
import { findMember } from "../../store/team/workspaces.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import { markHeld } from "../scheduling/record-outcome.ts";
import type { Session } from "../session.ts";
import { emailNamed } from "../team/named-member.ts";
import { loadForReader } from "./load-for-reader.ts";
import { loadPanel } from "./load-panel.ts";
import { type ScorecardView, viewScorecard } from "./view-scorecards-and-votes.ts";

export type ScorecardInput = {
  readonly application: string;
  readonly round: string;
  readonly ratings: readonly Rating[];
  readonly recommendation: Verdict;
  readonly notes?: string | undefined;
  /** The reason for changing a card that others may have seen. */
  readonly reason?: string | undefined;
  /** E-mail of the interviewer, when an admin submits for them. */
  readonly member?: string | undefined;
};

export type SubmittedScorecard = {
  readonly ref: string;
  readonly scorecard: ScorecardView;
  /** Whether the caller may see others' cards now. */
  readonly revealed: boolean;
  readonly submitted: number;
  readonly of: number;
  /** How the call changed the earlier card. */
  readonly change: Revision["kind"];
};

export function createScorecards({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Stores an interviewer's ratings for a round. The same card again changes nothing. A correction replaces the card
     * as long as others' cards were hidden from its author. After that it is a new version and needs a reason.
     * @throws DomainError for an unknown round or one that the interviewer is not assigned to, an unknown level or
     *   criterion, a level without evidence, a missing criterion, or a late change without a reason.
     */
    async submitScorecard(session: Session, input: ScorecardInput): Promise<SubmittedScorecard> {
      return session.write(async (tx) => {
        const record = await loadApplicationForUpdate(tx, session, input.application);
        const kit = kitOf(catalog, record, input.round);
        const panel = await loadPanel(tx, session, record);
        const author = await authorOf(tx, session, input.member);
        const byAdmin = requireSeat(session, record, panel, author, kit.round);
        const content: CardContent = {
          ratings: checkRatings(kit, input.ratings),
          recommendation: input.recommendation,
          notes: input.notes ?? "",
        };
        const { workspaceId } = session;
        const cards = await listScorecards(tx, workspaceId, [record.application.id]);
        const before = newestCards(cards).find((c) => c.round === kit.round && c.member === author.email);
        const revealed = await wasRevealed(tx, session, record, { panel, cards, author, before });
        const revision = revise(before && { version: before.version, same: isSame(before, content) }, {
          revealed,
          reason: input.reason,
        });
        const saved =
          revision.kind === "same" && before
            ? before
            : await save(tx, session, record, {
                ...{ author, content, byAdmin, version: revision.version },
                ...{ round: kit.round, reason: input.reason },
              });
        return { ...(await answer(tx, session, record, saved)), change: revision.kind };
      });
    },
  };
}

function kitOf(catalog: Catalog, { role }: ApplicationRecord, round: string): Kit {
  const kits = catalog.forRole(role).interviews;
  const kit = kits.find((k) => k.round === round.trim());
  if (kit) return kit;
  throw notAllowed(
    "round",
    round,
    kits.map((k) => k.round),
  );
}

async function authorOf(tx: Db, session: Session, email: string | undefined): Promise<Member> {
  const address = emailNamed(session, email ?? session.member.email).toLowerCase();
  if (address === session.member.email) return session.member;
  if (!may(session.member, ACTS.submit_for.rule)) {
    throw new DomainError(
      "forbidden",
      "member: a scorecard is submitted by the interviewer; only an admin can submit one for somebody else.",
      "Leave member out to submit your own.",
    );
  }
  const member = await findMember(tx, session.workspaceId, address);
  if (member) return member;
  throw new DomainError("not_found", "member: nobody on the team has this e-mail.", {
    do: "see_interviewers",
  });
}

/**
 * Checks that the author may submit: they are assigned, or are an admin without a seat.
 * @returns whether an admin's right was used
 */
function requireSeat(
  session: Session,
  { application, role }: ApplicationRecord,
  { seats }: PanelState,
  author: Member,
  round: string,
): boolean {
  const own = author.id === session.member.id;
  if (seats.some((s) => s.member === author.email && s.round === round)) return !own;
  const order = role.stages.map((s) => s.id);
  const reached = order.indexOf(round) <= order.indexOf(application.stage);
  if (own && may(author, ACTS.submit_for.rule) && reached) return true;
  const rounds = seats.filter((s) => s.member === author.email).map((s) => s.round);
  throw new DomainError(
    "forbidden",
    `round: ${author.email} does not interview ${application.ref} in ${round}${reached ? "" : ", which it has not reached"}.`,
    { do: "name_interviewers", rounds },
  );
}

type Revealing = {
  readonly panel: PanelState;
  readonly cards: readonly Scorecard[];
  readonly author: Member;
  readonly before: Scorecard | undefined;
};

/**
 * Whether the author's earlier card must be kept as a version. There are three reasons: others' cards were open to the
 * author, a decision was made after it, or an admin would replace words that the author submitted.
 */
async function wasRevealed(
  tx: Db,
  session: Session,
  { application, role }: ApplicationRecord,
  { panel, cards, author, before }: Revealing,
): Promise<boolean> {
  if (!before) return false;
  const { hidden, openRounds } = visibilityFor(role, application, panel, author.email);
  const open = hidden === null || openRounds.includes(before.round);
  const others = cards.some((c) => c.member !== author.email);
  const overwrites = before.submittedBy === author.email && session.member.id !== author.id;
  if ((open && others) || overwrites) return true;
  return (await listDecisions(tx, session.workspaceId, application.id)).length > 0;
}

const isSame = (a: CardContent, b: CardContent): boolean =>
  JSON.stringify([a.ratings.map((r) => [r.criterion, r.level, r.evidence]), a.recommendation, a.notes]) ===
  JSON.stringify([b.ratings.map((r) => [r.criterion, r.level, r.evidence]), b.recommendation, b.notes]);

type ToSave = {
  readonly author: Member;
  readonly content: CardContent;
  readonly version: number;
  readonly round: string;
  readonly byAdmin: boolean;
  readonly reason: string | undefined;
};

async function save(
  tx: Db,
  session: Session,
  { application }: ApplicationRecord,
  { author, content, version, round, byAdmin, reason: why }: ToSave,
): Promise<Scorecard> {
  const { workspaceId, member, client, now } = session;
  const row = { id: uuidv7(), round, version, ...content, client, submittedAt: now };
  const reason = version > 1 ? (why?.trim() ?? null) : null;
  await saveScorecard(tx, {
    ...row,
    workspaceId,
    applicationId: application.id,
    memberId: author.id,
    reason,
    submittedBy: member.id,
    byAdmin,
  });
  await session.record(tx, application.id, "scorecard.submit", {
    round,
    version,
    for: author.id,
    by_admin: byAdmin,
  });
  await markHeld(tx, session, application, round);
  const stored = await listScorecards(tx, workspaceId, [application.id]);
  const saved = stored.find((c) => c.round === round && c.member === author.email && c.version === version);
  if (!saved) throw new Error("a scorecard vanished inside a transaction");
  return saved;
}

async function answer(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  card: Scorecard,
): Promise<Omit<SubmittedScorecard, "change">> {
  const { panel, hidden } = await loadForReader(tx, session, record);
  const seats = panel.seats.filter((s) => s.round === card.round);
  return {
    ref: record.application.ref,
    scorecard: viewScorecard(card, { current: true }),
    revealed: hidden === null,
    submitted: seats.filter((s) => s.submitted).length,
    of: seats.length,
  };
}
