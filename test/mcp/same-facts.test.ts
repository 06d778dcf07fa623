import { beforeAll, describe, expect, it } from "vitest";
import { tools } from "../../src/mcp/tools/index.ts";
import { useDatabase } from "../support/database.ts";
import { CALLS } from "../support/every-call.ts";
import type { Harness } from "../support/harness.ts";
import { ALAN, card, GRACE, startPanel } from "../support/panel.ts";
import { differences, isForPrograms } from "../support/same-facts.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };

/** An application that has been through everything: scored, carded, voted on, written to, interviewed. */
async function eventful() {
  const { ada, alan, store } = await startPanel(await database.workspace());
  await ada.ok("update_role", { role: "MLE", panel: [{ round: "screen", members: [GRACE, ALAN] }] });
  await ada.ok("score_candidate", MLE);
  await alan.ok("submit_scorecard", card("screen", [1], "plain"));
  await ada.ok("submit_scorecard", card("screen", [4], "mine"));
  await ada.ok("draft_outreach", { ...MLE, purpose: "status_update" });
  return { store, ada };
}

describe("the text and the structured content of an answer", () => {
  let ada: Harness;
  beforeAll(async () => {
    ({ ada } = await eventful());
  });

  it.each(tools.map(({ name }) => [name]))(
    "of %s carry the same references, days, figures and addresses",
    async (name) => {
      let answered = 0;
      for (const args of CALLS[name] ?? []) {
        const { isError, text, facts } = await ada.call(name, args);
        if (isError) continue;
        answered += 1;
        expect(differences(text, facts, isForPrograms), JSON.stringify(args)).toEqual([]);
      }
      expect(answered, name).toBeGreaterThan(0);
    },
  );
});
