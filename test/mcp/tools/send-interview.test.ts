import ICAL from "ical.js";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { teamDirectory } from "../../catalog/team-directory.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, type HarnessOptions, start } from "../../support/harness.ts";
import { FROM, useSmtp } from "../../support/mail.ts";
import { RESUME } from "../../support/record.ts";
import { addInterviewer } from "../../support/team.ts";

const database = useDatabase();
const smtp = await useSmtp();

const INES = "ines@example.test";
const SEAT = { application: "MLE-1", round: "screen", interviewers: [INES] };
/** 15:00 in Berlin is 09:00 in New York. */
const AT = { ...SEAT, start: "2026-12-01T15:00[Europe/Berlin]", location: "https://meet.example.test/zoe" };
const SCHEDULE = { application: "MLE-1", purpose: "schedule" };

async function begin(more: Partial<HarnessOptions> = {}, timezone?: string): Promise<Harness> {
  const store = await database.workspace();
  const mail = { smtpUrl: smtp.url, from: FROM };
  const greenflag = await start({ store, mail, ...more });
  await greenflag.ok("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
  await greenflag.ok("add_candidate", {
    ...{ role: "MLE", name: "Zoë Okafor", email: "zoe@example.test", resume_text: RESUME },
    ...(timezone ? { timezone } : {}),
  });
  await addInterviewer(store, INES);
  await greenflag.ok("update_role", { role: "MLE", comp_min: 100_000, comp_max: 120_000 });
  await greenflag.ok("score_candidate", { application: "MLE-1" });
  await greenflag.ok("move_candidate", { application: "MLE-1", to: "screen" });
  return greenflag;
}
const draft = async (greenflag: Harness, ask: object = SCHEDULE) =>
  (await greenflag.ok("draft_outreach", ask)).message as {
    id: string;
    subject: string;
    body: string;
    findings: { rule: string; severity: string; quote?: string }[];
  };
async function confirm(greenflag: Harness, message: string) {
  const { confirmation } = await greenflag.ok("send_message", { message });
  await greenflag.ok("send_message", { message, confirm: confirmation.code });
  return confirmation.summary as string;
}
async function leave(greenflag: Harness) {
  greenflag.clock.now = new Date(greenflag.clock.now.getTime() + 120_000);
  await greenflag.dispatcher.runOnce();
}
const outcomeOf = async (greenflag: Harness, id: string) => {
  const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
  return messages.find((m: { id: string }) => m.id === id);
};
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent") as ICAL.Component);
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    location: event.location,
    attendees: event.attendees.map((a) => String(a.getFirstValue()).toLowerCase()),
  };
};

describe("a message about a booked interview", () => {
  it("confirms the time in the candidate's zone, and the invitation that leaves with it has the instant", async () => {
    const greenflag = await begin({}, "America/New_York");
    const before = await draft(greenflag);
    expect(before.body).toMatch(/Which times suit you/);
    const { interview } = await greenflag.ok("schedule_interview", AT);
    const message = await draft(greenflag);
    expect(message.findings).toEqual([]);
    expect(message.subject).toContain("Tuesday 1 December 2026, 09:00 GMT-5");
    expect(message.body).toMatch(/Tuesday 1 December 2026, 09:00 GMT-5, 30 minutes/);
    expect(message.body).toContain("Where: https://meet.example.test/zoe");
    expect(message.body).not.toMatch(/Which times/);
    const summary = await confirm(greenflag, message.id);
    expect(summary).toMatch(/^With an invitation for the calendar: .*1 December 2026, 09:00 GMT-5$/m);
    await leave(greenflag);

    expect(smtp.received).toHaveLength(1);
    const [received] = smtp.received;
    expect(received?.recipients).toEqual(["zoe@example.test"]);
    expect(received?.mail.text).toContain("09:00 GMT-5");
    expect(received?.raw).toMatch(/^content-type: text\/calendar;[^\n]*method=REQUEST/im);
    const calendars = (received?.mail.attachments ?? []).filter((a) => /calendar|ics/.test(a.contentType));
    expect(calendars.length).toBeGreaterThan(0);
    for (const { content } of calendars)
      expect(read(content.toString("utf8"))).toEqual({
        method: "REQUEST",
        uid: interview.uid,
        start: "2026-12-01T14:00:00.000Z",
        end: "2026-12-01T14:30:00.000Z",
        location: "https://meet.example.test/zoe",
        attendees: ["mailto:zoe@example.test", `mailto:${INES}`],
      });
  });

  it("confirms it in the first invitation too, for a candidate whose zone is unknown in UTC", async () => {
    const greenflag = await begin();
    await greenflag.ok("schedule_interview", { ...AT, location: undefined });
    const message = await draft(greenflag, { application: "MLE-1", purpose: "screen_invite" });
    expect(message.findings).toEqual([]);
    expect(message.body).toContain("We speak on Tuesday 1 December 2026, 14:00 UTC, for 30 minutes.");
    expect(message.body).not.toMatch(/Could we speak|are all I need/);
  });

  it.each([
    [
      "moved",
      { start: "2026-12-02T15:00[Europe/Berlin]" },
      /interview_changed \(.*2 December 2026, 14:00 UTC\)/,
    ],
    ["given another place", { location: "Room 4" }, /interview_changed/],
    ["called off", { cancel: true, reason: "Ill." }, /interview_changed \(no interview\)/],
  ])(
    "is stale once the interview is %s: nothing is sent, and it is drafted anew",
    async (_n, change, said) => {
      const greenflag = await begin();
      const { interview } = await greenflag.ok("schedule_interview", AT);
      const message = await draft(greenflag);
      const { confirmation } = await greenflag.ok("send_message", { message: message.id });
      const changed = { application: "MLE-1", round: "screen", interview: interview.id, ...change };
      await greenflag.ok("schedule_interview", changed);
      for (const more of [{}, { confirm: confirmation.code }]) {
        const refused = await greenflag.refused("send_message", { message: message.id, ...more });
        expect(refused).toMatch(said);
        expect(refused).toMatch(/draft_outreach with application: MLE-1, purpose: schedule/);
      }
      const anew = await draft(greenflag);
      expect(anew.id).not.toBe(message.id);
      await confirm(greenflag, anew.id);
      await leave(greenflag);
      expect(smtp.received).toHaveLength(1);
    },
  );

  it("that asks for times is stale once one is booked", async () => {
    const greenflag = await begin();
    const message = await draft(greenflag);
    await greenflag.ok("schedule_interview", AT);
    expect(await greenflag.refused("send_message", { message: message.id })).toMatch(
      /interview_changed \(.*1 December 2026, 14:00 UTC\)/,
    );
  });

  it("does not leave when the interview is moved after it was confirmed", async () => {
    const greenflag = await begin();
    const { interview } = await greenflag.ok("schedule_interview", AT);
    const message = await draft(greenflag);
    await confirm(greenflag, message.id);
    await greenflag.ok("schedule_interview", {
      ...{ application: "MLE-1", round: "screen", interview: interview.id },
      start: "2026-12-03T10:00[Europe/Berlin]",
    });
    await leave(greenflag);
    expect(smtp.received).toEqual([]);
    expect(await outcomeOf(greenflag, message.id)).toMatchObject({
      status: "cancelled",
      outcome: expect.stringMatching(/interview changed before it left; the message has to be drafted again/),
    });
  });

  it("carries the invitation in the text for sending by hand", async () => {
    const greenflag = await begin({ mail: {} });
    await greenflag.ok("schedule_interview", AT);
    const { id } = await draft(greenflag);
    const { delivery } = await greenflag.ok("send_message", { message: id, as_eml: true });
    const { attachments } = await simpleParser(delivery.eml);
    const calendar = attachments.find((a) => /calendar|ics/.test(a.contentType));
    expect(read(calendar?.content.toString("utf8") ?? "")).toMatchObject({
      method: "REQUEST",
      start: "2026-12-01T14:00:00.000Z",
    });
  });

  it("does not concern a message that does not name it: no invitation is attached, and it may move", async () => {
    const greenflag = await begin();
    const { interview } = await greenflag.ok("schedule_interview", AT);
    const { id } = await draft(greenflag, { application: "MLE-1", purpose: "status_update" });
    await greenflag.ok("schedule_interview", {
      ...{ application: "MLE-1", round: "screen", interview: interview.id },
      start: "2026-12-03T10:00[Europe/Berlin]",
    });
    await confirm(greenflag, id);
    await leave(greenflag);
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]?.raw).not.toMatch(/text\/calendar/i);
  });

  it("is a fact for a team's own message as well, and links to no other host", async () => {
    const messages =
      "- id: status_update\n  stages: [debrief]\n  subject: Where we are\n  body: |\n    Hello {{ first_name }},\n\n    {% if interview %}We speak on {{ interview.when }}.{% endif %} {{ note }}\n";
    const catalog = loadCatalog({ directory: teamDirectory({ "mlops-engineer/messages.yaml": messages }) });
    const greenflag = await begin({ catalog });
    const { interview } = await greenflag.ok("schedule_interview", AT);
    const ask = { application: "MLE-1", purpose: "status_update", note: "Thank you." };
    const message = await draft(greenflag, ask);
    expect(message).toMatchObject({
      body: expect.stringContaining("1 December 2026, 14:00 UTC"),
      findings: [],
    });
    const elsewhere = await draft(greenflag, { ...ask, note: "See https://evil.example/x." });
    expect(elsewhere.findings).toMatchObject([{ rule: "link_host" }]);
    // A place that the text does not name is part of what is drafted for all the same.
    const last = await draft(greenflag, ask);
    const moved = { application: "MLE-1", round: "screen", interview: interview.id, location: "Room 4" };
    await greenflag.ok("schedule_interview", moved);
    expect(await greenflag.refused("send_message", { message: last.id })).toMatch(/interview_changed/);
    const anew = await draft(greenflag, ask);
    expect(anew.id).not.toBe(last.id);
    await confirm(greenflag, anew.id);
  });
});
