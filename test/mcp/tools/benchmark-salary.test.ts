import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";

const database = useDatabase();
const SENIOR = { template: "mlops-engineer", level: "senior" };
const ask = async (args: object) =>
  (await start({ store: await database.workspace() })).ok("benchmark_salary", args);

describe("benchmark_salary", () => {
  it("gives the catalogue's band with source and date, total compensation and wage statistics", async () => {
    const answer = await ask(SENIOR);
    expect(answer).toMatchObject({
      band: { low: 150_000, high: 210_000, currency: "USD", year: 2026 },
      total_comp: { low: 180_000, high: 294_000, percent: { from: 20, to: 40 } },
      adjacent: [
        { code: "SOC 15-2051", median: 112_590 },
        { code: "SOC 15-1221", median: 140_910 },
      ],
    });
    expect(answer.adjustments).toHaveLength(1);
    expect(answer.sources.map((s: { id: string }) => s.id)).toEqual(expect.arrayContaining(["kore1", "bls"]));
    expect(await ask({ ...SENIOR, level: "mid" })).not.toHaveProperty("total_comp");
  });

  it("adjusts for a place as a range, step by step", async () => {
    const { adjustments, band } = await ask({ ...SENIOR, location: "San Francisco, CA" });
    expect(adjustments).toMatchObject([
      { percent: null, low: { from: 150_000, to: 150_000 }, high: { from: 210_000, to: 210_000 } },
      {
        percent: { from: 15, to: 25 },
        low: { from: 172_500, to: 187_500 },
        high: { from: 241_500, to: 262_500 },
      },
    ]);
    expect(band).toMatchObject({ low: 172_500, high: 262_500 });
  });

  it("counts remote work against a hub, the place's own or all hubs", async () => {
    const seattle = await ask({ ...SENIOR, location: "Seattle, WA", remote: true });
    expect(seattle.adjustments.map((s: { percent: unknown }) => s.percent)).toEqual([
      null,
      { from: 10, to: 20 },
      { from: -26, to: -10 },
    ]);
    expect(seattle.band).toMatchObject({ low: Math.round(165_000 * 0.74), high: Math.round(252_000 * 0.9) });
    const anywhere = await ask({ ...SENIOR, remote: true });
    expect(anywhere.adjustments.map((s: { percent: unknown }) => s.percent)).toEqual([
      null,
      { from: 10, to: 25 },
      { from: -26, to: -10 },
    ]);
  });

  it.each([
    [{ offer_min: 190_000, offer_max: 190_000 }, "in", 0, 0],
    [{ offer_max: 140_000 }, "below", 10_000, 0],
    [{ offer_min: 130_000, offer_max: 160_000 }, "starts_below", 20_000, 0],
    [{ offer_min: 200_000, offer_max: 230_000 }, "ends_above", 0, 20_000],
    [{ offer_min: 220_000 }, "above", 0, 10_000],
    [{ offer_min: 100_000, offer_max: 300_000 }, "wider", 50_000, 90_000],
  ])("places %j %s", async (offer, reading, below_by, above_by) => {
    expect((await ask({ ...SENIOR, ...offer })).position).toMatchObject({ reading, below_by, above_by });
  });

  it("tells the guide's story where a band is saved on, not where one is fair", async () => {
    const saved = await ask({ ...SENIOR, level: "staff", offer_min: 190_000, offer_max: 190_000 });
    expect(saved.position).toMatchObject({ reading: "below", below_by: 5_000 });
    expect(saved.warnings[0]).toMatch(/190,000.*13 months.*245,000/);
    expect((await ask({ ...SENIOR, offer_min: 185_000, offer_max: 190_000 })).warnings).toHaveLength(1);
    expect((await ask({ ...SENIOR, offer_min: 160_000, offer_max: 200_000 })).warnings).toEqual([]);
  });

  it("answers for a place without a figure with the national band and a note", async () => {
    const answer = await ask({ ...SENIOR, location: "Atlantis" });
    expect(answer.band).toMatchObject({ low: 150_000, high: 210_000 });
    expect(answer.notes.join(" ")).toMatch(/no figure for "Atlantis".*national band.*Bay Area/);
    expect((await ask({ ...SENIOR, location: "Albany, New York" })).adjustments).toHaveLength(1);
  });

  it("converts nothing, and invents nothing where there are no figures", async () => {
    const euros = await ask({ ...SENIOR, currency: "EUR", offer_min: 80_000 });
    expect(euros.band).toBeNull();
    expect(euros.notes.join(" ")).toMatch(/no figures in EUR, only in USD.*not converted/);
    const backend = await ask({ template: "backend-engineer", level: "senior" });
    expect(backend).toMatchObject({ band: null, adjustments: [] });
    expect(backend.notes.join(" ")).toMatch(/no figures for Backend engineer/);
  });

  it.each([
    [
      "minimum above maximum",
      { offer_min: 200_000, offer_max: 150_000 },
      /offer_min \(200000\) is above offer_max \(150000\)/,
    ],
    ["a negative offer", { offer_min: -5 }, /offer_min: -5 is no yearly salary/],
    ["an absurd offer", { offer_max: 10_000_000_000 }, /offer_max: 10000000000 is no yearly salary/],
    ["thousands", { offer_min: 165 }, /165000, not 165/],
    ["cents", { offer_min: 165_000.5 }, /offer_min/],
    ["an unknown level", { level: "wizard" }, /level/],
    ["an unknown template", { template: "astronaut" }, /template: "astronaut"/],
  ])("refuses %s", async (_name, changed, text) => {
    const greenflag = await start({ store: await database.workspace() });
    expect(await greenflag.refused("benchmark_salary", { ...SENIOR, ...changed })).toMatch(text);
  });
});
