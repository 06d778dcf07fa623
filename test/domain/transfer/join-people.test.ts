import { describe, expect, it } from "vitest";
import type { ImportedRow } from "../../../src/domain/transfer/join-people.ts";
import { joinPeople } from "../../../src/domain/transfer/join-people.ts";

const row = (where: string, more: Partial<ImportedRow>): ImportedRow => ({
  ...{ where, name: "Zoë Lim", otherEmails: [], links: [], tags: [], doNotContact: false },
  ...{ files: [], records: [], applications: [], fingerprint: where },
  ...more,
});
const peopleOf = (...rows: ImportedRow[]) =>
  joinPeople(rows).people.map(({ where, also }) => [where, ...also].join(" "));

describe("rows that are one person", () => {
  it("share an id, an address in any case, or an address of two", () => {
    expect(peopleOf(row("1", { id: "7" }), row("2", { id: "7", name: "Somebody else" }))).toEqual(["1 2"]);
    expect(peopleOf(row("1", { email: "A@x.test" }), row("2", { email: "a@x.test" }))).toEqual(["1 2"]);
    const both = row("3", { email: "b@x.test", otherEmails: ["a@x.test"] });
    expect(peopleOf(row("1", { email: "a@x.test" }), row("2", { email: "b@x.test" }), both)).toEqual([
      "1 2 3",
    ]);
  });

  it("share name and phone or profile where an address is missing, and not where each has one", () => {
    const phone = "+351 912 345 678";
    expect(peopleOf(row("1", { email: "a@x.test", phone }), row("2", { phone, name: "Lim, Zoe" }))).toEqual([
      "1 2",
    ]);
    expect(peopleOf(row("1", { email: "a@x.test", phone }), row("2", { email: "b@x.test", phone }))).toEqual([
      "1",
      "2",
    ]);
    const links = ["https://www.linkedin.com/in/zoe/"];
    expect(peopleOf(row("1", { links }), row("2", { links: ["https://linkedin.com/in/Zoe"] }))).toEqual([
      "1 2",
    ]);
  });

  it("are not those who share a name alone, and are those that say the same throughout", () => {
    expect(peopleOf(row("1", {}), row("2", {}))).toEqual(["1", "2"]);
    expect(peopleOf(row("1", { fingerprint: "x" }), row("2", { fingerprint: "x" }))).toEqual(["1 2"]);
  });

  it("are filled from each other, the earlier first", () => {
    const [joined] = joinPeople([
      row("1", { email: "a@x.test", tags: ["go"] }),
      row("2", { email: "a@x.test", phone: "0912 345 678", tags: ["go", "sql"], doNotContact: true }),
    ]).people;
    expect(joined).toMatchObject({
      phone: "0912 345 678",
      tags: ["go", "sql"],
      doNotContact: true,
      email: "a@x.test",
    });
  });
});
