import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import {
  dutiesIn,
  LEGAL_RULES,
  matchPlaces,
  payRangesInForce,
  sinceWhen,
  standingOn,
  unclearPlace,
} from "../../../src/domain/jurisdictions/lookup.ts";
import { checkPost } from "../../../src/domain/role-check/check.ts";

const catalog = loadCatalog({});
const { places, get } = catalog;
const lexicon = catalog.lexicon();
const template = get("mlops-engineer");
const dayAfter = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
const POST =
  "Senior MLOps Engineer, model serving\n\nYou will run KServe for us, and we pay a good salary to the person who does that with us.";

const rangesIn = (location: string) => payRangesInForce(places, { location, remote: false }, "2026-11-24");

describe("dated law", () => {
  it.each(LEGAL_RULES)("$id holds from its first day to its last, both included", (rule) => {
    expect(standingOn(rule, dayAfter(rule.valid_from, -1))).toBe("upcoming");
    expect(standingOn(rule, rule.valid_from)).toBe("in_force");
    const ending = { ...rule, valid_until: dayAfter(rule.valid_from, 30) };
    expect(standingOn(ending, ending.valid_until)).toBe("in_force");
    expect(standingOn(ending, dayAfter(ending.valid_until, 1))).toBe("ended");
    expect(rule.source).not.toBe("");
  });

  const states = LEGAL_RULES.filter((r) => r.kind === "pay_range").flatMap((rule) =>
    rule.where.flatMap(({ state }) => (state === undefined ? [] : [{ ...rule, state }])),
  );
  it("knows the states that ask for a range", () => expect(states).toHaveLength(13));

  it.each(states)("$place requires a range in the post from the day on, not before", (rule) => {
    const rules = (today: string) =>
      checkPost(POST, {
        template,
        places,
        lexicon,
        today,
        level: "senior",
        location: `Somewhere, ${rule.state}`,
        remote: false,
      }).findings.map((f) => f.rule);
    expect(rules(dayAfter(rule.valid_from, -1))).not.toContain("pay_range_required");
    expect(rules(rule.valid_from)).toContain("pay_range_required");
  });

  it.each(template.credentials.filter((c) => c.valid_until !== undefined))(
    "$name is retired the day after its last",
    ({ name, valid_until }) => {
      const rules = (today: string) =>
        checkPost(`${POST}\nNice to have\n- ${name}`, {
          template,
          places,
          lexicon,
          today,
          level: "senior",
          location: "Austin, TX",
          remote: false,
        }).findings.map((f) => f.rule);
      expect(rules(valid_until ?? "")).not.toContain("certification_retired");
      expect(rules(dayAfter(valid_until ?? "", 1))).toContain("certification_retired");
    },
  );

  it.each([
    ["Washington, DC", ["District of Columbia"]],
    ["Seattle, Washington", ["Washington"]],
    ["Vancouver, BC", []],
    ["Portland, OR", []],
    ["Albany, New York", ["New York"]],
    ["Toronto, CA", []],
    ["Washington, Tyne and Wear", []],
    ["Oakland, ME", []],
    ["Oakland", ["California"]],
    ["New York, NY or San Francisco, CA", ["California", "New York"]],
    ["Rome, Italy", ["European Union (Italy, Malta, Slovakia, Lithuania)"]],
    ["Rome, NY", ["New York"]],
  ])("%s is where it is", (location, territories) => {
    const duties = dutiesIn(matchPlaces(places, { location, remote: false }), "2026-11-24").filter(
      (d) => d.kind === "pay_range",
    );
    expect(duties.map((d) => d.place)).toEqual(territories);
  });

  it("counts a remote post of the United States as read in every state, and no other", () => {
    const ranges = (location: string | null) =>
      dutiesIn(matchPlaces(places, { location, remote: true }), "2026-11-24").filter(
        (d) => d.status === "in_force" && d.kind === "pay_range",
      );
    const states = ranges("Remote, US").length;
    expect(states).toBeGreaterThanOrEqual(12);
    for (const anywhere of [
      "Austin, TX",
      "Remote (US/Canada)",
      "Remote within the United States",
      "Atlanta or remote (USA)",
    ])
      expect(ranges(anywhere), anywhere).toHaveLength(states);
    expect(ranges(null)).toEqual([]);
    for (const abroad of [
      "Remote",
      "Georgia",
      "Atlantis",
      "Fully Remote AUS/NZ",
      "Remote (DE/UK/CH/ES/IE)",
      "Remote (UTC-5 to UTC-8)",
      "Remote (US time zones)",
      "Remote (Americas)",
      "Remote, Germany",
      "Toronto, remote in Canada",
      "Toronto, CA",
      "Remote (EMEA)",
      "Leeds",
    ])
      expect(ranges(abroad), abroad).toEqual([]);
    expect(ranges("Remote, Italy").map((d) => d.id)).toEqual(["pay_range_eu"]);
  });

  it("asks where somebody may live where the place is not certain", () => {
    const asked = (location: string | null) => unclearPlace(places, { location, remote: true });
    expect(asked(null)).toEqual({});
    expect(asked("Remote, CA")).toEqual({ quote: "CA" });
    expect(asked("Remote (EMEA)")).toEqual({ quote: "EMEA" });
    expect(asked("Kettlewick")).toEqual({ quote: "Kettlewick" });
    expect(asked("Leeds")).toBeNull();
    expect(unclearPlace(places, { location: null, remote: false })).toBeNull();
  });

  it.each([
    ["New York, NY", ["notice_nyc_aedt", "retention_us_eeoc"]],
    ["Brooklyn", ["notice_nyc_aedt", "retention_us_eeoc"]],
    ["Albany, NY", ["retention_us_eeoc"]],
    ["Berlin, DE", ["notice_eu_ai_act"]],
    ["Remote, EU", ["notice_eu_ai_act"]],
    ["Birmingham, UK", []],
    ["Toronto, CA", []],
    ["San Jose, CA", ["retention_us_eeoc", "retention_ca_ads"]],
    ["San Jose, Costa Rica", []],
  ])("owes in %s the notices and records of that place", (location, ids) => {
    const duties = dutiesIn(matchPlaces(places, { location, remote: false }), "2026-11-24").filter(
      (d) => d.kind !== "pay_range",
    );
    expect(duties.map((d) => d.id)).toEqual(ids);
  });

  it("gives every duty the same fields", () => {
    const duties = dutiesIn(
      matchPlaces(places, { location: "New York or Berlin or Milan", remote: true }),
      "2026-11-24",
    );
    expect(new Set(duties.map((duty) => Object.keys(duty).sort().join()))).toEqual(
      new Set(["date_verified,id,kind,min_employees,place,source,status,text,valid_from"]),
    );
  });

  it("says of a date that nobody has checked that it was not, in the finding too", () => {
    const checked = LEGAL_RULES.filter((r) => r.date_verified).map((r) => r.id);
    expect(checked.sort()).toEqual(
      [
        ...["notice_co_ai", "notice_eu_ai_act", "notice_il_ai", "notice_nyc_aedt"],
        ...["pay_range_eu", "retention_ca_ads", "retention_co_ai"],
      ].sort(),
    );
    const [co] = rangesIn("Denver, CO");
    expect(co && sinceWhen(co)).toBe("since 2021-01-01 (date not verified)");
    expect(rangesIn("Milan").map(sinceWhen)).toEqual(["since 2026-06-07"]);
    expect(rangesIn("Portland, OR")).toEqual([]);
    const setting = {
      template,
      places,
      lexicon,
      today: "2026-11-24",
      level: "senior",
      location: "Denver, CO",
      remote: false,
    };
    const { findings, law } = checkPost(POST, { ...setting, level: "senior" });
    expect(findings.find((f) => f.rule === "pay_range_required")?.why).toMatch(/date not verified/);
    expect(law.map(sinceWhen)).toContain("upcoming, from 2027-01-01");
  });
});
