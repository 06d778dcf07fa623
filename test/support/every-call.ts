import { RECORD_PARTS } from "../../src/domain/candidates/record-parts.ts";
import { prompts } from "../../src/mcp/prompts/index.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import type { Harness } from "./harness.ts";
import { ALAN, card, GRACE } from "./panel.ts";

const MLE = { application: "MLE-1" };

/** Words that stand in what others on the panel wrote, one for each place; none may reach whoever owes a card. */
export const PLANTED = {
  evidence: "kestrelevidence",
  notes: "kestrelnotes",
  later: "kestrellater",
  reason: "kestrelreason",
  vote: "kestrelvote",
  note: "kestrelnote",
  finding: "kestrelfinding",
  move: "kestrelmove",
  decision: "kestreldecision",
  message: "kestrelmessage",
  offer: "kestreloffer",
} as const;
const RATINGS = card("screen", [2]).ratings;
/** Stands for the id of a draft in the calls below; a test without a draft asks for one that is not there. */
const DRAFT = "DRAFT";
const NO_DRAFT = "01900000-0000-7000-8000-000000000000";
const filled = (args: object, draft: string): object =>
  Object.fromEntries(Object.entries(args).map(([key, value]) => [key, value === DRAFT ? draft : value]));
const SLOT = { from: "2026-12-01T09:00:00Z", to: "2026-12-02T17:00:00Z" };

/**
 * Every tool with arguments that show as much as it can: an answer, a refusal, and a refusal close to what is hidden.
 * A tool that is not here fails the test: whoever adds one says how it is called, and the words are looked for in it too.
 */
export const CALLS: Record<string, readonly object[]> = {
  open_role: [{ template: "mlops-engineer", level: "mid", location: "Leeds" }],
  update_role: [
    { role: "MLE", on_call: "One week in five" },
    { role: "MLE", panel: [{ round: "picnic", members: [ALAN] }] },
  ],
  check_role: [{ role: "MLE" }],
  draft_job_post: [{ role: "MLE" }],
  benchmark_salary: [{ template: "mlops-engineer", level: "senior" }],
  get_role_template: [{ template: "mlops-engineer" }, { template: "mlops-engineer", section: "interviews" }],
  get_pipeline: [{}, { role: "MLE" }],
  get_agenda: [{}, { member: "all", days: 31 }, { member: ALAN, from: "2026-11-01", days: 31 }],
  add_candidate: [{ role: "MLE", name: "Zoë Okafor", email: "zoe@example.test", resume_text: "Ran it." }],
  update_candidate: [
    { ...MLE, phone: "+351 912 345 678", tags: ["relocates"] },
    { ...MLE, owner: ALAN },
    { ...MLE, merge_into: "MLE-2" },
  ],
  add_document: [{ ...MLE, kind: "note", text: `Met Alan: ${PLANTED.note.slice(0, 6)}` }],
  update_document: [
    { ...MLE, document: NO_DRAFT, own_words: false },
    { ...MLE, document: NO_DRAFT, move_to: "MLE-2" },
    { ...MLE, document: NO_DRAFT, remove: true, reason: "Test" },
  ],
  erase_candidate: [MLE],
  find_candidates: [
    {},
    { owed_by: GRACE },
    { owed_by: ALAN },
    ...Object.values(PLANTED).map((query) => ({ query: query.slice(0, 7) })),
  ],
  get_candidate: [
    MLE,
    {
      ...MLE,
      include: RECORD_PARTS,
    },
    { ...MLE, include: ["documents"], compare_with: ["MLE-2"] },
  ],
  move_candidate: [
    { ...MLE, to: "offer" },
    { ...MLE, to: "offer", override: true, reason: "Test" },
    { ...MLE, to: "rejected", reason: "Test" },
    { ...MLE, to: "incident", from: "screen" },
    { ...MLE, to: "debrief" },
  ],
  record_offer: [
    { ...MLE, base: 180_000 },
    { ...MLE, status: "declined" },
    { ...MLE, status: "withdrawn" },
    { ...MLE, base: 185_000, status: "extended" },
  ],
  undo_move: [{ application: "MLE-2" }],
  score_candidate: [
    MLE,
    { ...MLE, compare_with: ["MLE-2"] },
    {
      ...MLE,
      findings: [
        { flag: "cost_win", verdict: "present", quotes: ["Alan heard a kestrel in the interview note"] },
      ],
    },
  ],
  submit_scorecard: [
    { ...MLE, round: "screen", ratings: RATINGS.slice(1), recommendation: "no" },
    { ...MLE, round: "architecture", ratings: RATINGS, recommendation: "no" },
    { ...MLE, round: "screen", ratings: RATINGS, recommendation: "no", member: ALAN },
  ],
  cast_vote: [{ ...MLE, vote: "yes", reason: "Mine" }],
  get_debrief: [MLE],
  assign_exercise: [{ ...MLE, exercise: "overprovisioned-serving", preview: true }],
  summarize_submission: [MLE],
  draft_outreach: [{ ...MLE, discard: DRAFT }, MLE, { ...MLE, purpose: "status_update" }],
  send_message: [
    { message: DRAFT },
    { message: DRAFT, cancel: true },
    { application: "MLE-2", channel: "phone" },
  ],
  find_interview_times: [{ ...MLE, round: "screen", interviewers: [ALAN, GRACE], ...SLOT }],
  schedule_interview: [
    { ...MLE, round: "screen", interviewers: [ALAN, GRACE], start: SLOT.from, minutes: 30 },
  ],
  get_team: [{}],
  manage_team: [
    { action: "add", email: "nan@example.test", name: "Nan", access: "viewer" },
    { action: "access", email: ALAN, access: "admin" },
    { action: "remove", email: ALAN },
    { action: "rename", email: ALAN, new_email: GRACE },
  ],
  set_availability: [{ timezone: "Europe/Berlin" }, { member: GRACE, hours: "mon-fri 9-17" }],
  get_report: [
    "funnel",
    "time_in_stage",
    "time_to_fill",
    "sources",
    "offers",
    "owed",
    "agreement",
    "impact",
  ].map((report) => ({ report })),
};

export const VARIABLES: Record<string, string> = { ref: "MLE-1", role: "MLE", template: "mlops-engineer" };
export const ARGUMENTS: Record<string, string> = {
  application: "MLE-1",
  round: "screen",
  role: "MLE",
  template: "mlops-engineer",
};

/** Everything that a member is told by every tool, resource and prompt, each with its name. */
export async function everything(member: Harness, draft = NO_DRAFT): Promise<[string, string][]> {
  const told: [string, string][] = [];
  for (const { name } of tools) {
    for (const args of CALLS[name] ?? []) {
      const { text, facts } = await member.call(name, filled(args, draft));
      told.push([`${name} ${JSON.stringify(args)}`, text + JSON.stringify(facts)]);
    }
  }
  for (const { uri, variable } of resources) {
    const address = variable === undefined ? uri : uri.replace(`{${variable}}`, VARIABLES[variable] ?? "");
    told.push([address, JSON.stringify(await member.read(address).catch((error: Error) => error.message))]);
  }
  for (const { name, needs } of prompts) {
    const args = Object.fromEntries(needs.map((need) => [need.name, ARGUMENTS[need.name] ?? ""]));
    told.push([name, await member.prompt(name, args).catch((error: Error) => error.message)]);
  }
  return told;
}
