import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { createGithub } from "../../../src/github/client.ts";
import { createLog } from "../../../src/log.ts";
import { createMcpFetch } from "../../../src/mcp/fetch.ts";
import { tools } from "../../../src/mcp/tools/index.ts";
import { createServices } from "../../../src/services/services.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { addMember } from "../../support/panel.ts";
import { randomPipeline } from "../../support/random-pipeline.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");
const { stages } = loadCatalog({}).get("mlops-engineer");
const filled = async (count: number) => {
  const store = await database.workspace();
  const stories = await randomPipeline(store, { count, seed: 3, stages, now: NOW });
  return { store, stories, greenflag: await start({ store, clock: { now: NOW } }) };
};

describe("get_report", () => {
  it("says period, clock and denominator of every report, also of an empty workspace", async () => {
    const greenflag = await start({ store: await database.workspace() });
    for (const report of ["funnel", "time_in_stage", "time_to_fill", "sources", "owed", "agreement"]) {
      const { facts, text } = await greenflag.call("get_report", { report });
      expect(facts, report).toMatchObject({
        report,
        n: 0,
        rows: [],
        period: { from: null, to: "2026-11-24" },
      });
      expect(facts.clock.length, report).toBeGreaterThan(30);
      expect(text, report).toMatch(/Insufficient data|Nothing is/);
    }
  });

  it("tells nothing of four applications, and of five", async () => {
    const four = await (await filled(4)).greenflag.ok("get_report", { report: "funnel" });
    expect(four).toMatchObject({ n: 4, enough: false, rows: [] });
    expect(four.notes[0]).toMatch(/Insufficient data: 4 applications, and at least 5/);
    expect(await (await filled(5)).greenflag.ok("get_report", { report: "funnel" })).toMatchObject({
      n: 5,
      enough: true,
    });
  });

  it("gives no estimate when no role is filled, and says why", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const like = { template: "mlops-engineer", level: "senior", location: "Lisbon" };
    for (const key of ["AA", "BB", "CC", "DD", "EE"]) await greenflag.ok("open_role", { ...like, key });
    await greenflag.ok("update_role", { role: "EE", status: "on_hold" });
    const { rows, notes } = await greenflag.ok("get_report", { report: "time_to_fill" });
    expect(rows).toEqual([]);
    expect(notes[0]).toBe("No estimate: none of the 5 roles has been filled yet.");
    expect(notes).toContain("AA has been open for 0 weeks.");
    expect(notes).toContain("EE was opened 0 weeks ago and is on hold.");
  });

  it("leaves out a member's own application, as every other read does", async () => {
    const { store, stories, greenflag } = await filled(40);
    const own = stories.findIndex(
      (s) => s.now.status === "active" && s.visits.length > 1 && ["AA", "BB", "CC"].includes(s.role),
    );
    await addMember(store, `p${own}@example.test`, "hiring_manager");
    const other = await start({ store, member: `p${own}@example.test`, clock: { now: NOW } });
    const of = async (who: typeof other, report: string) => await who.ok("get_report", { report });
    for (const report of ["funnel", "sources", "owed"])
      expect((await of(other, report)).n, report).toBe((await of(greenflag, report)).n - 1);
    const ended = stories[own]?.visits.filter((v) => v.leftAt !== null).length ?? 0;
    const [mine, all] = [await of(other, "time_in_stage"), await of(greenflag, "time_in_stage")];
    expect(mine.n).toBe(all.n - ended);
    const running = (report: typeof all) =>
      report.rows.reduce((sum: number, r: { running: { n: number } }) => sum + r.running.n, 0);
    expect(running(mine)).toBe(running(all) - 1);
    const offers = (report: typeof all) =>
      report.rows.reduce((sum: number, r: { reached_offer: number }) => sum + r.reached_offer, 0);
    const reached = stories[own]?.visits.some((v) => v.stage === "offer") ? 1 : 0;
    expect(offers(await of(other, "sources"))).toBe(offers(await of(greenflag, "sources")) - reached);
  });

  it("refuses a day to come, a day that is none, an unknown report and an unknown role", async () => {
    const greenflag = await start({ store: await database.workspace() });
    expect(await greenflag.refused("get_report", { report: "funnel", since: "2026-11-25" })).toMatch(
      /2026-11-25 is in the future.*2026-11-24/,
    );
    expect(await greenflag.refused("get_report", { report: "funnel", since: "yesterday" })).toMatch(/since/);
    expect(await greenflag.refused("get_report", { report: "gossip" })).toMatch(/report/);
    expect(await greenflag.refused("get_report", { report: "funnel", role: "NOPE" })).toMatch(
      /No role "NOPE"/,
    );
  });

  it("brings a chart as PNG where one helps, and none where there is nothing to draw", async () => {
    const { store } = await filled(60);
    const services = createServices({
      ...{
        store: async () => store,
        catalog: loadCatalog({}),
        github: createGithub({ token: undefined, apiUrl: "http://127.0.0.1:9" }),
      },
      ...{ githubOwner: undefined, now: () => NOW, member: undefined, allowFiles: false },
      mail: { canSend: false, from: undefined, delay: 0, unsubscribeUrl: undefined, due: () => {} },
    });
    const mcp = createMcpFetch({
      services: async () => services,
      tools,
      confirm: "code",
      version: "0",
      log: createLog("silent"),
    });
    const client = new Client({ name: "t", version: "1" });
    await client.connect(
      new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), {
        fetch: (input, init) => mcp.fetch(new Request(input as string, init)),
      }),
    );
    const kinds = async (report: string) => {
      const { content } = (await client.callTool({ name: "get_report", arguments: { report } })) as {
        content: { type: string; mimeType?: string; data?: string }[];
      };
      return content;
    };
    for (const report of ["funnel", "time_in_stage"]) {
      const [text, image] = await kinds(report);
      expect(text?.type).toBe("text");
      expect(image).toMatchObject({ type: "image", mimeType: "image/png" });
      expect(
        Buffer.from(image?.data ?? "", "base64")
          .subarray(1, 4)
          .toString(),
      ).toBe("PNG");
    }
    expect((await kinds("sources")).map((c) => c.type)).toEqual(["text"]);
    await client.close();
    await mcp.close();
  });
});
