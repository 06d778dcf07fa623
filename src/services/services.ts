import { type CalendarReader, createCalendarReader } from "../calendar/read.ts";
import type { Catalog } from "../catalog/load.ts";
import type { AllowFiles } from "../domain/allow-files.ts";
import type { Github } from "../github/client.ts";
import { createCandidates } from "./candidates/add-candidate.ts";
import { createDocuments } from "./candidates/add-document.ts";
import { eraseAgreed, eraseCandidate } from "./candidates/erase-candidate.ts";
import { createApplications } from "./candidates/find-candidates.ts";
import { createDossiers } from "./candidates/get-candidate.ts";
import { rereadDocuments } from "./candidates/reread-documents.ts";
import { updateCandidate } from "./candidates/update-candidate.ts";
import { createDocumentChanges } from "./candidates/update-document.ts";
import { createAssessments } from "./evaluation/score-candidate.ts";
import { createOutreach } from "./outreach/draft-outreach.ts";
import { createSending } from "./outreach/send-message.ts";
import type { MailSettings } from "./outreach/sender.ts";
import { suppressions } from "./outreach/suppressions.ts";
import { createVotes } from "./panel/cast-vote.ts";
import { createDebrief } from "./panel/get-debrief.ts";
import { createScorecards } from "./panel/submit-scorecard.ts";
import { consents } from "./personal-data/consents.ts";
import { holds } from "./personal-data/holds.ts";
import { createPersonFiles } from "./personal-data/person-file.ts";
import { createRetention } from "./personal-data/retention.ts";
import { createRetentionSettings } from "./personal-data/retention-settings.ts";
import { createAgenda } from "./pipeline/get-agenda.ts";
import { createPipeline } from "./pipeline/get-pipeline.ts";
import { type MoveInput, moveCandidate, undoMove } from "./pipeline/move-candidate.ts";
import { type OfferInput, recordOffer } from "./pipeline/record-offer.ts";
import { drawReport, getReport } from "./reports/get-report.ts";
import { impactSettings } from "./reports/impact-settings.ts";
import { createBenchmarks } from "./roles/benchmark-salary.ts";
import { createRoleChecks } from "./roles/check-role.ts";
import { createJobPosts } from "./roles/draft-job-post.ts";
import { createRoleOpening } from "./roles/open-role.ts";
import { createRoleReading } from "./roles/read-role.ts";
import { createRoleChanges } from "./roles/update-role.ts";
import { createCalendars } from "./scheduling/calendars.ts";
import { createInterviewTimes } from "./scheduling/find-interview-times.ts";
import { createInterviews } from "./scheduling/schedule-interview.ts";
import { createAvailability } from "./scheduling/set-availability.ts";
import { createStartSession, type Session, type SessionDeps } from "./session.ts";
import { createExercises } from "./submissions/assign-exercise.ts";
import { createSubmissions } from "./submissions/summarize-submission.ts";
import { changeTeam } from "./team/change-team.ts";
import { getTeam } from "./team/get-team.ts";
import { team } from "./team/manage-team.ts";
import { signIns } from "./team/sign-ins.ts";
import { createTokens } from "./team/tokens.ts";
import { createArchives } from "./transfer/archives.ts";
import { createImports } from "./transfer/carry-out-import.ts";
import { createRolesToOpen } from "./transfer/open-roles.ts";
import { createImportPlan } from "./transfer/plan-import.ts";
import { createStartUpkeep, upkeep } from "./upkeep.ts";
import { createUploads } from "./uploads/receive-upload.ts";

export type ServiceDeps = SessionDeps & {
  readonly catalog: Catalog;
  readonly github: Github;
  readonly githubOwner: string | undefined;
  /** Where callers may name files on this machine. Only over stdio, where the caller is the user. */
  readonly allowFiles: AllowFiles;
  /** Reads calendars. By default over https from public addresses, and from files if `allowFiles` is set. */
  readonly calendars?: CalendarReader;
  /** The company's name for messages. Without it, messages name no company. */
  readonly company?: string | undefined;
  readonly mail: MailSettings;
};

/** All use cases, each with only the dependencies that it needs. None of them uses the database before it is called. */
export function createServices(deps: ServiceDeps) {
  const { catalog, github, githubOwner, allowFiles, company, mail } = deps;
  const reader = deps.calendars ?? createCalendarReader({ allowFiles });
  const calendars = createCalendars({ reader });
  return {
    startSession: createStartSession(deps),
    startUpkeep: createStartUpkeep(deps),
    catalog,
    roles: {
      ...createRoleOpening({ catalog }),
      ...createRoleChanges({ catalog }),
      ...createRoleReading({ catalog }),
    },
    scoping: {
      ...createRoleChecks({ catalog }),
      ...createJobPosts({ catalog }),
      ...createBenchmarks({ catalog }),
    },
    candidates: { ...createCandidates({ allowFiles, catalog }), update: updateCandidate },
    erasures: { erase: eraseCandidate, eraseAgreed },
    documents: {
      ...createDocuments({ allowFiles, catalog }),
      ...createDocumentChanges({ allowFiles, catalog }),
      reread: rereadDocuments,
    },
    uploads: createUploads({ catalog }),
    applications: createApplications({ catalog }),
    dossiers: createDossiers({ catalog }),
    pipeline: createPipeline({ catalog }),
    agenda: createAgenda({ catalog }),
    moves: {
      move: (session: Session, input: MoveInput) => moveCandidate(session, input, catalog),
      undo: (session: Session, input: { application: string }) => undoMove(session, input, catalog),
    },
    offers: {
      record: (session: Session, input: OfferInput) => recordOffer(session, input, catalog.lexicon()),
    },
    assessments: createAssessments({ catalog }),
    panel: { ...createScorecards({ catalog }), ...createVotes(), ...createDebrief({ catalog }) },
    exercises: createExercises({ catalog, github, githubOwner, allowFiles }),
    submissions: createSubmissions({ catalog, github, allowFiles }),
    outreach: createOutreach({ catalog, company }),
    sending: createSending({ catalog, company, mail }),
    interviewTimes: createInterviewTimes({ catalog, calendars }),
    interviews: createInterviews({ catalog, calendars }),
    reports: { get: getReport, draw: drawReport },
    impactSettings,
    availability: createAvailability({ reader }),
    suppressions,
    team: { ...team, get: getTeam, change: changeTeam },
    tokens: createTokens({ now: deps.now }),
    signIns,
    archives: createArchives({ now: deps.now }),
    imports: {
      ...createImportPlan({ catalog }),
      ...createRolesToOpen({ catalog }),
      ...createImports({ catalog }),
    },
    retention: createRetention({ catalog }),
    retentionSettings: createRetentionSettings({ catalog }),
    holds,
    consents,
    personFiles: createPersonFiles({ catalog, company }),
    upkeep,
  };
}
export type Services = ReturnType<typeof createServices>;
