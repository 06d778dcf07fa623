import { describe, expect, it } from "vitest";
import { SAMPLE_FACTS } from "../../../src/domain/outreach/facts.ts";
import { outdatedIn } from "../../../src/domain/outreach/outdated.ts";

const BEFORE = { name: "Zoë Okafor", email: "zoe@example.test", timezone: null };
const draft = (body: string, first_name = SAMPLE_FACTS.first_name) => ({
  ...{ recipient: "zoe@example.test", subject: "The role", body },
  madeFrom: { facts: { ...SAMPLE_FACTS, first_name } },
});
const WHEN = SAMPLE_FACTS.interview?.when ?? "";

describe("what a message carries of the record as it was", () => {
  it.each([
    ["the address it goes to", "Hello,", { email: "z@example.test" }, ["email"]],
    ["the address, where none is left", "Hello,", { email: null }, ["email"]],
    ["the first name", "Hello Zoë,", { name: "Chloë Okafor" }, ["name"]],
    ["the whole name", "Hello Zoë Okafor,", { name: "Zoë Lind" }, ["name"]],
    ["what was taken for the first name", "Hello Zoë,", { name: "Okafor Zoë" }, ["name"]],
    ["no family name", "Hello Zoë,", { name: "Zoë Lind" }, []],
    ["another word that begins like the name", "The Zoëtrope runs.", { name: "Chloë Okafor" }, []],
    ["a time on the clock that was theirs", `We meet ${WHEN}.`, { timezone: "Asia/Tokyo" }, ["timezone"]],
    ["no time", "We meet soon.", { timezone: "Asia/Tokyo" }, []],
    ["a time on the same clock", `We meet ${WHEN}.`, { timezone: "UTC" }, []],
  ])("%s", (_what, body, change, fields) => {
    expect(outdatedIn(draft(body), BEFORE, { ...BEFORE, ...change })).toEqual(fields);
  });

  it("takes signs in a name as they are", () => {
    const before = { ...BEFORE, name: "Z.+* (Zoë) Okafor" };
    const after = { ...before, name: "Zoë Okafor" };
    expect(outdatedIn(draft("Hello Z.+*,", "Z.+*"), before, after)).toEqual(["name"]);
  });
});
