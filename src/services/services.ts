import type { CalendarReader } from "../calendar/read.ts";
import type { Catalog } from "../catalog/load.ts";
import type { Github } from "../github/client.ts";
import { createApplications } from "./applications.ts";
import { createAssessments } from "./assessments.ts";
import { createCalendars } from "./calendars.ts";
import { createCandidates } from "./candidates.ts";
import { createDocuments } from "./documents.ts";
import { createDossiers } from "./dossier.ts";
import { createExercises } from "./exercises.ts";
import { createInterviewTimes } from "./interview-times.ts";
import { createInterviews } from "./interviews.ts";
import { createMoves } from "./moves.ts";
import { createOutreach } from "./outreach.ts";
import { createPanel } from "./panel.ts";
import { createPipeline } from "./pipeline.ts";
import { createReports } from "./reports.ts";
import { createRoles } from "./roles.ts";
import { createScoping } from "./scoping.ts";
import { createSending } from "./sending.ts";
import type { MailSettings } from "./sending-views.ts";
import { createBegin, type SessionDeps } from "./session.ts";
import { createSubmissions } from "./submissions.ts";
import { createTeam } from "./team.ts";

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
