import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { RECORD_PARTS } from "../../src/domain/candidates/record-parts.ts";
import { type AnyClient, connect, freshEnv, PROGRAM, run } from "../support/clients.ts";
import { makeDatabase } from "../support/own-database.ts";
import { card } from "../support/panel.ts";
import { RESUME } from "../support/record.ts";

const ADA = "ada@example.test";
const server = inject("databaseUrl");
const DAY_MS = 86_400_000;

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
/** As a German sheet writes a day. */
const dotted = (days: number): string => daysAgo(days).split("-").reverse().join(".");
/** A Tuesday at least a week from now. */
const tuesday = (() => {
  const at = new Date(Date.now() + 7 * DAY_MS);
  at.setUTCDate(at.getUTCDate() + ((9 - at.getUTCDay()) % 7));
  return at.toISOString().slice(0, 10);
})();

const HEADERS =
  "Name;E-Mail;Telefon;Position;Status;Beworben am;Quelle;Verantwortlich;Geschlecht;Notizen;Absagegrund";
const ROWS = [
  `Zoë Okafor;zoe@example.test;;MLOps Engineer;Neu;${dotted(25)};Referral;Ada;w;Met at a meet-up in Porto;`,
  `Jonas Weidner;jonas@example.test;;MLOps Engineer;Telefoninterview;${dotted(33)};LinkedIn;Ada;m;;`,
  `Priya Raman;priya@example.test;;MLOps Engineer;Interview;${dotted(49)};LinkedIn;Ada;w;Strong on drift;`,
  `Marta Lindqvist;marta@example.test;+351 21 555 0101;MLOps Engineer;Neu;${dotted(21)};Website;Ada;w;;`,
  `M. Lindqvist;marta.l@example.test;+351 21 555 0101;MLOps Engineer;Neu;${dotted(20)};Referral;Ada;w;;`,
  `Tobias Brandt;tobias.brant@example.test;;MLOps Engineer;Neu;${dotted(19)};LinkedIn;Ada;m;;`,
  `Renske Vermeer;renske@example.test;;MLOps Engineer;Abgesagt;${dotted(60)};Website;Ada;w;;Too little production work`,
  `Ilse Kanarek;ilse.kanarek@example.test;+49 30 555 0199;Backend Engineer;Neu;${dotted(27)};LinkedIn;Ada;w;Kanarekwrote twice;`,
  `Devon Achebe;devon@example.test;;Backend Engineer;Neu;${dotted(17)};Website;Ada;m;;`,
  `Sofia Marchetti;sofia@example.test;;Backend Engineer;Warteschleife;${dotted(16)};Referral;Bert;w;;`,
  "Omar Haddad;omar@example.test;;Backend Engineer;Neu;31.02.2026;LinkedIn;Ada;m;;",
  "",
  `Lena Fuchs;lena@example.test;;Werkstudentin;Neu;${dotted(28)};Website;Ada;w;;`,
];
const FILES: Record<string, string> = {
  "Bewerbungen.csv": `\ufeff${[HEADERS, ...ROWS].join("\r\n")}\r\n`,
  "Zoe Okafor CV.txt": RESUME,
  "marta@example.test.md": RESUME.replace("Zoë Okafor", "Marta Lindqvist"),
  "Lebenslauf_Ilse_Kanarek.txt": RESUME.replace("Zoë Okafor", "Ilse Kanarek"),
  "Gruppenfoto.txt": "Summer party",
};
/** Whatever of the person who is erased may stand in a file. */
const OF_ILSE = /ilse|kanarek|555 ?0199/i;

const folder = mkdtempSync(join(tmpdir(), "greenflag-in-and-out-"));
const sheet = join(folder, "applicants");
const map = `${sheet}.greenflag-map.yaml`;
const there = join(folder, "backup");
const here = freshEnv();
const clients: AnyClient[] = [];
const cleanUp: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  for (const clean of cleanUp) await clean();
  rmSync(folder, { recursive: true, force: true });
});

async function program(args: readonly string[], env = here): Promise<string> {
  const { code, stdout, stderr } = await run(args, env);
  expect([code, args, stderr]).toEqual([0, args, ""]);
  return stdout;
}

async function start(env: Record<string, string>): Promise<AnyClient> {
  const agree = () => ({ action: "accept" as const, content: { agree: true } });
  const client = await connect({ command: [PROGRAM], env }, "1.x", agree);
  clients.push(client);
  return client;
}

async function must(client: AnyClient, name: string, args: object) {
  const answer = await client.call(name, args);
  expect(answer.isError, `${name} ${JSON.stringify(args)}: ${answer.text}`).toBe(false);
  return answer.facts;
}

/** What a person does to the map: each line that begins like this ends like that. */
function editMap(changes: Record<string, string>): void {
  const lines = readFileSync(map, "utf8").split("\n");
  for (const [name, meaning] of Object.entries(changes)) {
    const at = lines.findIndex((line) => line.startsWith(name));
    expect([name, at]).not.toEqual([name, -1]);
    lines[at] = `${name} ${meaning}`;
  }
  writeFileSync(map, lines.join("\n"));
}

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe.sequential("a team that comes with a sheet, works for a week, and moves", () => {
  let client: AnyClient;
  beforeAll(async () => {
    mkdirSync(sheet);
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(sheet, name), text);
  });

  it("tells in a dry run what would come in, and takes in what the map settles, once", async () => {
    const first = await program(["import", sheet]);
    expect(first).toMatch(/Bewerbungen\.csv: 12 rows, 12 of them people \(semicolon, UTF-8\)/);
    expect(first).toMatch(/Beworben am: applied at\n/);
    expect(first).toMatch(
      / {2}MLOps Engineer -> \? \(7\): no role of this name\. The map proposes one from mlops-engineer: fill in level, location\n/,
    );
    expect(first).toMatch(/ {2}0 to be added\n/);
    for (const line of [
      "  12 left out, each with why below",
      "  Neu -> applied (4)",
      "  Telefoninterview -> screen (1)",
      "  Bert -> ? (1): no member of this name; the role's owner looks after them",
      'column "Geschlecht": must not matter in hiring, and is never imported: left out',
      'Bewerbungen.csv, row 12, Beworben am: "31.02.2026": is no day of the calendar',
      "Gruppenfoto.txt: names nobody of the source: left out",
      "Nothing has been changed.",
      `To settle what is unclear: edit ${map}. What stays empty there is left out.`,
      `To add what the map settles: greenflag import ${sheet} --yes`,
    ])
      expect(first).toContain(`${line}\n`);
    expect(first).toMatch(
      /Interview -> \? \(1\): left out\. Allowed: applied, screen, architecture, .*leave out\./,
    );
    expect(first).toMatch(/M\. Lindqvist: Marta Lindqvist \(.*row 5\) by phone/);
    editMap({
      "  MLOps Engineer:": `{template: mlops-engineer, level: senior, location: Lisbon, opened: ${daysAgo(70)}}`,
      "  Backend Engineer:": "{template: backend-engineer, level: mid, location: Berlin}",
      "  Werkstudentin:": "leave out",
      "    Interview:": "architecture",
      "    Abgesagt:": "rejected",
      "    Warteschleife:": "screen",
    });
    const done = await program(["import", sheet, "--yes"]);
    expect(done).toMatch(
      /Opened the role MLE for MLOps Engineer\.\nOpened the role BE for Backend Engineer\./,
    );
    expect(done).toContain("Added 11 applications of 11 people, with 3 documents and 3 notes");
    expect(done).toContain("  1 left out, each with why below\n");
    expect(done).toContain(
      'Left out:\n  Bewerbungen.csv, row 14, Lena Fuchs: the map leaves out the role "Werkstudentin"\n',
    );
    expect(done).not.toContain("to be added");
    const again = await program(["import", sheet, "--yes"]);
    expect(again).toContain("  11 not again (11 imported before)\n");
    expect(again).toContain("Added 0 applications of 0 people");
  });

  it("has the history of the sheet, in which one is merged, one mended and one erased", async () => {
    client = await start(here);
    const ages = await must(client, "find_candidates", { role: "MLE" });
    expect(ages.total).toBe(7);
    const merged = await must(client, "update_candidate", { application: "MLE-5", merge_into: "MLE-4" });
    expect(JSON.stringify(merged)).toContain("MLE-4");
    await must(client, "update_candidate", { application: "MLE-6", email: "tobias.brandt@example.test" });
    const dry = await program(["erase", "BE-1"]);
    expect(dry).toContain("To erase them: greenflag erase BE-1 --yes");
    expect(await program(["erase", "BE-1", "--yes"])).toMatch(/BE-1 is erased/);
    expect((await must(client, "find_candidates", { query: "Kanarek" })).total).toBe(0);
    const again = await program(["import", sheet, "--yes"]);
    expect(again).toContain("Added 0 applications of 0 people");
    expect(again).toContain("1 erased before");
  });

  it("works the others for a week through the tools", async () => {
    const call = (name: string, args: object) => must(client, name, args);
    await call("score_candidate", { application: "MLE-1" });
    await call("move_candidate", { application: "MLE-1", to: "screen" });
    await call("schedule_interview", {
      ...{ application: "MLE-1", round: "screen", interviewers: [ADA], outcome: "held" },
      start: `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 16)}Z`,
    });
    await call("submit_scorecard", card("screen", [3, 2], "ran it", { application: "MLE-1" }));
    await call("schedule_interview", {
      ...{ application: "MLE-2", round: "screen", interviewers: [ADA] },
      start: `${tuesday}T10:00[Europe/Lisbon]`,
    });
    await call("submit_scorecard", card("architecture", [4, 3], "drew it", { application: "MLE-3" }));
    const reason = "Known to us from a year of contract work";
    await call("move_candidate", { application: "MLE-3", to: "offer", override: true, reason });
    const terms = { base: 180_000, currency: "EUR", start_date: tuesday };
    await call("record_offer", { application: "MLE-3", ...terms });
    await call("record_offer", { application: "MLE-3", status: "extended" });
    // Without a résumé he is moved without an assessment and without an override.
    await call("move_candidate", { application: "BE-2", to: "screen" });
    await call("move_candidate", {
      ...{ application: "BE-2", to: "rejected", reason: "No services in production yet" },
      reason_category: "skills",
    });
    const { message } = await call("draft_outreach", { application: "BE-2" });
    await call("send_message", { message: message.id, sent_by_hand: true });
  });

  it("answers the same where its backup is restored, without the person who was erased", async () => {
    expect(await program(["backup", "--out", there])).toMatch(/ok {4}files[\s\S]*ok {4}history/);
    const out = join(folder, "export");
    expect(await program(["export", "--out", out])).toContain("2 roles");
    for (const path of [...filesBelow(there), ...filesBelow(out)])
      expect(OF_ILSE.test(path + readFileSync(path, "latin1")), path).toBe(false);
    const moved = await elsewhere();
    expect(await program(["restore", there], moved)).toMatch(/Restored from [\s\S]*ok {4}history/);
    const other = await start(moved);
    const questions: [string, object][] = [
      ["get_pipeline", {}],
      ["get_agenda", { days: 31 }],
      ...["funnel", "time_in_stage", "time_to_fill", "sources", "offers", "owed", "agreement"].map(
        (report): [string, object] => ["get_report", { report }],
      ),
      ...["MLE-1", "MLE-2", "MLE-3", "MLE-4", "MLE-6", "MLE-7", "BE-1", "BE-2", "BE-3", "BE-4"].map(
        (application): [string, object] => ["get_candidate", { application, include: RECORD_PARTS }],
      ),
      ...["production", "Porto", "Lindqvist", "Tobias"].map((query): [string, object] => [
        "find_candidates",
        { query },
      ]),
    ];
    for (const [name, args] of questions) {
      const [before, after] = await bothAnswers(other, name, args);
      expect(after, `${name} ${JSON.stringify(args)}`).toEqual(before);
      expect(before).not.toMatch(OF_ILSE);
    }
    const again = await program(["import", sheet, "--yes"], moved);
    expect(again).toContain("Added 0 applications of 0 people");
    expect(again).toContain("1 erased before");
    expect((await must(other, "find_candidates", { query: "Kanarek" })).total).toBe(0);
  });

  /** The answers of both, at a moment at which what is asked did not change by time alone. */
  async function bothAnswers(other: AnyClient, name: string, args: object) {
    const ask = async (of: AnyClient) =>
      // The marks around a candidate's words are made anew for each answer.
      JSON.stringify(await of.call(name, args)).replace(/(\(|--- end )[0-9a-f]{12}/g, "$1");
    let before = await ask(client);
    for (let asked = 1; ; asked += 1) {
      const after = await ask(other);
      const later = await ask(client);
      if (later === before || asked === 3) return [later, after] as const;
      before = later;
    }
  }
});

/** Where the workspace moves to: a database of its own on the server of this run, else another directory. */
async function elsewhere(): Promise<Record<string, string>> {
  if (server === undefined) return freshEnv();
  const database = await makeDatabase(server, `greenflag_moved_${randomBytes(4).toString("hex")}`);
  cleanUp.push(() => database.drop());
  return freshEnv({ DATABASE_URL: database.url });
}
