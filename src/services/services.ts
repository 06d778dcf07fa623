import type { CalendarReader } from "../calendar/read.ts";
import type { Catalog } from "../catalog/load.ts";
import type { Github } from "../github/client.ts";
import { createCandidates } from "./candidates/add-candidate.ts";
import { createDocuments } from "./candidates/documents.ts";
import { createApplications } from "./candidates/find-candidates.ts";
import { createDossiers } from "./candidates/get-candidate.ts";
import { createAssessments } from "./evaluation/score-candidate.ts";
import { createOutreach } from "./outreach/draft-outreach.ts";
import type { MailSettings } from "./outreach/message-views.ts";
import { createSending } from "./outreach/send-message.ts";
import { createPanel } from "./panel/panel.ts";
import { createPipeline } from "./pipeline/get-pipeline.ts";
import { createMoves } from "./pipeline/move-candidate.ts";
import { createReports } from "./reports/get-report.ts";
import { createScoping } from "./roles/check-and-benchmark.ts";
import { createRoles } from "./roles/roles.ts";
import { createCalendars } from "./scheduling/calendars.ts";
import { createInterviewTimes } from "./scheduling/find-interview-times.ts";
import { createInterviews } from "./scheduling/schedule-interview.ts";
import { createBegin, type SessionDeps } from "./session.ts";
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
  const wired = { ...deps, begin: createBegin(deps), calendars: createCalendars(deps) };
  return {
    catalog: deps.catalog,
    roles: createRoles(wired),
    scoping: createScoping(wired),
    candidates: createCandidates(wired),
    documents: createDocuments(wired),
    applications: createApplications(wired),
    dossiers: createDossiers(wired),
    pipeline: createPipeline(wired),
    moves: createMoves(wired),
    assessments: createAssessments(wired),
    panel: createPanel(wired),
    exercises: createExercises(wired),
    submissions: createSubmissions(wired),
    outreach: createOutreach(wired),
    interviewTimes: createInterviewTimes(wired),
    interviews: createInterviews(wired),
    reports: createReports(wired),
    sending: createSending(wired),
    team: createTeam(wired),
  };
}
export type Services = ReturnType<typeof createServices>;
