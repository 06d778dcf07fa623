import { describe, expect, it } from "vitest";
import { inEveryText, withoutNamesOfOthers } from "../../../src/domain/personal-data/names-of-others.ts";

const member = (name: string, email: string, access: "recruiter" | "interviewer") => ({
  id: email,
  name,
  email,
  access,
});
const TEAM = [
  member("Anna-Maria O'Neill (HR)", "anna-maria.o'neill+hr@mail-1.example", "recruiter"),
  member("Rita Recruiter", "rita@example.test", "recruiter"),
  member("José Ibáñez", "jose@example.test", "interviewer"),
];
const clean = (known: readonly string[] = [], candidates: readonly string[] = []) =>
  withoutNamesOfOthers({ team: TEAM, known: new Set(known), candidates });

describe("words of colleagues that go to a candidate", () => {
  it("name the part of colleagues in place of their names, the same for the same one", () => {
    expect(clean()("RITA  Recruiter and anna-maria o'neill (HR), rita@example.test")).toBe(
      "recruiter 2 and recruiter 1, recruiter 2",
    );
    expect(clean()("From anna-maria.o'neill+hr@mail-1.example.")).toBe("From recruiter 1.");
  });

  it("find a name however its accents are written", () => {
    expect(clean()("Jose\u0301 Iba\u0301n\u0303ez agreed")).toBe("interviewer 1 agreed");
  });

  it("keep the name of whoever the candidate knows, also for their address", () => {
    expect(clean(["rita@example.test"])("Rita Recruiter, rita@example.test")).toBe(
      "Rita Recruiter, Rita Recruiter",
    );
  });

  it("name no other candidate, and leave words alone that only begin like a name", () => {
    expect(clean([], ["Mai Tran"])("Better than Mai Tran; see Mai Transport.")).toBe(
      "Better than another candidate; see Mai Transport.",
    );
  });

  it("are gone through wherever they stand", () => {
    expect(inEveryText({ a: ["Rita Recruiter", 3, null], b: { c: "Rita Recruiter" } }, clean())).toEqual({
      a: ["recruiter 2", 3, null],
      b: { c: "recruiter 2" },
    });
  });
});
