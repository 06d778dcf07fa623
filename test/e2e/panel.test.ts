import { afterAll, describe, expect, inject, it } from "vitest";
import { type AnyClient, connect, ERAS, type Era, freshEnv, PROGRAM, run } from "../support/clients.ts";
import { card } from "../support/panel.ts";
import { RESUME } from "../support/record.ts";

const url = inject("databaseUrl");
const ADA = "ada@example.test";
const GRACE = "panel-grace@example.test";
const ALAN = "panel-alan@example.test";
const REASON = "takes a PostgreSQL server (TEST_DATABASE_URL): the embedded database serves one process";

const clients: AnyClient[] = [];
afterAll(() => Promise.all(clients.map((client) => client.close())));

const environment = (member: string) => freshEnv({ GREENFLAG_MEMBER: member, DATABASE_URL: url ?? "" });

/** A process of its own for each member, as their hosts start it. */
async function as(member: string, era: Era): Promise<AnyClient> {
  const agree = () => ({ action: "accept" as const, content: { agree: true } });
  const client = await connect({ command: [PROGRAM], env: environment(member) }, era, agree);
  clients.push(client);
  return client;
}

async function must(client: AnyClient, name: string, args: object) {
  const answer = await client.call(name, args);
  expect(answer.isError, `${name}: ${answer.text}`).toBe(false);
  return answer.facts;
}

describe("a panel in processes of its own", () => {
  it.skipIf(url === undefined)(
    `runs from the first round to the offer, each blind until submitted (${url ? "PostgreSQL" : REASON})`,
    async () => {
      await run(["member", "add", ADA, "--name", "Ada Byron", "--access", "admin"], environment(ADA));
      for (const [email, name] of [
        [GRACE, "Grace"],
        [ALAN, "Alan"],
      ] as const)
        await run(["member", "add", email, "--name", name, "--access", "interviewer"], environment(ADA));
      const [first = "1.x", second = "1.x", third = "1.x"] = ERAS;
      const [ada, grace, alan] = await Promise.all([as(ADA, first), as(GRACE, second), as(ALAN, third)]);
      const key = `PNL${process.pid % 10_000}`;
      const application = `${key}-1`;
      const rounds = ["screen", "architecture", "incident", "exercise", "on_call_fit"];
      const panel = rounds.map((round) => ({ round, members: [GRACE, ALAN] }));
      await must(ada, "open_role", {
        template: "mlops-engineer",
        level: "senior",
        location: "Lisbon",
        key,
        panel,
      });
      await must(ada, "add_candidate", {
        role: key,
        name: "Zoë Okafor",
        email: "panel-zoe@example.test",
        resume_text: RESUME,
      });
      await must(ada, "score_candidate", { application });

      const scored: string[] = [];
      for (const round of rounds.filter((r) => r !== "exercise")) {
        scored.push(round);
        const override =
          round === "on_call_fit" ? { override: true, reason: "No exercise for former colleagues" } : {};
        await must(ada, "move_candidate", { application, to: round, ...override });
        const of = (mark: string, levels: number[]) => card(round, levels, mark, { application });
        // Both at once: neither has seen the other's.
        const both = await Promise.all([
          grace.call("submit_scorecard", of(`gracewords ${round}`, [4, 3, 2])),
          alan.call("submit_scorecard", of(`alanwords ${round}`, [3, 3, 2])),
        ]);
        expect(both.map((a) => a.isError)).toEqual([false, false]);
        for (const [client, others] of [
          [grace, "alanwords"],
          [alan, "gracewords"],
        ] as const) {
          const seen = await client.call("get_debrief", { application });
          // Cards of rounds that are over are open; of this one only once no card is owed in a later one.
          for (const one of scored) {
            const isOpen = one !== round || round === "on_call_fit";
            expect(seen.text.includes(`${others} ${one}`), `${others} ${one} in ${round}`).toBe(isOpen);
          }
          expect(seen.facts.in.scorecards.submitted).toBeGreaterThanOrEqual(2);
        }
      }

      await must(ada, "move_candidate", { application, to: "debrief" });
      const refused = await ada.call("move_candidate", { application, to: "offer" });
      expect(refused.text).toMatch(/0 of 2 votes/);
      await must(grace, "cast_vote", { application, vote: "yes", reason: "gracevote: ran it" });
      expect((await alan.call("get_debrief", { application })).text).not.toContain("gracevote");
      expect(
        await must(alan, "cast_vote", { application, vote: "no", reason: "alanvote: thin on drift" }),
      ).toMatchObject({
        tally: { panel: { yes: 1, no: 1 } },
      });
      const debrief = await must(grace, "get_debrief", { application });
      expect(debrief.dissent[0]).toMatchObject({
        kind: "votes",
        against: [{ member: ALAN }],
        for: [{ member: GRACE }],
      });
      expect(debrief.agreement).toMatchObject({ n: 22, criteria: 11 });
      await must(ada, "move_candidate", { application, to: "offer", reason: "The panel heard enough" });
      expect(await alan.read(`hiring://decisions/${application}`)).toMatchObject({
        decisions: [
          {
            to: "offer",
            by: ADA,
            reason: "The panel heard enough",
            on_the_table: { votes_cast: 2, majority: null },
          },
        ],
      });
    },
  );

  it.skipIf(url === undefined)(
    "keeps one of two cards that a member sends from two hosts at once",
    async () => {
      const key = `TWO${process.pid % 10_000}`;
      const application = `${key}-1`;
      const [ada, one, two] = await Promise.all([
        as(ADA, "1.x"),
        as(GRACE, "1.x"),
        as(GRACE, "2.x, 2026-07-28"),
      ]);
      const panel = [{ round: "screen", members: [GRACE] }];
      await must(ada, "open_role", {
        template: "mlops-engineer",
        level: "senior",
        location: "Lisbon",
        key,
        panel,
      });
      await must(ada, "add_candidate", {
        role: key,
        name: "Zoë",
        email: "panel-two@example.test",
        resume_text: RESUME,
      });
      await must(ada, "score_candidate", { application });
      await must(ada, "move_candidate", { application, to: "screen" });
      const answers = await Promise.all(
        [one, two, one, two].map((client, n) =>
          client.call("submit_scorecard", card("screen", [n + 1], `word${n}`, { application })),
        ),
      );
      expect(answers.every((a) => !a.isError)).toBe(true);
      const { scorecards } = await must(ada, "get_candidate", { application, include: ["scorecards"] });
      expect(scorecards).toHaveLength(1);
      const words = new Set(JSON.stringify(scorecards).match(/word\d/g));
      expect(words.size).toBe(1);
      expect((await run(["doctor"], environment(ADA))).stdout).toMatch(/ok {4}history/);
    },
  );
});
