import { describe, expect, it } from "vitest";
import { loadPlaces } from "../../../src/catalog/places.ts";
import { namedPlaces, namesPlace, regionOf, regionsOf } from "../../../src/domain/jurisdictions/place.ts";
import { liesIn } from "../../../src/domain/jurisdictions/region.ts";

const places = loadPlaces();

/** As "US-CO Denver", "GB" or "none". */
const regionsText = (location: string): string =>
  regionsOf(places, location)
    .map(({ country, state, city }) =>
      [[country, state].filter(Boolean).join("-"), city].filter(Boolean).join(" "),
    )
    .join(" + ") || "none";

describe("where a place lies", () => {
  it.each([
    // A code or a name after the comma outranks the city before it.
    ["Denver, CO", "US-CO Denver"],
    ["denver, co", "US-CO Denver"],
    ["Austin TX", "US-TX Austin"],
    ["austin tx", "US-TX Austin"],
    ["Seattle WA 98101", "US-WA Seattle"],
    ["Seattle, Washington", "US-WA Seattle"],
    ["Oakland, CA", "US-CA Oakland"],
    ["Oakland, ME", "US-ME Oakland"],
    ["Oakland, Kennebec County, ME", "US-ME Oakland"],
    ["Paris, TX", "US-TX Paris"],
    ["Paris, Texas, USA", "US-TX Paris"],
    ["Rome, New York", "US-NY Rome"],
    ["Albany, New York", "US-NY Albany"],
    ["London, KY", "US-KY London"],
    ["Vancouver, WA", "US-WA Vancouver"],
    ["Lebanon, NH", "US-NH Lebanon"],
    ["Mexico, MO", "US-MO Mexico"],
    ["Manhattan, KS", "US-KS Manhattan"],
    ["Bellevue, NE", "US-NE Bellevue"],
    ["Dublin, CA", "US-CA Dublin"],
    ["Wilmington, DE", "US-DE Wilmington"],
    ["Birmingham, AL", "US-AL Birmingham"],
    ["St. Paul, MN", "US-MN St Paul"],
    ["Winston-Salem, NC", "US-NC Winston-Salem"],
    ["San Juan, PR", "US-PR San Juan"],
    // One code, two meanings: the city decides.
    ["Toronto, CA", "CA-ON Toronto"],
    ["toronto, ca", "CA-ON Toronto"],
    ["Berlin, DE", "DE Berlin"],
    ["Bangalore, IN", "IN Bengaluru"],
    ["Gary, IN", "US-IN Gary"],
    ["Tel Aviv, IL", "IL Tel Aviv"],
    ["Springfield, IL", "US-IL Springfield"],
    ["Amsterdam, NL", "NL Amsterdam"],
    ["St. John's, NL", "CA-NL St John's"],
    ["Atlanta, Georgia", "US-GA Atlanta"],
    ["Tbilisi, Georgia", "GE Tbilisi"],
    ["Georgia", "US-GA"],
    ["Georgia, USA", "US-GA"],
    // Canada and other countries.
    ["London, ON", "CA-ON London"],
    ["London, Ontario, Canada", "CA-ON London"],
    ["Vancouver, BC", "CA-BC Vancouver"],
    ["Quebec", "CA-QC"],
    ["Birmingham, UK", "GB Birmingham"],
    ["Birmingham, U.K.", "GB Birmingham"],
    ["Washington, Tyne and Wear", "GB Washington"],
    ["Boston, Lincolnshire", "GB Boston"],
    ["San Jose, Costa Rica", "CR San Jose"],
    ["Paris France", "FR Paris"],
    ["Lyon, France", "FR Lyon"],
    ["The Netherlands", "NL"],
    ["Holland", "NL"],
    ["São Paulo", "BR Sao Paulo"],
    ["Munich, Bavaria", "DE Munich"],
    ["Türkiye", "TR"],
    ["Trinidad and Tobago", "TT"],
    ["Remote, EU", "EU"],
    ["Remote (EMEA)", "EMEA"],
    // Cities with nothing else.
    ["San Francisco", "US-CA San Francisco"],
    ["Bay Area", "US-CA San Francisco Bay Area"],
    ["NYC", "US-NY New York City"],
    ["New York", "US-NY New York City"],
    ["New York, NY", "US-NY New York City"],
    ["Brooklyn", "US-NY Brooklyn"],
    ["Seattle", "US-WA Seattle"],
    ["Greater Boston", "US-MA Boston"],
    ["London", "GB London"],
    ["Berlin", "DE Berlin"],
    ["Toronto", "CA-ON Toronto"],
    ["Zurich", "CH Zurich"],
    // States without a city.
    ["NY", "US-NY"],
    ["Washington", "US-WA"],
    ["Northern California", "US-CA"],
    ["Washington, DC", "US-DC Washington"],
    ["Washington D.C.", "US-DC Washington DC"],
    // From the large to the small.
    ["US-CA-San Francisco", "US-CA San Francisco"],
    ["USA, NY, New York", "US-NY New York City"],
    ["Germany, Berlin", "DE Berlin"],
    // Words around the place.
    ["Remote - US", "US"],
    ["remote, us", "US"],
    ["Remote within the United States", "US"],
    ["Toronto, remote in Canada", "CA-ON Toronto"],
    ["New York City (hybrid, 3 days a week)", "US-NY New York City"],
    ["Hybrid in Denver, CO", "US-CO Denver"],
    ["Berlin, Kreuzberg", "DE Berlin"],
    // Several places.
    ["Portland, OR or Seattle, WA", "US-OR Portland + US-WA Seattle"],
    ["Seattle, Denver", "US-WA Seattle + US-CO Denver"],
    ["Berlin and Munich", "DE Berlin + DE Munich"],
    ["Remote (US/Canada)", "US + CA"],
    ["NYC & SF", "US-NY New York City + US-CA San Francisco"],
    ["California, Oregon, Texas", "US-CA + US-OR + US-TX"],
    ["Germany, France, Spain", "DE + FR + ES"],
    ["Berlin, Munich, or remote in Spain", "DE Berlin + DE Munich + ES"],
    ["London / Berlin / remote", "GB London + DE Berlin"],
    ["Denver, Colorado, United States, AMER", "US-CO Denver"],
    ["Remote, North America, Chicago", "AMERICAS + US-IL Chicago"],
    // Codes.
    ["Niagara Falls, NY USA", "US-NY Niagara Falls"],
    ["REMOTE (DE/UK/CH/ES/IE)", "DE + GB + CH + ES + IE"],
    ["CA/NY/WA", "US-CA + US-NY + US-WA"],
    ["Fully Remote AUS/NZ", "AU + NZ"],
    ["Sydney NSW 2000", "AU Sydney"],
    ["Portland OR USA", "US-OR Portland"],
    ["Remote, OR", "US-OR"],
    // Regions are read as regions, and words as words.
    ["DACH", "DACH"],
    ["Anywhere in Europe", "EUROPE"],
    ["HYBRID OR REMOTE", "none"],
    ["REMOTE IN GERMANY", "DE"],
    ["Dublin, remote or hybrid", "IE Dublin"],
    ["European time zones", "none"],
    ["UTC-5 to UTC-8", "none"],
    ["Remote (EST/PST hours)", "none"],
    ["i.e.", "none"],
    ["ok", "none"],
    // Nowhere.
    ["Remote", "none"],
    ["Atlantis", "none"],
    ["New England", "none"],
    ["Cambridge", "none"],
    ["Washington, Nowhereshire", "none"],
    ["", "none"],
  ])("of %j is %s", (location, expected) => {
    expect(regionsText(location)).toBe(expected);
  });

  it.each([
    ["Remote (US)", true],
    ["Lyon, France", true],
    ["CA", false],
    ["Georgia", false],
    ["LATAM", false],
    ["Kettlewick", false],
  ])("tells whether %j is certain, with its words", (location, certain) => {
    const [place] = namedPlaces(places, location);
    expect(place?.certain).toBe(certain);
    expect(location).toContain(place?.quote);
  });

  it("gives the first of several, and null for none", () => {
    expect(regionOf(places, "Berlin or New York")).toEqual({ country: "DE", city: "Berlin" });
    expect(regionOf(places, "Remote")).toBeNull();
  });

  it("tells words without a place from a place that is not known", () => {
    expect(
      ["Remote", "Fully remote (worldwide)", "Atlantis"].map((location) => namesPlace(places, location)),
    ).toEqual([false, false, true]);
  });

  it("counts boroughs to their city, members to the Union, and a state to nothing but itself", () => {
    const nyc = { country: "US", state: "NY", within: "New York City" } as const;
    const inNyc = (location: string) => regionsOf(places, location).some((region) => liesIn(region, nyc));
    expect(["Brooklyn, NY", "Queens, New York", "The Bronx", "NYC"].map(inNyc)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(["NY", "Albany, NY", "Brooklyn, OH"].map(inNyc)).toEqual([false, false, false]);
    const inEu = (location: string) =>
      regionsOf(places, location).some((region) => liesIn(region, { country: "EU" }));
    expect(["Milan", "Remote, EU", "Remote, Europe", "London", "Zurich"].map(inEu)).toEqual([
      ...[true, true, true, false, false],
    ]);
  });

  it("reads a long hostile location to its end", () => {
    const hostile = "New York, ".repeat(2_000) + " - or and ".repeat(2_000);
    expect(regionsOf(places, hostile).length).toBeGreaterThan(0);
  });
});
