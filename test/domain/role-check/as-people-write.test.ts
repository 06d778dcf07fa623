import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { checkPost } from "../../../src/domain/role-check/check.ts";

const { get, places, lexicon } = loadCatalog({});
const BODY =
  "You will run our model endpoints on Triton and KServe: p99 from 400 ms to under 150 ms by June.\n\n" +
  "Requirements\n- Kubernetes in production\n- Python\n\nOn-call: one week in six, two pages a week.\n";
const check = (text: string) =>
  checkPost(text, { template: get("mlops-engineer"), places, lexicon: lexicon(), today: "2026-11-30" });
const rulesOf = (text: string) => check(text).findings.map(({ rule, severity }) => `${severity} ${rule}`);
const NO_PAY = ["warning comp_missing"];
const LAW = "error pay_range_required";

describe("a post with a headline as people write it", () => {
  it.each([
    ["Senior MLOps Engineer - 150-250k + equity - Remote (US)", []],
    ["Senior MLOps Engineer | Berlin | EUR 90,000 - 110,000", []],
    ["Senior MLOps Engineer | London | Salary £90,000 - £110,000", []],
    ["Senior MLOps Engineer | Austin, TX | OTE $240k, base $160k-$190k", []],
    ["MLOps Engineer | Tokyo | ¥9,000,000 - ¥14,000,000", []],
    ["Senior MLOps Engineer - HYBRID OR REMOTE - Dublin, Ireland", NO_PAY],
    ["Senior MLOps Engineer - Fully Remote AUS/NZ", NO_PAY],
    ["Senior MLOps Engineer - REMOTE (DE/UK/CH/ES/IE)", NO_PAY],
    ["Senior MLOps Engineer\nLocation: Kassel, remote possible", [...NO_PAY, "info place_unclear"]],
    ["Senior MLOps Engineer - Remote (UTC-5 to UTC-8)", [...NO_PAY, "info place_unclear"]],
    ["Senior MLOps Engineer - NYC & SF - Onsite", [LAW, ...NO_PAY]],
    ["Senior MLOps Engineer\nLocation: Niagara Falls, NY USA", [LAW, ...NO_PAY]],
    ["Sr. MLOps Engineer | San Francisco, CA | $120,000 - $150,000", ["error comp_below_band"]],
    ["Zephyr Owl - Senior Backend, ML Engineers - NYC - $120,000 - $150,000", ["error comp_below_band"]],
  ])("%j is found at fault for %j", (head, rules) => expect(rulesOf(`${head}\n\n${BODY}`)).toEqual(rules));

  it("asks from where a remote post without a country may be done, and asserts nothing", () => {
    const { findings, law } = check(`Senior MLOps Engineer - Remote\n\n${BODY}`);
    expect(findings.find(({ rule }) => rule === "place_unclear")).toMatchObject({
      severity: "info",
      why: expect.stringMatching(/^Where may this person live\?/),
    });
    expect(law).toEqual([]);
  });

  it("takes a pension plan for no pay", () => {
    const text = `Senior MLOps Engineer | San Francisco, CA\n\n${BODY}\nBenefits\nMedical, dental, vision, 401K`;
    expect(rulesOf(text)).toEqual([LAW, ...NO_PAY]);
  });
});

describe("a sentence of a post", () => {
  it.each([
    ["In 2024 we reached unicorn status after our Series C.", []],
    ["We talk to the woman and the man the model is about.", []],
    ["For almost 30 years, clients have turned to us to print their mail.", []],
    ["The stay in Munich is six months with a possible extension of up to 1 year with a move to Graz.", []],
    ["You care for children aged 2-4 years.", []],
    ["- You thrive in early stages and prefer deep technical work", []],
    ["A journeyman electrician is on the team.", []],
    ["- MSc with 5+ years of experience in MLOps", ["warning years_as_bar"]],
    ["- Bachelor's with 3 years of experience in Python", ["warning years_as_bar"]],
    ["You will man the phones on weekends.", ["warning exclusionary_wording"]],
  ])("%j is found at fault for %j", (sentence, rules) =>
    expect(rulesOf(`Senior MLOps Engineer | Berlin | EUR 90,000 - 110,000\n\n${BODY}\n${sentence}`)).toEqual(
      rules,
    ),
  );
});
