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
    [{ offer_min: 220_000, offer_max: 250_000 }, "above", 0, 40_000],
    [{ offer_min: 100_000, offer_max: 140_000 }, "below", 50_000, 0],
    [{ offer_min: 100_000, offer_max: 300_000 }, "wider", 50_000, 90_000],
  ])("places %j %s", async (offer, reading, below_by, above_by) => {
    const { position } = await ask({ ...SENIOR, ...offer });
    expect(position).toMatchObject({ reading, below_by, above_by });
    for (const amount of [below_by, above_by]) if (amount > 0) expect(position.text).toContain(`${amount}`);
  });

  const SF = { location: "San Francisco, CA" }; // low end 172,500 to 187,500, high end 241,500 to 262,500
  it.each([
    [
      { ...SF, offer_min: 180_000, offer_max: 180_000 },
      "in",
      ["low_end"],
      /lies inside .*low end \(172500 to 187500\)/,
    ],
    [{ ...SF, offer_min: 187_500 }, "in", [], /band, 17% of the way up\.$/],
    [{ ...SF, offer_min: 241_500 }, "in", [], /band, 77% of the way up\.$/],
    [{ ...SF, offer_min: 250_000 }, "in", ["high_end"], /may be above the band/],
    [
      { ...SF, offer_min: 175_000, offer_max: 260_000 },
      "in",
      ["low_end", "high_end"],
      /starts inside.*ends inside/,
    ],
    [{ ...SF, offer_min: 150_000, offer_max: 175_000 }, "starts_below", ["low_end"], /ends inside/],
    [{ ...SF, offer_min: 250_000, offer_max: 300_000 }, "ends_above", ["high_end"], /starts inside/],
    [{ offer_min: 150_000, offer_max: 210_000 }, "in", [], /its middle 50% of the way up\.$/],
  ])("says of %j where an end is uncertain", async (args, reading, uncertain, text) => {
    const { position } = await ask({ ...SENIOR, ...args });
    expect(position).toMatchObject({ reading, uncertain });
    expect(position.text).toMatch(text);
  });

  const BAY_AREA = [15, 25];
  const NEW_YORK_AND_SEATTLE = [10, 20];
  it.each([
    ["Sunnyvale, CA", BAY_AREA],
    ["palo alto, ca", BAY_AREA],
    ["Mountain View", BAY_AREA],
    ["Oakland, California", BAY_AREA],
    ["San Jose, CA", BAY_AREA],
    ["SF", BAY_AREA],
    ["Bay Area", BAY_AREA],
    ["Manhattan", NEW_YORK_AND_SEATTLE],
    ["Brooklyn, NY", NEW_YORK_AND_SEATTLE],
    ["NYC (hybrid)", NEW_YORK_AND_SEATTLE],
    ["New York", NEW_YORK_AND_SEATTLE],
    ["Bellevue, WA", NEW_YORK_AND_SEATTLE],
    ["Redmond, Washington", NEW_YORK_AND_SEATTLE],
    ["Berlin or Seattle", NEW_YORK_AND_SEATTLE],
    ["Oakland, ME", undefined],
    ["Bellevue, NE", undefined],
    ["Manhattan, KS", undefined],
    ["New York State", undefined],
    ["Los Angeles, CA", undefined],
    ["California", undefined],
  ])("counts %s to the hub that it is part of, or to none", async (location, percent) => {
    const { adjustments, band, notes } = await ask({ ...SENIOR, location });
    expect(band).not.toBeNull();
    expect(adjustments[1]?.percent).toEqual(percent && { from: percent[0], to: percent[1] });
    if (!percent) expect(notes.join(" ")).toContain(`no figure for "${location}"`);
  });

  it.each([
    ["London", false, "United Kingdom"],
    ["Birmingham, UK", false, "United Kingdom"],
    ["Toronto, CA", false, "Canada"],
    ["San Jose, Costa Rica", false, "Costa Rica"],
    ["Remote, Germany", true, "Germany"],
    ["Remote, EU", true, "European Union"],
    ["Bangalore or Zurich", true, "India or Switzerland"],
  ])("gives %s no band of another country", async (location, remote, country) => {
    const answer = await ask({ ...SENIOR, location, remote, offer_min: 90_000 });
    expect(answer.band).toBeNull();
    for (const field of ["adjustments", "adjacent", "sources", "position"])
      expect(answer).not.toHaveProperty(field);
    expect(answer.notes.join(" ")).toContain(`no figures for ${country}, only in USD for the United States`);
  });

  it("says what remote work is counted against where the place has no figure", async () => {
    const boise = await ask({ ...SENIOR, location: "Boise, ID", remote: true });
    expect(boise.band).toEqual((await ask({ ...SENIOR, remote: true })).band);
    expect(boise.notes.join(" ")).toMatch(
      /no figure for "Boise, ID": remote work is counted against the hubs/,
    );
    for (const location of ["Remote", "Remote, US", "Seattle, WA"])
      expect((await ask({ ...SENIOR, location, remote: true })).notes, location).toHaveLength(1);
  });

  it("reads as an outline, what belongs together indented", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const { text } = await greenflag.call("benchmark_salary", SENIOR);
    expect(text).toMatch(
      /^total_comp:\n {2}low: 180000\n {2}high: 294000\n {2}percent:\n {4}from: 20\n {4}to: 40\n/m,
    );
    expect(text).toMatch(/^adjacent:\n {2}- occupation: Data scientists\n {4}code: SOC 15-2051\n/m);
  });

  it("tells the guide's story where a band is saved on, not where one is fair", async () => {
    const saved = await ask({ ...SENIOR, level: "staff", offer_min: 190_000, offer_max: 190_000 });
    expect(saved.position).toMatchObject({ reading: "below", below_by: 5_000 });
    expect(saved.warnings[0]).toMatch(/190,000.*13 months.*245,000/);
    expect((await ask({ ...SENIOR, offer_min: 185_000, offer_max: 190_000 })).warnings).toHaveLength(1);
    expect(await ask({ ...SENIOR, offer_min: 160_000, offer_max: 200_000 })).not.toHaveProperty("warnings");
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
    expect(backend.band).toBeNull();
    expect(backend).not.toHaveProperty("adjustments");
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
    ["thousands", { offer_min: 165 }, /Call benchmark_salary again with offer_min .*165000, not 165/],
    ["cents", { offer_min: 165_000.5 }, /offer_min/],
    ["an unknown level", { level: "wizard" }, /level/],
    ["an unknown template", { template: "astronaut" }, /template: "astronaut"/],
  ])("refuses %s", async (_name, changed, text) => {
    const greenflag = await start({ store: await database.workspace() });
    expect(await greenflag.refused("benchmark_salary", { ...SENIOR, ...changed })).toMatch(text);
  });
});
