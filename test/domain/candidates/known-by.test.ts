import { describe, expect, it } from "vitest";
import { derivedOf, isSameByPhone, sharedBy } from "../../../src/domain/candidates/known-by.ts";

const person = (facts: object) =>
  derivedOf({ name: "Zoë Okafor", email: null, phone: null, links: [], ...facts }).knownBy;
const shared = (some: object, others: object) =>
  sharedBy(person({ name: "A", ...some }), person({ name: "B", ...others }));

describe("by what two people may be one", () => {
  it.each([
    ["no case, accents or blanks of a name", { name: "ZOE  OKAFOR" }, { name: "Zoë Okafor" }, ["name"]],
    ["a mailbox", { email: "zoe+a@example.test" }, { email: "zoe@example.test" }, ["email"]],
    [
      "a phone with and without its country",
      { phone: "+351 912 345 678" },
      { phone: "912345678" },
      ["phone"],
    ],
    ["a phone with a trunk zero", { phone: "+49 (0)30 901 8200" }, { phone: "030/9018200" }, ["phone"]],
    ["another phone", { phone: "+351 912 345 678" }, { phone: "+351 912 345 679" }, []],
    ["a number too short to tell", { phone: "112" }, { phone: "112" }, []],
    [
      "a page",
      { links: ["https://www.github.com/Zoe/?tab=repos#top"] },
      { links: ["http://github.com/zoe"] },
      ["profile"],
    ],
    [
      "another page of the same host",
      { links: ["https://github.com/zoe"] },
      { links: ["https://github.com/zoey"] },
      [],
    ],
    [
      "a language of a host",
      { links: ["https://pt.linkedin.com/in/zoe"] },
      { links: ["https://linkedin.com/in/zoe/"] },
      ["profile"],
    ],
  ])("%s", (_what, some, others, by) => {
    expect(shared(some, others)).toEqual(by);
  });

  it("is the same person without an e-mail by name and phone together, not by either", () => {
    const phone = "+351 912 345 678";
    expect(isSameByPhone(person({ phone }), person({ phone }))).toBe(true);
    expect(isSameByPhone(person({ phone }), person({}))).toBe(false);
    expect(isSameByPhone(person({ phone }), person({ phone, name: "Bo Li" }))).toBe(false);
  });
});
