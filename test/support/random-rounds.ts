import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { isRound } from "../../src/domain/panel/panel.ts";
import type { Stage } from "../../src/domain/roles/role-template.ts";
import { InterviewStatus } from "../../src/domain/scheduling/interview-status.ts";
import { ExerciseForm } from "../../src/domain/submission/exercise-form.ts";
import type { Store } from "../../src/store/store.ts";
import {
  assignments,
  documents,
  interviewers,
  interviewSeats,
  interviews,
  scorecards,
  votes,
} from "../../src/store/tables.ts";
import { type Story, seeded } from "./random-pipeline.ts";

const DAY = 86_400_000;

/**
 * Gives applications interviewers, interviews of every state before and after now, scorecards, votes, exercises and what was
 * handed in for them: some of each, whatever else they have.
 * @param members ids of those who interview
 */
export async function randomRounds(
  store: Store,
  stories: readonly Story[],
  {
    stages,
    members,
    seed,
    now,
  }: { stages: readonly Stage[]; members: readonly string[]; seed: number; now: Date },
): Promise<void> {
  const random = seeded(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const ago = (days: number) => new Date(now.getTime() - Math.floor(random() * days * DAY));
  const { workspaceId } = store;
  const [first = ""] = members;
  const rows = {
    interviewers: [] as (typeof interviewers.$inferInsert)[],
    interviews: [] as (typeof interviews.$inferInsert)[],
    seats: [] as (typeof interviewSeats.$inferInsert)[],
    scorecards: [] as (typeof scorecards.$inferInsert)[],
    votes: [] as (typeof votes.$inferInsert)[],
    assignments: [] as (typeof assignments.$inferInsert)[],
    documents: [] as (typeof documents.$inferInsert)[],
  };
  for (const { id: applicationId } of stories) {
    const one = () => ({ workspaceId, id: uuidv7(), applicationId });
    for (const { id: round } of stages.filter(isRound)) {
      for (const memberId of members) {
        if (random() < 0.5) continue;
        rows.interviewers.push({ ...one(), round, memberId, assignedAt: ago(20), assignedBy: first });
        if (random() < 0.3)
          rows.scorecards.push({
            ...{ ...one(), round, memberId, version: 1, ratings: [], recommendation: "yes", notes: "" },
            ...{ submittedBy: memberId, byAdmin: false, client: "test", submittedAt: ago(20) },
          });
      }
      for (let n = Math.floor(random() * 3); n > 0; n -= 1) {
        const startsAt = new Date(ago(20).getTime() + 5 * DAY);
        const hasBegun = startsAt <= now;
        const status = pick(hasBegun ? InterviewStatus.options : (["booked", "cancelled"] as const));
        const id = uuidv7();
        rows.seats.push({ workspaceId, id: uuidv7(), interviewId: id, memberId: pick(members) });
        rows.interviews.push({
          ...{ ...one(), id, round, status, startsAt, endsAt: new Date(startsAt.getTime() + DAY / 24) },
          ...{ uid: id, sequence: 0, scheduledBy: first, changedBy: first },
          ...{ createdAt: ago(20), updatedAt: ago(20) },
        });
      }
    }
    for (const memberId of members)
      if (random() < 0.3)
        rows.votes.push({
          ...{ ...one(), memberId, version: 1, vote: "yes", reason: "Test" },
          ...{ onPanel: true, client: "test", castAt: ago(5) },
        });
    if (random() < 0.5)
      rows.assignments.push({
        ...{ ...one(), exercise: "test", form: pick(ExerciseForm.options), status: "given" },
        ...{ dueAt: now, assignedBy: first, createdAt: ago(20) },
      });
    if (random() < 0.3)
      rows.documents.push({
        ...{ ...one(), kind: "work_sample", name: "work", text: "Work", hiddenTextRemoved: 0 },
        ...{
          sha256: createHash("sha256").update(applicationId).digest(),
          addedBy: first,
          createdAt: ago(20),
        },
      });
  }
  await store.write(new AbortController().signal, async (tx) => {
    await tx.insert(interviewers).values(rows.interviewers);
    await tx.insert(interviews).values(rows.interviews);
    await tx.insert(interviewSeats).values(rows.seats);
    await tx.insert(scorecards).values(rows.scorecards);
    await tx.insert(votes).values(rows.votes);
    await tx.insert(assignments).values(rows.assignments);
    await tx.insert(documents).values(rows.documents);
  });
}
