import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const RESUME = `Casey Ra
Licences
Texas RN licence #884213, exp. 6/25
Certifications: AWS ML Specialty, CKA (in progress)
Ran 12 models in production on KServe 0.13.
`;

async function begin() {
  const greenflag = await startWithCandidate({ store: await database.workspace() });
  await greenflag.ok("update_role", {
    role: "MLE",
    must_haves: ["PE licence in Texas", "RN registration in Ohio"],
  });
  await greenflag.ok("add_candidate", {
    ...{ role: "MLE", name: "Casey Ra", email: "casey@example.test", resume_text: RESUME },
  });
  return greenflag;
}

describe("certificates and licences in a candidate's record", () => {
  it("are told in the record and in the first answer of an assessment alike, those that the role asks for first", async () => {
    const greenflag = await begin();
    const scored = await greenflag.call("score_candidate", { application: "MLE-2" });
    const looked = await greenflag.call("get_candidate", { application: "MLE-2" });
    expect(looked.facts.credentials).toEqual(scored.facts.credentials);
    expect(looked.facts.credentials).toMatchObject([
      {
        name: "Registered nurse (RN)",
        kind: "licence",
        standing: "expired",
        number: "884213",
        place: "Texas",
        asked: true,
      },
      { name: "Professional engineer (PE)", standing: "not_named", place: "Texas", asked: true },
      { name: "AWS Certified Machine Learning - Specialty", kind: "certificate", standing: "retired" },
      { name: "Certified Kubernetes Administrator (CKA)", standing: "in_preparation" },
    ]);
    const lines = (text: string) => text.split("\n").filter((line) => /^- (licence|certificate) /.test(line));
    expect(lines(looked.text)).toEqual(lines(scored.text));
    expect(lines(looked.text)).toEqual([
      "- licence Registered nurse (RN), number 884213, Texas: ran out on 2025-06 by the date in the résumé; by the résumé alone, " +
        'not checked with who issued it; the role asks for Ohio, the résumé names Texas. "Texas RN licence #884213, exp. 6/25"',
      '- licence Professional engineer (PE), Texas: the role asks for "PE licence in Texas"; not recognised in the documents: ' +
        "ask whether they hold it.",
      "- certificate AWS Certified Machine Learning - Specialty: retired, last offered 2026-03-31; that does not mean that theirs " +
        'has run out (expiry not stated). "AWS ML Specialty"',
      '- certificate Certified Kubernetes Administrator (CKA): in preparation, as the résumé says. "CKA"',
    ]);
  });

  it("change no point and no flag, and are left out where none is named or asked for", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const plain = "Ran 12 models in production on KServe 0.13.\n";
    for (const [n, text] of [plain, `${plain}CKA, expires June 2027\n`].entries())
      await greenflag.ok("add_candidate", {
        ...{ role: "MLE", name: `Person ${n}`, email: `p${n}@example.test`, resume_text: text },
      });
    const [without, having] = [
      await greenflag.ok("score_candidate", { application: "MLE-2" }),
      await greenflag.ok("score_candidate", { application: "MLE-3" }),
    ];
    expect(without).not.toHaveProperty("credentials");
    expect(having.credentials).toHaveLength(1);
    expect(having.assessment.points).toEqual(without.assessment.points);
    expect(having.assessment.flags).toEqual(without.assessment.flags);
  });

  it("are not read from a member's note", async () => {
    const greenflag = await begin();
    await greenflag.ok("add_document", {
      application: "MLE-2",
      kind: "note",
      text: "They told me of a CISSP.",
    });
    const { credentials } = await greenflag.ok("get_candidate", { application: "MLE-2" });
    expect(JSON.stringify(credentials)).not.toContain("CISSP");
  });
});
