import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnyClient, ERAS } from "../support/clients.ts";
import { useDatabase } from "../support/database.ts";
import { ALAN, addMember, card, GRACE } from "../support/panel.ts";
import { RESUME } from "../support/record.ts";
import { type Served, serveHere } from "../support/served.ts";

const database = useDatabase();
const ADA = "ada@example.test";
const MLE = { application: "MLE-1" };
const ROUNDS = ["screen", "architecture", "incident", "on_call_fit"];

let server: Served;
let ada: AnyClient;
let grace: AnyClient;
let alan: AnyClient;

/** Three people on one server, each with a token and a client of another kind. */
beforeAll(async () => {
  const store = await database.workspace();
  for (const email of [GRACE, ALAN]) await addMember(store, email, "interviewer");
  server = await serveHere(store);
  const [first = "1.x", second = "1.x", third = "1.x"] = ERAS;
  [ada, grace, alan] = await Promise.all([
    server.token(ADA).then((token) => server.client(token, first)),
    server.token(GRACE).then((token) => server.client(token, second)),
    server.token(ALAN).then((token) => server.client(token, third)),
  ]);
});
afterAll(() => server.close());

async function must(client: AnyClient, name: string, args: object) {
  const answer = await client.call(name, args);
  expect(answer.isError, `${name}: ${answer.text}`).toBe(false);
  const { confirmation, ...facts } = answer.facts;
  if (confirmation === undefined) return facts;
  const agreed = await client.call(name, { ...args, confirm: confirmation.code });
  expect(agreed.isError, `${name}: ${agreed.text}`).toBe(false);
  return agreed.facts;
}

describe("a panel of three with three tokens on one server", () => {
  it("goes from the first round to the offer at once, each blind until their own is in", async () => {
    const panel = ROUNDS.map((round) => ({ round, members: [GRACE, ALAN] }));
    await must(ada, "open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon", panel });
    const zoe = { role: "MLE", name: "Zoë Okafor", email: "zoe@example.test", resume_text: RESUME };
    await must(ada, "add_candidate", zoe);
    await must(ada, "score_candidate", MLE);
    for (const round of ROUNDS) {
      const more =
        round === "on_call_fit" ? { override: true, reason: "No exercise for former colleagues" } : {};
      await must(ada, "move_candidate", { ...MLE, to: round, ...more });
      await must(alan, "submit_scorecard", card(round, [3, 3, 2], `alanwords ${round}`));
      // Three people look at once: the one whose card is in sees it, the one who owes hers sees nothing of it.
      const [hers, his, adas] = await Promise.all(
        [grace, alan, ada].map((client) => client.call("get_debrief", MLE)),
      );
      expect(hers?.text).not.toContain(`alanwords ${round}`);
      expect(JSON.stringify(hers?.facts)).not.toContain(`alanwords ${round}`);
      expect(his?.text).toContain(`alanwords ${round}`);
      expect(adas?.text).toContain(`alanwords ${round}`);
      await must(grace, "submit_scorecard", card(round, [4, 3, 2], `gracewords ${round}`));
    }
    await must(ada, "move_candidate", { ...MLE, to: "debrief" });
    await must(grace, "cast_vote", { ...MLE, vote: "yes", reason: "gracevote: ran it" });
    expect((await alan.call("get_debrief", MLE)).text).not.toContain("gracevote");
    const votes = await must(alan, "cast_vote", { ...MLE, vote: "no", reason: "alanvote: thin on drift" });
    expect(votes).toMatchObject({ tally: { panel: { yes: 1, no: 1 } } });
    expect((await alan.call("move_candidate", { ...MLE, to: "offer" })).text).toMatch(
      /alan@example\.test has interviewer access/,
    );
    await must(ada, "move_candidate", { ...MLE, to: "offer", reason: "The panel heard enough" });
    const { dissent } = await must(grace, "get_debrief", MLE);
    expect(dissent[0]).toMatchObject({ against: [{ member: ALAN }], for: [{ member: GRACE }] });
  });
});
