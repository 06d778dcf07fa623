import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../src/app.ts";
import { loadCatalog } from "../src/catalog/load.ts";
import { readConfig } from "../src/config.ts";
import { RUN } from "../src/domain/access.ts";
import { checkDraft } from "../src/domain/message-check/check.ts";
import { SAMPLE_FACTS } from "../src/domain/outreach/facts.ts";
import { renderMessage } from "../src/mail/render.ts";
import { median, report } from "./report.ts";

const OTHERS = 200;
const TIMES = 60;

/** A draft filled and checked, beside filling it alone; and the whole call, beside the shortest write there is. */
export async function benchOutreach(): Promise<void> {
  const catalog = loadCatalog({});
  const { messages } = catalog.get("mlops-engineer");
  const longest = messages.find((message) => message.id === "screen_invite");
  if (!longest) throw new Error("the template has no such message");
  const others = Array.from({ length: OTHERS }, (_, n) => `Person Number${n}`);
  const checked = await timed(async () => {
    const text = await renderMessage(longest, SAMPLE_FACTS);
    checkDraft(
      { ...text, purpose: "screen_invite" },
      {
        lexicon: catalog.lexicon(),
        ...{ recipientName: SAMPLE_FACTS.name, roleTitle: SAMPLE_FACTS.role.title, otherCandidates: others },
        ...{
          allowedNumbers: [JSON.stringify(SAMPLE_FACTS)],
          salaryRequired: true,
          salary: SAMPLE_FACTS.salary,
        },
        ...{ allowedHosts: ["github.com"], now: new Date(), unsolicited: false, note: SAMPLE_FACTS.note },
      },
    );
  });
  const filled = await timed(() => renderMessage(longest, SAMPLE_FACTS));
  report(
    `a draft filled and checked against ${OTHERS} names (ms)`,
    checked,
    filled,
    "under 10 ms of our time",
  );
  const { whole, write } = await wholeCall();
  console.log(
    `  the whole call on the embedded database: ${whole.toFixed(1)} ms, where storing a note takes ${write.toFixed(1)}`,
  );
}

async function timed(work: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const started = performance.now();
    await work(n);
    times.push(performance.now() - started);
  }
  return median(times.slice(TIMES / 6));
}

async function wholeCall(): Promise<{ whole: number; write: number }> {
  const directory = mkdtempSync(join(tmpdir(), "greenflag-bench-"));
  const env = {
    GREENFLAG_DATA_DIR: directory,
    GREENFLAG_MEMBER: "ada@example.test",
    GREENFLAG_LOG: "silent",
  };
  const app = createApp(readConfig(env), { command: "bench", allowFiles: false });
  const services = await app.services();
  const { signal } = new AbortController();
  const session = await services.startSession({
    client: "bench",
    tool: "draft_outreach",
    access: RUN,
    signal,
  });
  await services.roles.open(session, {
    ...{ template: "mlops-engineer", level: "senior", location: "Lisbon", key: "MLE" },
    ...{ lane: "serving_reliability", comp_min: 170_000, comp_max: 205_000 },
  });
  for (let n = 1; n <= 2; n += 1)
    await services.candidates.add(session, { role: "MLE", name: `Person ${n}`, email: `p${n}@example.test` });
  const write = await timed((n) =>
    services.documents.add(session, { application: `MLE-2`, kind: "note", text: `Note ${n % 40}` }),
  );
  const whole = await timed((n) =>
    services.outreach.draft(session, {
      application: "MLE-1",
      note: `We spoke of this${" again".repeat(n % 7)}.`,
    }),
  );
  await app.close();
  rmSync(directory, { recursive: true, force: true });
  return { whole, write };
}
