import type { Catalog } from "../../catalog/load.ts";
import type { Assessment } from "../../domain/evaluation/assessment.ts";
import { aggregateOf, coverageGaps, criteriaOf, ratersOf, unitsOf } from "../../domain/panel/debrief.ts";
import { dissentOf } from "../../domain/panel/dissent.ts";
import { panelCounts } from "../../domain/panel/panel.ts";
import { newestCards } from "../../domain/panel/scorecard.ts";
import { tallyOf } from "../../domain/panel/verdict.ts";
import { visibleAssessment } from "../../domain/panel/visibility.ts";
import { newestVotes, tallyVotes } from "../../domain/panel/vote.ts";
import { pendingTasks } from "../../domain/pipeline/tasks.ts";
import { agreementOf } from "../../domain/statistics/agreement.ts";
import type { SubmissionFacts } from "../../domain/submission/facts.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { newestAssessment } from "../../store/evaluation/assessments.ts";
import { listScorecards } from "../../store/panel/scorecards.ts";
import { listVotes } from "../../store/panel/votes.ts";
import { findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import { loadApplication } from "../load-application.ts";
import type { Session } from "../session.ts";
import { redactSubmission } from "../submissions/redact-submission.ts";
import { viewCard, viewVote } from "./card-and-vote-views.ts";
import { loadPanel } from "./load-panel.ts";

export function createDebrief({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Everything on the table about an application, put together by arithmetic: no verdict. A member who is still
     * blind gets what is theirs, how much is in, and why the rest is hidden.
     */
    async debrief(session: Session, input: { readonly application: string }) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, input.application);
        const { application, role, candidate, owner } = record;
        const { workspaceId, member, now } = session;
        const { panel, visibility } = await loadPanel(db, session, record);
        const cards = newestCards(await listScorecards(db, workspaceId, [application.id]));
        const votes = newestVotes(await listVotes(db, workspaceId, application.id));
        const assessed = await newestAssessment(db, workspaceId, application.id);
        const documents = await listDocuments(db, workspaceId, application.id);
        const given = await findAssignment(db, workspaceId, application.id);
        const handedIn = redactSubmission(
          record,
          given,
          await newestSubmission(db, workspaceId, application.id),
        );
        const open = visibility.hidden === null;
        const criteria = criteriaOf(kitsReached(catalog, record, cards), open ? cards : []);
        const seenVotes = votes.filter((v) => visibility.canReadVote(v.member));
        const votesOpen = visibility.votesHidden === null;
        const { ref, presentFlags, hasSubmission } = application;
        const has = { assessed: presentFlags !== null, hasSubmission, assigned: given !== undefined };
        return {
          ref,
          name: candidate.name,
          role: role.key,
          stage: application.stage,
          status: application.status,
          in: panelCounts(panel),
          ...(votesOpen ? {} : { hidden: visibility.votesHidden ?? "" }),
          owed: pendingTasks({ ref, role, position: application, ...has, owner, panel }, now),
          dissent: open ? dissentOf(criteria, cards, votesOpen ? votes : []) : [],
          aggregate: aggregateOf(criteria),
          coverage_gaps: open ? coverageGaps(criteria) : [],
          recommendations: open ? tallyOf(cards.map((c) => c.recommendation)) : null,
          vote_tally: votesOpen ? tallyVotes(votes) : null,
          agreement: open ? agreementOf(unitsOf(criteria)) : null,
          raters: ratersOf(criteria),
          rubric: assessed
            ? rubricSaid(visibleAssessment(assessed.result, documents, visibility, member))
            : null,
          submission: handedIn ? submissionSaid(handedIn) : null,
          scorecards: cards.filter((c) => visibility.canRead(c.member)).map((c) => viewCard(c)),
          votes: seenVotes.map((v) => viewVote(v)),
        };
      });
    },
  };
}

/** The kits of the rounds that the application has come to, or that were scored: what lies ahead is no gap yet. */
function kitsReached(
  catalog: Catalog,
  { application, role }: ApplicationRecord,
  cards: readonly { readonly round: string }[],
) {
  const order = role.stages.map((s) => s.id);
  const reached = order.slice(0, order.indexOf(application.stage) + 1);
  const kits = catalog.get(role.template).interviews;
  return order
    .filter((round) => reached.includes(round) || cards.some((c) => c.round === round))
    .flatMap((round) => kits.filter((kit) => kit.round === round));
}

function rubricSaid({ flags, points, profile, questions }: Assessment) {
  const named = (verdict: string) => flags.filter((f) => f.verdict === verdict).map((f) => f.id);
  return {
    points: `${points.green} of ${points.of} green, ${points.red} red`,
    present: named("present"),
    unclear: named("unclear"),
    absent: named("absent"),
    profile,
    open_questions: questions,
  };
}

function submissionSaid({ identity, tests, checks, coverage, follow_ups, missing }: SubmissionFacts) {
  const seen = coverage.filter((c) => c.status !== "not_seen");
  return {
    head_sha: identity.head_sha,
    requirements: {
      seen: seen.length,
      of: coverage.length,
      not_seen: coverage.filter((c) => c.status === "not_seen").map((c) => c.text),
    },
    tests: { added: tests.cases_added, removed: tests.cases_removed, skipped: tests.skipped_added },
    checks: checks.map((c) => `${c.name}: ${c.conclusion ?? c.status}`),
    follow_ups: follow_ups.map((f) => f.ask),
    missing,
  };
}
