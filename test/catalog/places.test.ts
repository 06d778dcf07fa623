import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadCatalog } from "../../src/catalog/load.ts";
import { loadPlaces } from "../../src/catalog/places.ts";

const file = (name: string) =>
  parse(readFileSync(new URL(`../../src/catalog/places/${name}.yaml`, import.meta.url), "utf8"));
const { named, coded } = loadPlaces();

describe("the places of the catalogue", () => {
  it("are no role template", () => {
    expect(
      loadCatalog({})
        .list()
        .map(({ id }) => id),
    ).not.toContain("places");
  });

  it("puts no city under a country or state that is not on file", () => {
    const states: Record<string, object> = file("states");
    for (const [country, cities] of Object.entries<object>(file("cities"))) {
      expect(
        coded(country).some((reading) => reading.country === country),
        country,
      ).toBe(true);
      if (Array.isArray(cities)) continue;
      for (const state of Object.keys(cities)) expect(Object.keys(states[country] ?? {})).toContain(state);
    }
  });

  it("reads codes that YAML could take for yes and no as the places that they are", () => {
    expect(named("Oslo")).toEqual([{ as: "city", country: "NO", city: "Oslo" }]);
    expect(named("Toronto")).toEqual([{ as: "city", country: "CA", state: "ON", city: "Toronto" }]);
  });

  it("keeps a city under its own name, whichever of its names is read", () => {
    expect(named("SF")).toEqual(named("San Francisco"));
    expect(named("Nowhere at all")).toEqual([]);
  });
});
