import { describe, expect, it } from "vitest";
import { derivedOf, isSameByPhone, phoneFormsOf, sharedBy } from "../../../src/domain/candidates/known-by.ts";

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

describe("a telephone number that is looked for", () => {
  const isFound = (phone: string, text: string) =>
    phoneFormsOf(text).some((form) => person({ phone }).includes(form));

  it.each([
    ["+351 912 345 678", "+351912345678"],
    ["+351 912 345 678", "912-345-678"],
    ["912345678", "00351 912 345 678"],
    ["+49 (0)30 901 820", "(030) 90 18 20"],
    ["030/901820", "+49 30 901820"],
    ["+45 12 34 56 78", "12345678"],
    ["12 34 56 78", "+45 12 34 56 78"],
    ["+44 20 7946 0958", "020 7946 0958"],
    ["901820", "901820"],
  ])("%s is found by %s", (phone, text) => expect(isFound(phone, text)).toBe(true));

  it.each([
    ["+351 912 345 678", "912 345 679"],
    ["+351 912 345 678", "45678"],
    ["+351 912 345 678", "call 912345678"],
    ["+351 912 345 678", "351 912 345"],
  ])("%s is not found by %s", (phone, text) => expect(isFound(phone, text)).toBe(false));
});
