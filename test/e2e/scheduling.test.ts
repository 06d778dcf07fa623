import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { type AnyClient, connect, freshEnv, PROGRAM, run, serve } from "../support/clients.ts";
import { calendarEvent, calendarFile } from "../support/feed.ts";

const INES = "ines@example.test";
const server = inject("databaseUrl");

/** A Tuesday at least a month from now, as a date. */
const tuesday = (() => {
  const at = new Date(Date.now() + 35 * 86_400_000);
  at.setUTCDate(at.getUTCDate() + ((9 - at.getUTCDay()) % 7));
  return at.toISOString().slice(0, 10);
})();

async function team(env: Record<string, string>): Promise<void> {
  for (const args of [
    ["member", "add", INES, "--name", "Ines", "--access", "interviewer"],
    [
      "member",
      "availability",
      INES,
      "--timezone",
      "Europe/Berlin",
      "--hours",
      "mon-fri 09:00-17:00",
      "--limit",
      "4",
    ],
  ]) {
    const { code, stderr } = await run(args, env);
    expect([code, stderr]).toEqual([0, ""]);
  }
}

async function candidates(client: AnyClient, count: number): Promise<void> {
  const opened = await client.call("open_role", {
    template: "mlops-engineer",
    level: "senior",
    location: "Lisbon",
  });
  expect(opened.isError).toBe(false);
  for (let n = 1; n <= count; n += 1)
    await client.call("add_candidate", { role: "MLE", name: `Candidate ${n}`, email: `c${n}@example.test` });
}

const ask = (n: number) => ({
  application: `MLE-${n}`,
  round: "architecture",
  interviewers: [INES],
  // Every request a minute later than the last: whichever comes first, it overlaps all others.
  start: `${tuesday}T10:${String(n).padStart(2, "0")}[Europe/Berlin]`,
});

/** Calls again, as the answer asks for, while the database of a busy machine does not answer. */
async function answered(client: AnyClient, args: object): ReturnType<AnyClient["call"]> {
  for (;;) {
    const answer = await client.call("schedule_interview", args);
    if (!answer.text.startsWith("The database did not answer; nothing was changed.")) return answer;
  }
}

async function race(clients: readonly AnyClient[], count: number): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) => answered(clients[n % clients.length] as AnyClient, ask(n + 1))),
  );
  const refused = answers.filter((answer) => answer.isError);
  expect(refused.map((answer) => answer.text).join("\n")).not.toMatch(/database|went wrong/);
  expect(refused).toHaveLength(count - 1);
  for (const { text } of refused) expect(text).toMatch(/ines@example\.test holds another interview then/);
}

describe("scheduling in processes", () => {
  it("sets availability at the terminal, and proposes around a calendar file", async () => {
    const env = freshEnv();
    await team(env);
    const file = join(mkdtempSync(join(tmpdir(), "greenflag-ics-")), "ines.ics");
    const day = tuesday.replaceAll("-", "");
    const busy = calendarEvent(
      "1",
      `DTSTART;TZID=Europe/Berlin:${day}T090000`,
      `DTEND;TZID=Europe/Berlin:${day}T150000`,
    );
    writeFileSync(file, calendarFile(...busy));
    const say = async (...args: string[]) => {
      const { stdout, stderr } = await run(["member", "availability", ...args], env);
      return stdout + stderr;
    };
    expect(await say(INES, "--calendar", file, "--buffer", "15")).toMatch(
      /mon tue wed thu fri 09:00-17:00, Europe\/Berlin\ninterviews a week: at most 4; minutes free before and after: 15\ncalendar: file, 1 busy time in/,
    );
    expect(await say(INES)).toMatch(/calendar: file, 1 busy time in/);
    expect(await say(INES, "--hours", "someday")).toMatch(/--hours: "someday" is not understood/);
    expect(await say(INES, "--timezone", "Mars/Base")).toMatch(/no time zone/);
    expect(await say(INES, "--limit", "many")).toMatch(/no number/);
    expect(await say(INES, "--calendar", "https://10.0.0.1/x.ics")).toMatch(/not public/);
    expect(await say(INES, "--calendar", "/etc/passwd")).toMatch(/only your home/);
    expect(await say("nobody@example.test", "--timezone", "UTC")).toMatch(/No member/);
    expect(await say("ada@example.test")).toMatch(/Nothing is on record/);
    const client = await connect({ command: [PROGRAM], env }, "1.x");
    await candidates(client, 1);
    const { facts, text } = await client.call("find_interview_times", {
      ...ask(1),
      start: undefined,
      from: tuesday,
      to: tuesday,
    });
    expect(facts, text).toMatchObject({ total: 5 });
    expect(facts.slots[0].interviewers[0].local).toContain("15:15");
    await client.close();
    expect(await say(INES, "--calendar", "none")).toMatch(/calendar: none/);
  });

  it("books nobody twice through several clients of one embedded database", async () => {
    const env = freshEnv();
    await team(env);
    const { url, stop } = await serve(env);
    const clients = await Promise.all([
      connect({ url }, "1.x"),
      connect({ url }, "2.x, earlier protocol"),
      connect({ url }, "2.x, 2026-07-28"),
    ]);
    await candidates(clients[0] as AnyClient, 9);
    await race(clients, 9);
    await Promise.all(clients.map((client) => client.close()));
    expect(await stop()).toBe(0);
  });

  it.skipIf(server === undefined)(
    "books nobody twice from several processes on PostgreSQL (skipped without TEST_DATABASE_URL: it takes a server)",
    async () => {
      const admin = new pg.Client({ connectionString: server });
      await admin.connect();
      const name = `greenflag_race_${randomBytes(4).toString("hex")}`;
      await admin.query(`create database ${name}`);
      const url = new URL(server ?? "");
      url.pathname = `/${name}`;
      const env = freshEnv({ DATABASE_URL: url.href });
      await team(env);
      const clients = await Promise.all([0, 1, 2].map(() => connect({ command: [PROGRAM], env }, "1.x")));
      await candidates(clients[0] as AnyClient, 12);
      await race(clients, 12);
      await Promise.all(clients.map((client) => client.close()));
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  );
});
