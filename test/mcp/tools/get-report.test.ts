import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { createGithub } from "../../../src/github/client.ts";
import { createLog } from "../../../src/log.ts";
import { createMcpFetch } from "../../../src/mcp/fetch.ts";
import { tools } from "../../../src/mcp/tools/index.ts";
import { createServices } from "../../../src/services/services.ts";
import { saveSelfReports, turnImpactOn } from "../../../src/store/self-reports.ts";
import type { Store } from "../../../src/store/store.ts";
import { members } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { addMember } from "../../support/panel.ts";
import { randomPipeline, type Story } from "../../support/random-pipeline.ts";

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

  it("leaves out a member's own application, as every other read does", async () => {
    const { store, stories, greenflag } = await filled(40);
    const own = stories.findIndex((s) => s.now.status === "active" && s.visits.length > 1);
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

/** Answers of some of the people, women fewer and the third group very few. */
async function answers(store: Store, stories: readonly Story[]) {
  const said = stories.map((_s, n) => (n % 40 === 0 ? "nonbinary" : n % 3 === 0 ? "female" : "male"));
  const refs = await store.read(async (db) => {
    const { applications } = await import("../../../src/store/tables.ts");
    return db
      .select({ id: applications.id, ref: applications.ref })
      .from(applications)
      .where(eq(applications.workspaceId, store.workspaceId));
  });
  const refOf = new Map(refs.map((r) => [r.id, r.ref]));
  await store.write(new AbortController().signal, async (tx) => {
    const [admin] = await tx.select().from(members).where(eq(members.workspaceId, store.workspaceId));
    await turnImpactOn(tx, store.workspaceId, admin?.id ?? "", NOW);
    await saveSelfReports(
      tx,
      store.workspaceId,
      stories.map((s, n) => ({ ref: refOf.get(s.id) ?? "", question: "sex", answer: said[n] ?? "" })),
    );
  });
  return new Map(stories.map((s, n) => [s.id, said[n] ?? ""]));
}

describe("impact", () => {
  it("is off until an admin turns it on, and takes no period", async () => {
    const { greenflag, store, stories } = await filled(80);
    expect(await greenflag.refused("get_report", { report: "impact" })).toMatch(
      /impact report is off.*greenflag impact on/,
    );
    await answers(store, stories);
    expect(await greenflag.refused("get_report", { report: "impact", since: "2026-01-01" })).toMatch(
      /since.*single people out/,
    );
    await greenflag.ok("get_report", { report: "impact" });
  });

  it("is for admins alone", async () => {
    const { store, stories } = await filled(80);
    await answers(store, stories);
    await store.write(new AbortController().signal, (tx) =>
      tx.insert(members).values({
        workspaceId: store.workspaceId,
        id: "01900000-0000-7000-8000-000000000001",
        email: "rec@example.test",
        name: "Rec",
        access: "hiring_manager",
        createdAt: NOW,
      }),
    );
    const other = await start({ store, member: "rec@example.test", clock: { now: NOW } });
    expect(await other.refused("get_report", { report: "impact" })).toMatch(/for admins/);
  });

  it("counts what a replay counts, shows no group under ten, and gives none away by role", async () => {
    const { greenflag, store, stories } = await filled(700);
    const said = await answers(store, stories);
    const before = new Date("2026-11-01T00:00:00Z");
    const decided = (of: readonly Story[], stage: string, answer: string) =>
      of.filter(
        (s) =>
          said.get(s.id) === answer &&
          s.visits.find((v) => v.stage === stage)?.leftAt &&
          (s.visits.find((v) => v.stage === stage)?.leftAt ?? NOW) < before,
      ).length;
    const whole = await greenflag.ok("get_report", { report: "impact" });
    expect(whole.rows.length).toBeGreaterThan(3);
    type Row = { stage: string; groups: { answer: string; decided: number; fisher_p: number | null }[] };
    for (const row of whole.rows as Row[]) {
      for (const group of row.groups) {
        expect(group.decided).toBe(decided(stories, row.stage, group.answer));
        expect(group.decided).toBeGreaterThanOrEqual(10);
      }
    }
    // The attack: every set of roles that the report tells apart, taken from the whole.
    const roles = ["AA", "BB", "CC", "DD", "EE", "FF"];
    const told = new Map<string, Row[]>();
    for (const role of roles)
      told.set(role, (await greenflag.ok("get_report", { report: "impact", role })).rows);
    let differences = 0;
    for (let bits = 1; bits < 2 ** roles.length; bits += 1) {
      const chosen = roles.filter((_r, n) => (bits >> n) & 1);
      for (const row of whole.rows as Row[]) {
        const tables = chosen.map((role) => told.get(role)?.find((r) => r.stage === row.stage));
        if (tables.some((t) => !t || t.groups.length === 0)) continue;
        for (const group of row.groups) {
          const shown = tables.reduce(
            (sum, t) => sum + (t?.groups.find((g) => g.answer === group.answer)?.decided ?? 0),
            0,
          );
          const left = group.decided - shown;
          differences += 1;
          expect(left === 0 || left >= 10, `${row.stage} ${group.answer} without ${chosen}: ${left}`).toBe(
            true,
          );
        }
      }
    }
    expect(differences).toBeGreaterThan(0);
  });
});
