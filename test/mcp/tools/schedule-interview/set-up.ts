import ICAL from "ical.js";
import { useDatabase } from "../../../support/database.ts";
import type { HarnessOptions } from "../../../support/harness.ts";
import { startWithCandidate } from "../../../support/record.ts";
import { addInterviewer, type When } from "../../../support/team.ts";

export const INES = "ines@example.test";
export const KOFI = "kofi@example.test";
/** A Tuesday, 10:00 in Berlin. */
export const ASK = {
  application: "MLE-1",
  round: "architecture",
  interviewers: [INES],
  start: "2026-12-01T10:00+01:00",
};

/** A database for a test file; `begin` starts Greenflag on it with Zoë and whoever may interview. */
export function useInterviews() {
  const database = useDatabase();
  const begin = async (people: Record<string, When> = { [INES]: {} }, more: Partial<HarnessOptions> = {}) => {
    const store = await database.workspace();
    const greenflag = await startWithCandidate({ store, ...more });
    for (const [email, when] of Object.entries(people)) await addInterviewer(store, email, when);
    const add = (name: string, timezone?: string) =>
      greenflag.ok("add_candidate", {
        role: "MLE",
        name,
        email: `${name.toLowerCase()}@example.test`,
        ...(timezone ? { timezone } : {}),
      });
    const interviews = async (application = "MLE-1") =>
      (await greenflag.ok("get_candidate", { application, include: ["interviews"] })).interviews;
    return { ...greenflag, store, add, interviews };
  };
  return { database, begin };
}

/** What an invitation says. */
export const open = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent") as ICAL.Component);
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    attendees: event.attendees.map((a) => String(a.getFirstValue()).toLowerCase()),
  };
};
