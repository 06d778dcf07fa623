import type { Catalog } from "../../catalog/load.ts";
import type { AssessedFlag } from "../../domain/evaluation/assessed-flag.ts";
import type { Assessment } from "../../domain/evaluation/assessment.ts";
import { counts } from "../../domain/evaluation/points.ts";
import {
  type Aggregate,
  aggregateOf,
  coverageGaps,
  criteriaOf,
  type Rater,
  ratersOf,
  unitsOf,
} from "../../domain/panel/debrief.ts";
import { type Dissent, dissentOf } from "../../domain/panel/dissent.ts";
import { panelCounts } from "../../domain/panel/panel.ts";
import { newestCards, type Scorecard } from "../../domain/panel/scorecard.ts";
import { type Tally, tallyOf } from "../../domain/panel/verdict.ts";
import { newestVotes, tallyVotes, type Vote } from "../../domain/panel/vote.ts";
import { pendingTasks, progressOf } from "../../domain/pipeline/tasks.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import { type Agreement, agreementOf } from "../../domain/statistics/agreement.ts";
import type { Coverage, SubmissionFacts } from "../../domain/submission/facts.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import { staleNow } from "../evaluation/compiled-rubric.ts";
import { loadApplication } from "../load-application.ts";
import type { Session } from "../session.ts";
import { redactSubmission } from "../submissions/redact-submission.ts";
import { viewWorkSample } from "../submissions/work-samples.ts";
import { loadForReader } from "./load-for-reader.ts";
import { viewScorecard, viewVote } from "./view-scorecards-and-votes.ts";

export function createDebrief({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * The debrief of an application: its record and figures computed from it, without a verdict. A member from whom
     * something is hidden gets their own part, the number of cards and votes, and the reason.
     */
    async debrief(session: Session, input: { readonly application: string }) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, input.application);
        const { application, role, candidate, owner } = record;
        const { workspaceId, now } = session;
        const forReader = await loadForReader(db, session, record);
        const { panel, votesHidden } = forReader;
        const scorecards = await forReader.scorecards();
        const votes = await forReader.votes();
        const assessment = await forReader.assessment();
        const assignment = await findAssignment(db, workspaceId, application.id);
        const submission = redactSubmission(
          record,
          assignment,
          await newestSubmission(db, workspaceId, application.id),
        );
        const { ref } = application;
        const progress = progressOf({ ...application, assigned: assignment?.form ?? null });
        return {
          ref,
          name: candidate.name,
          role: role.key,
          stage: application.stage,
          status: application.status,
          in: panelCounts(panel),
          ...(votesHidden && { hidden: votesHidden }),
          tasks: pendingTasks({ ref, role, position: application, ...progress, owner, panel }, now),
          ...figuresOf(catalog, record, scorecards.whole, votes.whole),
          vote_tally: votes.whole && tallyVotes(newestVotes(votes.whole)),
          rubric: assessment
            ? { ...rubricFacts(assessment.result), ...staleNow(catalog, role, assessment) }
            : null,
          submission: submission ? submissionFacts(submission) : null,
          ...(assignment &&
            assignment.form !== "code" && {
              work_sample: viewWorkSample(record, assignment, await forReader.documents(), catalog),
            }),
          scorecards: newestCards(scorecards.shown).map((card) => viewScorecard(card, { current: true })),
          votes: newestVotes(votes.shown).map((vote) => viewVote(vote, { current: true })),
        };
      });
    },
  };
}

/** Figures about the panel's scorecards and votes. None about scorecards while any of them is hidden. */
function figuresOf(
  catalog: Catalog,
  record: ApplicationRecord,
  scorecards: readonly Scorecard[] | null,
  votes: readonly Vote[] | null,
): Figures {
  if (scorecards === null) return NO_FIGURES;
  const cards = newestCards(scorecards);
  const criteria = criteriaOf(kitsReached(catalog, record, cards), cards);
  return {
    dissent: dissentOf(criteria, cards, newestVotes(votes ?? [])),
    aggregate: aggregateOf(criteria),
    coverage_gaps: coverageGaps(criteria),
    recommendations: tallyOf(cards.map((card) => card.recommendation)),
    agreement: agreementOf(unitsOf(criteria)),
    raters: ratersOf(criteria),
  };
}

type Figures = {
  readonly dissent: readonly Dissent[];
  readonly aggregate: readonly Aggregate[];
  readonly coverage_gaps: ReturnType<typeof coverageGaps>;
  readonly recommendations: Tally | null;
  readonly agreement: Agreement | null;
  readonly raters: readonly Rater[];
};

const NO_FIGURES: Figures = {
  ...{ dissent: [], aggregate: [], coverage_gaps: [], raters: [] },
  ...{ recommendations: null, agreement: null },
};

/** The kits of rounds that the application has reached or that were scored. A later round is not a gap yet. */
function kitsReached(
  catalog: Catalog,
  { application, role }: ApplicationRecord,
  cards: readonly { readonly round: string }[],
) {
  const order = role.stages.map((s) => s.id);
  const reached = order.slice(0, order.indexOf(application.stage) + 1);
  const scored = [...new Set(cards.map(({ round }) => round))];
  // A round that was dropped is kept where it was scored: its cards count as they did.
  const dropped = scored.filter((round) => !order.includes(round)).map(asRound);
  return catalog
    .forRole({ ...role, stages: [...role.stages, ...dropped] })
    .interviews.filter(({ round }) => reached.includes(round) || scored.includes(round));
}

const asRound = (id: string): Stage => ({ id, name: id, kind: "interview", goal_days: 1, gate: [] });

/** The assessment, flag by flag. What is present by a claim alone stands apart. */
function rubricFacts({ flags, points, profile, questions }: Assessment) {
  const idsOf = (some: readonly AssessedFlag[]) => some.map((f) => f.id);
  const withVerdict = (verdict: AssessedFlag["verdict"]) => idsOf(flags.filter((f) => f.verdict === verdict));
  return {
    points,
    present: idsOf(flags.filter(counts)),
    claimed: idsOf(flags.filter((flag) => flag.verdict === "present" && !counts(flag))),
    unclear: withVerdict("unclear"),
    unread: withVerdict("unread"),
    absent: withVerdict("absent"),
    ...(profile && { profile }),
    open_questions: questions,
  };
}

/** The submission's facts about its requirements. */
function submissionFacts({ identity, tests, checks, coverage, follow_ups, missing }: SubmissionFacts) {
  const having = (status: Coverage["status"]) => coverage.filter((c) => c.status === status);
  return {
    head_sha: identity.head_sha,
    requirements: {
      seen: having("met_by").length,
      of: coverage.length,
      not_seen: having("not_seen").map((c) => c.text),
      not_known: having("not_known").map((c) => c.text),
    },
    tests: { added: tests.cases_added, removed: tests.cases_removed, skipped: tests.skipped_added },
    checks: (checks ?? []).map(({ name, conclusion, status }) => ({ name, result: conclusion ?? status })),
    follow_ups: follow_ups.map((f) => f.ask),
    missing,
  };
}
