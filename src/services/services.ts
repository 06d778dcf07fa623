import type { CalendarReader } from "../calendar/read.ts";
import type { Catalog } from "../catalog/load.ts";
import type { Github } from "../github/client.ts";
import { createCandidates } from "./candidates/add-candidate.ts";
import { createDocuments } from "./candidates/documents.ts";
import { createApplications } from "./candidates/find-candidates.ts";
import { createDossiers } from "./candidates/get-candidate.ts";
import { createAssessments } from "./evaluation/score-candidate.ts";
import { createOutreach } from "./outreach/draft-outreach.ts";
import { createSending } from "./outreach/send-message.ts";
import type { MailSettings } from "./outreach/sender.ts";
import { createVotes } from "./panel/cast-vote.ts";
import { createDebrief } from "./panel/get-debrief.ts";
import { createScorecards } from "./panel/submit-scorecard.ts";
import { createPipeline } from "./pipeline/get-pipeline.ts";
import { createMoves } from "./pipeline/move-candidate.ts";
import { createReports } from "./reports/get-report.ts";
import { createScoping } from "./roles/check-and-benchmark.ts";
import { createRoles } from "./roles/roles.ts";
import { createCalendars } from "./scheduling/calendars.ts";
import { createInterviewTimes } from "./scheduling/find-interview-times.ts";
import { createInterviews } from "./scheduling/schedule-interview.ts";
import { createStartSession, type SessionDeps } from "./session.ts";
import { createExercises } from "./submissions/assign-exercise.ts";
import { createSubmissions } from "./submissions/summarize-submission.ts";
import { createTeam } from "./team/manage-team.ts";

export type ServiceDeps = SessionDeps & {
  readonly catalog: Catalog;
  readonly github: Github;
  readonly githubOwner: string | undefined;
  /** Whether callers may name files on this machine: only over stdio, where caller and user are one. */
  readonly allowFiles: boolean;
  /** How calendars are read; without it, over https from public addresses. */
  readonly calendars?: CalendarReader;
  /** What the company is called in messages; without it they name none. */
  readonly company?: string | undefined;
  readonly mail: MailSettings;
};

/** Every use case, wired. None of them touches the database before it is called. */
export function createServices(deps: ServiceDeps) {
  const wired = { ...deps, calendars: createCalendars(deps) };
  return {
    startSession: createStartSession(deps),
    catalog: deps.catalog,
    roles: createRoles(wired),
    scoping: createScoping(wired),
    candidates: createCandidates(wired),
    documents: createDocuments(wired),
    applications: createApplications(),
    dossiers: createDossiers(),
    pipeline: createPipeline(wired),
    moves: createMoves(),
    assessments: createAssessments(wired),
    panel: { ...createScorecards(wired), ...createVotes(), ...createDebrief(wired) },
    exercises: createExercises(wired),
    submissions: createSubmissions(wired),
    outreach: createOutreach(wired),
    interviewTimes: createInterviewTimes(wired),
    interviews: createInterviews(wired),
    reports: createReports(),
    sending: createSending(wired),
    team: createTeam(),
  };
}
export type Services = ReturnType<typeof createServices>;
