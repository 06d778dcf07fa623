import { describe, expect, it } from "vitest";
import { type Catalog, loadCatalog } from "../../src/catalog/load.ts";
import { REPORTS } from "../../src/domain/reports/report-name.ts";
import { Purpose, type RoleTemplate, SECTIONS } from "../../src/domain/roles/role-template.ts";
import { LEAST, teamDirectory } from "../catalog/team-directory.ts";
import { useDatabase } from "../support/database.ts";
import { type Harness, start } from "../support/harness.ts";

const database = useDatabase();
const builtIn = loadCatalog({});

/** Words of one trade, which no answer about another one says. */
const OF_ONE_TRADE = [
  ...["how many models", "lane undecided", "real code", "an outage"],
  ...["pager", "p99", "p95", "serving", "drift", "model registry", "feature store", "mlops", "on[- ]call"],
  ...["an operator", "a modeler", "operating mention", "modelling", "production model", "inference", "gpu"],
  ...["kubernetes", "data scien\\w+", "latency", "notebooks?", "machine learning"],
].map((words) => new RegExp(`\\b${words}\\b`, "i"));

/** What is said that the template itself does not say. */
const foreignWords = (said: string, template: RoleTemplate): string[] => {
  const own = JSON.stringify(template);
  return OF_ONE_TRADE.filter((word) => !word.test(own)).flatMap((word) => {
    const at = said.search(word);
    return at < 0 ? [] : [said.slice(Math.max(0, at - 60), at + 60)];
  });
};

type Said = readonly [call: string, text: string];

/** From an opened role to a closed one, through everything that speaks of a trade. @returns what was answered, by call. */
async function workEverything(client: Harness, template: RoleTemplate): Promise<Said[]> {
  const said: Said[] = [];
  const call = async (name: string, args: object, mayRefuse = false) => {
    const answer = await client.call(name, args);
    if (!mayRefuse) expect(answer.isError, `${name}: ${answer.text}`).toBe(false);
    said.push([`${name} ${JSON.stringify(args)}`, `${answer.text}\n${JSON.stringify(answer.facts ?? "")}`]);
    return answer.facts;
  };
  const prompt = async (name: string, args: Record<string, string>) =>
    void said.push([`${name} ${JSON.stringify(args)}`, await client.prompt(name, args)]);
  const { stages, interviews, rubric, lanes, id } = template;
  const [role, application] = ["JOB", "JOB-1"];
  for (const section of [undefined, ...SECTIONS]) await call("get_role_template", { template: id, section });
  await prompt("scope_role", { template: id });
  const panel = interviews.map(({ round }) => ({ round, members: ["ada@example.test"] }));
  await call("open_role", {
    ...{ template: id, level: "senior", location: "Lisbon", key: role, comp_min: 40_000, comp_max: 50_000 },
    ...{ currency: "EUR", outcomes: ["Complaints from 40 a month to 10 by summer"], panel },
    ...{ must_haves: ["Three years of such work"], ...(lanes[0] && { lane: lanes[0].id }) },
  });
  await call("check_role", { role });
  await call("draft_job_post", { role });
  await call("check_role", {
    description: `# ${template.title}\n\nYou do the work. Pay: EUR 40,000 to 50,000 a year.`,
  });
  const resume_text = rubric.flags.map(({ examples }) => `- ${examples.yes}`).join("\n");
  await call("add_candidate", { role, name: "Kim Doe", email: "kim@mail.test", resume_text });
  const { assessment } = await call("score_candidate", { application });
  const findings = assessment.to_read.map((flag: string) => ({
    ...{ flag, verdict: "present", note: "It says so." },
    quotes: [rubric.flags.find((one) => one.id === flag)?.examples.yes],
  }));
  const read = await call("score_candidate", { application, findings });
  expect(read.assessment.to_read).toEqual([]);
  await prompt("screen_candidate", { application });
  for (const { round } of interviews) await prompt("prepare_interview", { application, round });
  const draftAll = async () => {
    for (const purpose of Purpose.options) {
      const draft = await call("draft_outreach", { application, purpose }, true);
      if (draft?.message?.id) await call("draft_outreach", { application, discard: draft.message.id }, true);
    }
  };
  await draftAll();
  for (const [n, stage] of stages.entries()) {
    const next = stages[n + 1];
    const kit = interviews.find(({ round }) => round === stage.id);
    if (kit)
      await call("submit_scorecard", {
        ...{ application, round: stage.id, recommendation: "yes" },
        ratings: kit.criteria.map(({ id: criterion }, at) => {
          return {
            criterion,
            level: at % 2 === 0 ? 3 : 4,
            evidence: "They told of one such case in detail.",
          };
        }),
      });
    if (stage.kind === "debrief")
      await call("cast_vote", { application, vote: "yes", reason: "Has done it" });
    await call("get_pipeline", { role });
    if (!next) continue;
    await call("move_candidate", { application, to: next.id, override: true, reason: "Goes on" });
  }
  await draftAll();
  await call("get_debrief", { application });
  await call(
    "get_candidate",
    { application, include: ["assessment", "documents", "history", "messages"] },
    true,
  );
  await prompt("run_debrief", { application });
  await prompt("weekly_review", { role });
  for (const report of REPORTS) await call("get_report", { report, role }, true);
  await call("find_candidates", { role });
  await call("move_candidate", { application, to: "hired" });
  await call("update_role", { role, status: "filled" });
  await call("get_pipeline", {});
  return said;
}

const agree = () => ({ action: "accept" as const, content: { agree: true } });

async function foreignIn(catalog: Catalog, id: string): Promise<string[]> {
  const client = await start({ store: await database.workspace(), catalog, answering: agree });
  const template = catalog.get(id);
  const said = await workEverything(client, template);
  await client.close();
  return said.flatMap(([call, text]) => foreignWords(text, template).map((found) => `${call}: ${found}`));
}

describe("the whole job", () => {
  it.each(
    builtIn
      .list()
      .map(({ id }) => id)
      .filter((id) => id !== "mlops-engineer"),
  )("of %s says no word of another trade", async (id) => {
    expect(await foreignIn(builtIn, id)).toEqual([]);
  });

  it("of the least that a template can be says no word of another trade", async () => {
    const catalog = loadCatalog({ directory: teamDirectory({ "own.yaml": LEAST }) });
    expect(await foreignIn(catalog, "own")).toEqual([]);
  });
});
