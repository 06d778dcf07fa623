import type { Catalog } from "../../catalog/load.ts";
import { loadRetention } from "../../catalog/retention.ts";
import { dayOf } from "../../domain/days.ts";
import type { Stale } from "../../domain/evaluation/stale.ts";
import { payRangesInForce } from "../../domain/jurisdictions/lookup.ts";
import {
  citable,
  type ExerciseFacts,
  greenQuotes,
  type MessageFacts,
  momentIn,
  offerFacts,
  type Round,
  salaryRange,
} from "../../domain/outreach/facts.ts";
import { fitToCite } from "../../domain/outreach/fit-to-cite.ts";
import { greetingName } from "../../domain/outreach/greeting-name.ts";
import type { Standing } from "../../domain/outreach/purpose.ts";
import { awaitedFromCandidate } from "../../domain/outreach/waiting.ts";
import { isRound } from "../../domain/panel/panel.ts";
import { currentOffer } from "../../domain/pipeline/offer.ts";
import type { RoleTemplate, Stage } from "../../domain/roles/role-template.ts";
import { NOUNS } from "../../domain/submission/exercise-form.ts";
import type { Lexicon } from "../../domain/text/lexicon.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listOffers } from "../../store/pipeline/offers.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { staleNow } from "../evaluation/compiled-rubric.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import { todayOf } from "../pipeline/offer-views.ts";
import type { Session } from "../session.ts";
import { type BookedInterview, bookedInterview } from "./booked-interview.ts";
import { loadContact } from "./contact.ts";

/** The facts on record about an application that a message to its candidate may use. */
export type OnRecord = {
  readonly record: ApplicationRecord;
  readonly template: RoleTemplate;
  readonly lexicon: Lexicon;
  readonly standing: Standing;
  readonly facts: Omit<MessageFacts, "note" | "sender">;
  readonly exerciseDue: Date | null;
  /** The booked interview, for the invitation. */
  readonly booked: BookedInterview | undefined;
  /** Texts whose numbers a message may use, beside the facts: evidence of flags, and members' notes. */
  readonly recorded: readonly string[];
  /** That no line of theirs is cited because the assessment is stale. */
  readonly stale: Stale | undefined;
  /** Whether a law in force at the role's places requires its pay range. */
  readonly salaryRequired: boolean;
};

/** Sources of facts beside the database. */
export type Sources = { readonly catalog: Catalog; readonly company?: string | undefined };

/** Loads every fact that a message may use about an application, as far as this member may see it. */
export async function loadMessageFacts(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  forReader: ForReader,
  { catalog, company }: Sources,
): Promise<OnRecord> {
  const { workspaceId, now } = session;
  const { application, candidate, role } = record;
  const template = catalog.forRole(role);
  const lexicon = catalog.lexicon();
  const assignment = await findAssignment(tx, workspaceId, application.id);
  const notes = (await forReader.documents()).filter((d) => d.kind === "note");
  const booked = await bookedInterview(tx, workspaceId, record, now);
  const stage = role.stages.find((s) => s.id === application.stage);
  const has = {
    assigned: assignment?.form ?? null,
    assignedAt: assignment?.createdAt ?? null,
    hasSubmission: application.hasSubmission,
  };
  const awaited = stage ? awaitedFromCandidate(stage, has) : null;
  const contact = await loadContact(tx, record, forReader, { lexicon, awaited, now });
  const assessed = await forReader.assessment();
  const stale = assessed && staleNow(catalog, role, assessed);
  // What was read otherwise may have been our own words, or somebody else's.
  const quotes = stale ? [] : greenQuotes(assessed?.result);
  const offer = offerFacts(currentOffer(await listOffers(tx, application)), await todayOf(tx, session));
  const standing: Standing = {
    ref: application.ref,
    stage: application.stage,
    status: application.status,
    stages: role.stages,
    roleStatus: role.status,
    hasExercise: assignment !== undefined,
    hasSubmission: application.hasSubmission,
    hasOffer: offer !== null,
    isUntold: application.untoldSince !== null,
    past: contact.past,
  };
  const turn = contact.isOurTurn ? "us" : null;
  const nextMove: MessageFacts["next_move"] = booked ? "meeting" : awaited?.since ? "candidate" : turn;
  const facts = {
    ...contact.facts,
    first_name: greetingName(candidate.name, lexicon, candidate.email ?? ""),
    name: candidate.name,
    next_move: nextMove,
    role: { title: role.title, level: role.level },
    lane: template.lanes.find((lane) => lane.id === role.lane) ?? null,
    outcomes: role.outcomes,
    salary: salaryRange(role),
    ...(stage
      ? stageFacts(stage)
      : { stage: { name: application.stage, kind: "application" as const }, round: null }),
    loop: role.stages.filter((s) => isRound(s) && s.minutes !== undefined).map(roundOf),
    location: role.location,
    remote: role.remote,
    on_call: role.onCall,
    exercise: assignment ? exerciseFacts(assignment, template, candidate.timezone) : null,
    interview: booked?.facts ?? null,
    // Proposed times are not stored. A booked time is in `interview`.
    times: [],
    evidence: citable(quotes, fitToCite(lexicon)),
    offer,
    company: company ?? null,
    role_status: role.status,
    keep_for: loadRetention().asking,
  };
  const recorded = [...quotes, ...notes.map((d) => d.text)];
  const exerciseDue = assignment?.dueAt ?? null;
  const salaryRequired = payRangesInForce(catalog.places, role, dayOf(now)).length > 0;
  return { record, template, lexicon, standing, facts, exerciseDue, booked, recorded, stale, salaryRequired };
}

/** What a message may say of the stage in which somebody is. */
export const stageFacts = (stage: Stage): Pick<MessageFacts, "stage" | "round"> => ({
  stage: { name: stage.name, kind: stage.kind },
  round: isRound(stage) ? roundOf(stage) : null,
});

const roundOf = ({ name, minutes }: Stage): Round => ({ name, minutes: minutes ?? null });

function exerciseFacts(
  { exercise: id, form, url, dueAt, status }: AssignmentRow,
  template: RoleTemplate,
  zone: string | null,
): ExerciseFacts | null {
  const exercise = template.exercises.find((e) => e.id === id);
  if (!exercise) return null;
  const { title, hours, brief, ai_policy } = exercise;
  // The path of a clone on this machine is of no use to the candidate, and what is only planned is not there yet.
  const repository = url !== null && /^https?:\/\//.test(url) && status !== "planned" ? url : null;
  const due = momentIn(zone, dueAt);
  const invited = status === "invited";
  return { form, noun: NOUNS[form], title, hours, brief, ai_policy, due, repository, invited };
}
