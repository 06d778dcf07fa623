import { addCandidate } from "./add-candidate.ts";
import { addDocument } from "./add-document.ts";
import { assignExercise } from "./assign-exercise.ts";
import { benchmarkSalary } from "./benchmark-salary.ts";
import { castVote } from "./cast-vote.ts";
import { checkRole } from "./check-role.ts";
import { draftJobPost } from "./draft-job-post.ts";
import { draftOutreach } from "./draft-outreach.ts";
import { eraseCandidate } from "./erase-candidate.ts";
import { findCandidates } from "./find-candidates.ts";
import { findInterviewTimes } from "./find-interview-times.ts";
import { getAgenda } from "./get-agenda.ts";
import { getCandidate } from "./get-candidate.ts";
import { getDebrief } from "./get-debrief.ts";
import { getPipeline } from "./get-pipeline.ts";
import { getReport } from "./get-report.ts";
import { getRoleTemplate } from "./get-role-template.ts";
import { getTeam } from "./get-team.ts";
import { manageTeam } from "./manage-team.ts";
import { moveCandidate } from "./move-candidate.ts";
import { openRole } from "./open-role.ts";
import { recordOffer } from "./record-offer.ts";
import { scheduleInterview } from "./schedule-interview.ts";
import { scoreCandidate } from "./score-candidate.ts";
import { sendMessage } from "./send-message.ts";
import { setAvailability } from "./set-availability.ts";
import { submitScorecard } from "./submit-scorecard.ts";
import { summarizeSubmission } from "./summarize-submission.ts";
import { undoMove } from "./undo-move.ts";
import { updateCandidate } from "./update-candidate.ts";
import { updateDocument } from "./update-document.ts";
import { updateRole } from "./update-role.ts";

/** Every tool, in the order in which clients list them. */
export const tools = [
  openRole,
  updateRole,
  checkRole,
  draftJobPost,
  benchmarkSalary,
  getRoleTemplate,
  getPipeline,
  getAgenda,
  addCandidate,
  updateCandidate,
  addDocument,
  updateDocument,
  eraseCandidate,
  findCandidates,
  getCandidate,
  moveCandidate,
  undoMove,
  recordOffer,
  scoreCandidate,
  submitScorecard,
  castVote,
  getDebrief,
  assignExercise,
  summarizeSubmission,
  draftOutreach,
  sendMessage,
  findInterviewTimes,
  scheduleInterview,
  getTeam,
  manageTeam,
  setAvailability,
  getReport,
] as const;
