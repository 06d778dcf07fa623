// Imports 120 people through the built program, and ends itself by SIGKILL where it is told to: argv is the data directory,
// `yes` or `dry`, and in which batch to end.
import { createApp } from "../../dist/app.js";
import { importSource } from "../../dist/commands/import.js";
import { readConfig } from "../../dist/config.js";
import { ADMINISTER } from "../../dist/domain/access.js";

const [directory, how, endIn] = process.argv.slice(2);
const PEOPLE = 120;

const people = Array.from({ length: PEOPLE }, (_, n) => ({
  ...{
    where: `row ${n + 2}`,
    name: `Person ${n}`,
    email: `p${n}@example.test`,
    otherEmails: [],
    links: [],
    tags: [],
  },
  ...{ doNotContact: false, files: [], records: [{ kind: "note", text: `About ${n}` }] },
  applications: [
    {
      ...{
        role: "MLE",
        status: "rejected",
        stage: "Phone screen",
        appliedAt: "2026-01-05",
        endedAt: "2026-02-01",
      },
      ...{ history: [], records: [] },
    },
  ],
}));

const config = readConfig({
  GREENFLAG_DATA_DIR: directory,
  GREENFLAG_LOG: "silent",
  GREENFLAG_MEMBER: "ada@example.test",
});
const app = createApp(config, { command: "test", allowFiles: false });
const services = await app.services();
const caller = { client: "test", tool: "import", access: ADMINISTER, signal: new AbortController().signal };
const session = await services.startSession(caller);
await services.roles
  .open(session, { template: "mlops-engineer", level: "senior", location: "Lisbon", key: "MLE" })
  .catch(() => {});
let batches = 0;
const imports = {
  ...services.imports,
  async carryOut(...input) {
    batches += 1;
    const done = services.imports.carryOut(...input);
    // In the middle of its transaction.
    if (String(batches) === endIn) setTimeout(() => process.kill(process.pid, "SIGKILL"), 5);
    return done;
  },
};
const source = { system: "sheet", people, unclear: [], recognised: [] };
const print = (line) => console.log(line);
await importSource(session, { imports }, source, {
  from: `${directory}-people.csv`,
  yes: how === "yes",
  print,
});
await app.close();
