import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { freshEnv, run } from "../support/clients.ts";
import { startHost } from "../support/host.ts";

const SHEET = `Name,Email,Role,Stage,Status,Applied,Rejected on
Zoë Okafor,zoe@example.test,MLE,Phone screen,rejected,2014-12-01,2015-02-01
Kim Lindqvist,kim@example.test,MLE,Phone screen,rejected,2014-12-01,2015-02-01
Ana Quintal,ana@example.test,MLE,Phone screen,rejected,2014-12-01,2015-02-01
Bo Berg,bo@example.test,MLE,Phone screen,active,2014-12-01,
`;
const YEAR = 365 * 24 * 3_600_000;

it("tells from the terminal who is due, held and still running, and erases those who are due while a server runs", async () => {
  const env = freshEnv();
  const folder = mkdtempSync(join(tmpdir(), "greenflag-retention-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const sheet = join(folder, "people.csv");
  writeFileSync(sheet, SHEET);
  const host = startHost(env);
  const text = async (name: string, args: object) => (await host.call(name, args))?.text;
  const program = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(args, env);
    expect([args, code, stderr]).toEqual([args, 0, ""]);
    return stdout;
  };
  const refused = async (...args: string[]) => {
    const { code, stderr } = await run(args, env);
    expect([args, code]).toEqual([args, 1]);
    return stderr;
  };
  await text("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon", key: "MLE" });
  expect(await program("import", sheet, "--yes")).toContain("Added 4 applications of 4 people");
  expect(await program("retention", "set", "Portugal", "72", "--why", "our records plan")).toContain(
    "Portugal: records are kept for 72 months.",
  );
  expect(await program("retention")).toMatch(
    /Due to be erased: 3 people\.\n {2}MLE-1: kept until 2021-02-01 \(your own 72 months for PT: our records plan\)\n/,
  );

  // Two of them are held back, by a dispute and by their own word.
  const until = new Date(Date.now() + YEAR).toISOString().slice(0, 10);
  await program("retention", "hold", "MLE-2", "--reason", "A claim is before the court.");
  expect(await refused("consent", "MLE-3", "--how", "mail of 2 March")).toContain(
    "Give either --until DATE or --withdraw.",
  );
  expect(await refused("consent", "MLE-3", "--withdraw", "--how", "mail of 2 March")).toContain(
    "MLE-3: no consent is on record that could be withdrawn.",
  );
  const agreed = ["consent", "MLE-3", "--until", until, "--how", "mail of 2 March"];
  expect(await program(...agreed)).toContain(`MLE-3 Ana Quintal: agreed to stay on file until ${until}.`);
  expect(await program(...agreed)).toContain("MLE-3 Ana Quintal: it was on record so already.");
  const listed = await program("retention");
  expect(listed).toMatch(/Due to be erased: 1 person\.\n {2}MLE-1: /);
  expect(listed).toContain("  MLE-2: legal hold until it is released: A claim is before the court.\n");
  expect(listed).toContain(`  MLE-3: consent to stay on file until ${until}\n`);
  expect(listed).toContain("Applications still running: 1 person.");

  const dry = await program("retention", "erase");
  expect(dry).toContain("To erase 1 person: greenflag retention erase --yes");
  expect(await text("get_candidate", { application: "MLE-1" })).toContain("Zoë Okafor");
  const done = await program("retention", "erase", "--yes");
  expect(done).toBe("MLE-1: erased\n1 of 1 person erased.\n");
  expect(await text("get_candidate", { application: "MLE-1" })).toContain("erased person");
  for (const [ref, name] of Object.entries({
    "MLE-2": "Kim Lindqvist",
    "MLE-3": "Ana Quintal",
    "MLE-4": "Bo Berg",
  }))
    expect(await text("get_candidate", { application: ref })).toContain(name);
  expect(await program("retention", "erase", "--yes")).toBe("Nobody is due to be erased.\n");
  expect(await program("import", sheet, "--yes")).toContain(
    "4 not again (3 imported before, 1 erased before)",
  );

  // What held the others back ends.
  await program("consent", "MLE-3", "--withdraw", "--how", "mail of 9 March");
  await program("retention", "release", "MLE-2");
  expect(await program("retention", "erase", "--yes")).toBe(
    "MLE-2: erased\nMLE-3: erased\n2 of 2 people erased.\n",
  );
  host.kill();
  const data = env.GREENFLAG_DATA_DIR ?? "";
  const bytes = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
  expect(bytes.length).toBeGreaterThan(0);
  for (const word of ["Okafor", "Lindqvist", "Quintal", "zoe@example.test"])
    expect([word, bytes.some((file) => file.includes(word))]).toEqual([word, false]);
  expect(bytes.some((file) => file.includes("Berg"))).toBe(true);
});
