import { readdirSync, readFileSync } from "node:fs";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { SECTIONS } from "../../src/domain/roles/role-template.ts";
import type { AnyClient } from "../support/clients.ts";
import { useDatabase } from "../support/database.ts";
import { draft } from "../support/mail.ts";
import { startWithCandidate } from "../support/record.ts";

/** What an answer may cost whoever reads it, in tokens (o200k). */
const MAX_CANDIDATE_TEXT = 900;
const MAX_STRUCTURED_TO_TEXT = 1.45;
const MAX_TEMPLATE_SECTION = 1_500;
const MAX_MESSAGE_TO_SEND_BY_HAND = 450;

const database = useDatabase();
const tokensOf = (text: string): number => encode(text).length;
const costOf = async (client: Pick<AnyClient, "call">, name: string, args: object) => {
  const { text, facts } = await client.call(name, args);
  return { text: tokensOf(text), structured: tokensOf(JSON.stringify(facts)) };
};

const resumes = new URL("../../examples/resumes/", import.meta.url);
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
    expect(cost.structured / cost.text).toBeLessThanOrEqual(MAX_STRUCTURED_TO_TEXT);
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
