import * as z from "zod";
import { InterviewStatus } from "../../domain/scheduling/interview-status.ts";
import type { ProposedTimes } from "../../services/scheduling/find-interview-times.ts";
import type { BookedInterview } from "../../services/scheduling/interview-record.ts";
import { bookingText, conflictText, timesNoteText } from "../text/fields/interview.ts";
import type { Answer } from "./answer.ts";

const Interview = z.object({
  id: z.string(),
  round: z.string(),
  start: z.string(),
  end: z.string(),
  minutes: z.number(),
  interviewers: z.array(z.string()),
  location: z.string().nullable(),
  status: InterviewStatus,
  uid: z.string(),
  sequence: z.number(),
});

const LocalTime = z.object({ who: z.string(), timezone: z.string(), local: z.string() });

/** What became of a time zone that the call said to be the candidate's. */
const KeptZone = { timezone_kept: z.string().optional(), timezone_on_record: z.string().optional() };

/** Proposed times, best first, with notes on them. */
export const InterviewTimesAnswer = z.object({
  slots: z.array(
    z.object({
      round: z.string(),
      start: z.string(),
      end: z.string(),
      interviewers: z.array(z.object({ email: z.string(), local: z.string() })),
      candidate_local: z.string().nullable(),
      reasonable: z.boolean(),
      plan: z.number().optional(),
    }),
  ),
  total: z.number(),
  next_cursor: z.string().nullable(),
  notes: z.array(z.string()),
  ...KeptZone,
});
export type InterviewTimesAnswer = Answer<typeof InterviewTimesAnswer>;

/** An interview as it is now, the invitation to one that is booked, and the conflicts with its time. */
export const BookedInterviewAnswer = z.object({
  interview: Interview,
  invite: z.object({ filename: z.string(), content_type: z.string(), text: z.string() }).optional(),
  local_times: z.array(LocalTime),
  conflicts: z.array(z.object({ kind: z.string(), who: z.string(), what: z.string() })),
  note: z.string(),
  ...KeptZone,
});
export type BookedInterviewAnswer = Answer<typeof BookedInterviewAnswer>;

export const interviewTimesAnswer = ({ slots, notes, ...page }: ProposedTimes): InterviewTimesAnswer => ({
  ...page,
  slots: slots.map(({ interviewers, ...slot }) => ({ ...slot, interviewers: [...interviewers] })),
  notes: notes.map(timesNoteText),
});

export const bookedInterviewAnswer = ({
  interview,
  invite,
  local_times,
  conflicts,
  change,
  ...zone
}: BookedInterview): BookedInterviewAnswer => ({
  interview: { ...interview, interviewers: [...interview.interviewers] },
  ...(invite && { invite: inviteFile(invite) }),
  local_times: [...local_times],
  conflicts: conflicts.map((conflict) => ({
    kind: conflict.kind,
    who: conflict.who,
    what: conflictText(conflict),
  })),
  note: bookingText(change, interview.round, invite?.without_address),
  ...zone,
});

const inviteFile = ({ filename, content_type, text }: NonNullable<BookedInterview["invite"]>) => ({
  ...{ filename, content_type, text },
});
