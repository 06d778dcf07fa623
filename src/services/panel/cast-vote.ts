import { uuidv7 } from "uuidv7";
import { ACTS, may } from "../../domain/access.ts";
import { DomainError } from "../../domain/errors.ts";
import { type PanelState, votersOf } from "../../domain/panel/panel.ts";
import { type Revision, revise } from "../../domain/panel/revision.ts";
import type { Verdict } from "../../domain/panel/verdict.ts";
import { newestVotes, requireDebrief, tallyVotes } from "../../domain/panel/vote.ts";
import { listVotes, saveVote } from "../../store/panel/votes.ts";
import { listDecisions } from "../../store/pipeline/decisions.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";
import { loadForReader } from "./load-for-reader.ts";
import { loadPanel } from "./load-panel.ts";
import { type VoteView, viewVote } from "./view-scorecards-and-votes.ts";

export type VoteInput = { readonly application: string; readonly vote: Verdict; readonly reason: string };

export type VoteCast = {
  readonly ref: string;
  readonly vote: VoteView;
  readonly cast: number;
  readonly of: number;
  /** Present only when the voter may see it. */
  readonly tally?: ReturnType<typeof tallyVotes>;
  /** How the call changed the earlier vote. */
  readonly change: Revision["kind"];
};

export function createVotes() {
  return {
    /**
     * Casts the caller's vote at debrief. The same vote again changes nothing. A different vote replaces the first one,
     * or is added as a new version once others' votes could be seen.
     * @throws DomainError `precondition_failed` before debrief; `forbidden` for a member who is not on the panel and
     *   may not decide; `invalid` without a reason.
     */
    async castVote(session: Session, input: VoteInput): Promise<VoteCast> {
      return session.write(async (tx) => {
        const record = await loadApplicationForUpdate(tx, session, input.application);
        const { application, role } = record;
        requireDebrief(role.stages, application);
        const panel = await loadPanel(tx, session, record);
        const onPanel = requireVoter(session, panel);
        const reason = input.reason.trim();
        if (reason.length === 0)
          throw new DomainError("invalid", "reason: missing.", "Say in a sentence what the vote rests on.");
        const { workspaceId, member, client, now } = session;
        const votes = await listVotes(tx, workspaceId, application.id);
        const mine = newestVotes(votes).find((v) => v.member === member.email);
        const decided = (await listDecisions(tx, workspaceId, application.id)).length > 0;
        const revealed = decided || votes.some((v) => v.member !== member.email);
        const same = mine?.vote === input.vote && mine.reason === reason;
        const { kind, version } = revise(mine && { version: mine.version, same }, { revealed, reason });
        if (kind !== "same") {
          const row = { id: uuidv7(), version, vote: input.vote, reason, onPanel, client, castAt: now };
          await saveVote(tx, { ...row, workspaceId, applicationId: application.id, memberId: member.id });
          await session.record(tx, application.id, "vote.cast", { version });
        }
        const after = await loadForReader(tx, session, record);
        const { shown, whole } = await after.votes();
        const own = newestVotes(shown).find((v) => v.member === member.email);
        if (!own) throw new Error("a vote vanished inside a transaction");
        const voters = votersOf(after.panel);
        return {
          ref: application.ref,
          vote: viewVote(own, { current: true }),
          cast: voters.filter((v) => after.panel.voted.includes(v)).length,
          of: voters.length,
          ...(whole && { tally: tallyVotes(newestVotes(whole)) }),
          change: kind,
        };
      });
    },
  };
}

/** @returns whether the caller is on the panel. Others may vote only if they may decide. */
function requireVoter({ member }: Session, panel: PanelState): boolean {
  if (votersOf(panel).includes(member.email)) return true;
  if (may(member, ACTS.vote_beside.rule)) return false;
  throw new DomainError("forbidden", `vote: ${member.email} is not on this panel.`, { do: "name_voters" });
}
