import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { RESUME, startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const begin = async () => startWithCandidate({ store: await database.workspace() });
const NAMED = { role: "MLE", name: "Björn Ek" };

describe("add_candidate without an e-mail", () => {
  it("adds a person whose phone is known, and shows what there is", async () => {
    const greenflag = await begin();
    const { application } = await greenflag.ok("add_candidate", { ...NAMED, phone: "+46 70 123 45 67" });
    expect(application).toMatchObject({ ref: "MLE-2", candidate: { name: "Björn Ek" } });
    const { candidate } = await greenflag.ok("get_candidate", { application: "MLE-2" });
    expect(candidate).toEqual({ name: "Björn Ek", phone: "+46 70 123 45 67" });
    expect((await greenflag.ok("find_candidates", { query: "bjorn" })).total).toBe(1);
  });

  it.each([
    ["phone, however it is written", { phone: "+46 (0)70-123 45 67" }, { phone: "0046 70 1234567" }],
    ["résumé", { resume_text: RESUME }, { resume_text: RESUME }],
  ])("is one person by the same name and the same %s", async (_what, first, second) => {
    const greenflag = await begin();
    await greenflag.ok("add_candidate", { ...NAMED, ...first });
    const again = await greenflag.ok("add_candidate", { ...NAMED, name: "BJORN  EK", ...second });
    expect(again).toMatchObject({ application: { ref: "MLE-2" }, duplicate_of: "MLE-2" });
    expect(again.note).toMatch(/already applied for this role as MLE-2: nothing was changed/);
    expect((await greenflag.ok("find_candidates", {})).total).toBe(2);
  });

  it("says of the résumé that is there already under which id it is stored, and of another that it is not", async () => {
    const greenflag = await begin();
    const { documents } = await greenflag.ok("get_candidate", {
      ...{ application: "MLE-1", include: ["documents"] },
    });
    const again = { role: "MLE", name: "Zoë Okafor", email: "zoe@example.test", resume_text: RESUME };
    const { note } = await greenflag.ok("add_candidate", again);
    expect(note).toContain(`The résumé is stored already, as document ${documents?.[0]?.id}.`);
    expect(note).not.toMatch(/not stored|add_document/);
    const other = await greenflag.ok("add_candidate", { ...again, resume_text: "Ran 3 models." });
    expect(other.note).toMatch(/The résumé was not stored: add_document adds one to it/);
    expect((await greenflag.ok("add_candidate", { ...again, resume_text: undefined })).note).toMatch(
      /nothing was changed\.$/,
    );
  });

  it("is the same person as one with an e-mail by name and résumé", async () => {
    const greenflag = await begin();
    const again = { role: "MLE", name: "Zoë Okafor", resume_text: RESUME };
    expect(await greenflag.ok("add_candidate", again)).toMatchObject({ duplicate_of: "MLE-1" });
  });

  it.each([
    ["another phone", { phone: "+46 70 123 45 67" }, { phone: "+46 70 123 45 68" }],
    ["another résumé", { resume_text: "Ran 3 models." }, { resume_text: "Ran 4 models." }],
    ["nothing but the name", {}, {}],
  ])("is another person by the same name and %s, who is named as possibly the same", async (_what, a, b) => {
    const greenflag = await begin();
    await greenflag.ok("add_candidate", { ...NAMED, ...a });
    const second = await greenflag.ok("add_candidate", { ...NAMED, ...b });
    expect(second.application.ref).toBe("MLE-3");
    expect(second.possible_duplicates).toEqual([{ ref: "MLE-2", name: "Björn Ek", by: ["name"] }]);
  });

  it("adds one person once when several callers add them at once", async () => {
    const greenflag = await begin();
    const person = { ...NAMED, phone: "+46 70 123 45 67" };
    const added = await Promise.all(Array.from({ length: 5 }, () => greenflag.ok("add_candidate", person)));
    expect(new Set(added.map((a) => a.application.ref))).toEqual(new Set(["MLE-2"]));
  });
});

describe("add_candidate says who it may be already", () => {
  const LINK = "https://www.linkedin.com/in/bjorn-ek/?trk=share";
  it.each([
    ["profile", { links: [LINK] }, { links: ["http://se.linkedin.com/in/Bjorn-Ek"] }],
    ["phone", { phone: "+46 70 123 45 67" }, { phone: "070-123 45 67" }],
    ["email", { email: "bjorn@example.test" }, { email: "bjorn+jobs@example.test" }],
  ])("by %s", async (by, first, second) => {
    const greenflag = await begin();
    await greenflag.ok("add_candidate", { ...NAMED, ...first });
    const other = { role: "MLE", name: "B. Ek", email: "ek@example.test", ...second };
    const { application, possible_duplicates } = await greenflag.ok("add_candidate", other);
    expect(application.ref).toBe("MLE-3");
    expect(possible_duplicates).toEqual([{ ref: "MLE-2", name: "Björn Ek", by: [by] }]);
  });

  it("and says nothing of people with other names, links to other pages, or a short number", async () => {
    const greenflag = await begin();
    await greenflag.ok("add_candidate", { ...NAMED, phone: "12345", links: ["https://github.com/ek"] });
    const other = { role: "MLE", name: "Bjarne Ek", phone: "12345", links: ["https://github.com/ekberg"] };
    expect((await greenflag.ok("add_candidate", other)).possible_duplicates).toBeUndefined();
  });

  it("at most five, the surest sign first", async () => {
    const greenflag = await begin();
    for (let n = 0; n < 6; n += 1) await greenflag.ok("add_candidate", NAMED);
    await greenflag.ok("add_candidate", { role: "MLE", name: "B. Ek", links: [LINK] });
    const last = await greenflag.ok("add_candidate", { ...NAMED, links: [LINK] });
    expect(last.possible_duplicates).toHaveLength(5);
    expect(last.possible_duplicates?.[0]).toEqual({ ref: "MLE-8", name: "B. Ek", by: ["profile"] });
  });

  it("and the same e-mail is the same person, in another role too", async () => {
    const greenflag = await begin();
    await greenflag.ok("open_role", { template: "backend-engineer", level: "senior", location: "Lisbon" });
    const again = { role: "BE", name: "Zoë Okafor", email: "zoe@example.test" };
    const { duplicate_of, possible_duplicates } = await greenflag.ok("add_candidate", again);
    expect([duplicate_of, possible_duplicates]).toEqual(["MLE-1", undefined]);
  });
});
