import { describe, expect, it } from "vitest";
import { loadCertificateLists, loadCredentials } from "../../../src/catalog/credentials.ts";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { loadPlaces } from "../../../src/catalog/places.ts";
import type { Document } from "../../../src/domain/candidates/document.ts";
import { finderOf, withListed } from "../../../src/domain/credentials/known.ts";
import { readCredentials } from "../../../src/domain/credentials/read.ts";
import { tokenize } from "../../../src/domain/text/tokens.ts";
import { cpuMs } from "../../support/cpu.ts";

const known = loadCredentials();
const using = { known, lexicon: loadLexicon(), places: loadPlaces(), today: "2026-11-30" };
const resume = (text: string): Document => ({ id: "d1", kind: "resume", name: "resume", text });
const read = (text: string, mustHaves: readonly string[] = []) =>
  readCredentials([resume(text)], { ...using, mustHaves });

/** `name: standing, number, place, end`, without what is not there. */
const said = (text: string, mustHaves?: readonly string[]): string[] =>
  read(text, mustHaves).map(({ name, standing, number, place, expires }) =>
    [`${name}: ${standing}`, number, place, expires].filter((part) => part !== undefined).join(", "),
  );

const NURSE = "Registered nurse (RN)";
const ENGINEER = "Professional engineer (PE)";
const CKA = "Certified Kubernetes Administrator (CKA)";
const CPA = "Certified public accountant (CPA)";
const LINES: readonly (readonly [line: string, right: readonly string[]])[] = [
  // Certificates
  ["AWS ML Specialty (2023)", ["AWS Certified Machine Learning - Specialty: retired"]],
  ["AWS Certified: Machine Learning – Specialty", ["AWS Certified Machine Learning - Specialty: retired"]],
  ["CKA, expires 06/2027", [`${CKA}: current, 2027-06`]],
  ["Certified Kubernetes Administrator (CKA)", [`${CKA}: not_stated`]],
  ["CKA, expired 2025-05-01", [`${CKA}: expired, 2025-05-01`]],
  ["My CKA never expired; it is valid until 2027", [`${CKA}: current, 2027`]],
  ["RN license in Texas, not expired.", [`${NURSE}: not_stated, Texas`]],
  [
    "Texas PE #12345 (2009), Florida PE #67890 (2012)",
    [`${ENGINEER}: not_stated, 12345, Texas`, `${ENGINEER}: not_stated, 67890, Florida`],
  ],
  [
    "Texas RN #884213, Florida RN #991122",
    [`${NURSE}: not_stated, 884213, Texas`, `${NURSE}: not_stated, 991122, Florida`],
  ],
  ["I let my CKA lapse; it ran out in March 2025.", [`${CKA}: expired, 2025-03`]],
  ["Studying for the CKA", [`${CKA}: in_preparation`]],
  ["CKA (in progress)", [`${CKA}: in_preparation`]],
  ["No CKA, and no plans for one.", []],
  ["Trained 12 engineers for the CKA", []],
  ["Wrote our internal CKA course", []],
  ["TensorFlow Developer Certificate", ["TensorFlow Developer Certificate: retired"]],
  ["MCSE, 2009", ["Microsoft Certified Solutions Expert (MCSE): retired"]],
  ["Azure Data Engineer Associate (DP-203)", ["Microsoft Certified: Azure Data Engineer Associate: retired"]],
  ["AWS Solutions Architect at Brightwater Ltd", []],
  [
    "AWS Certified Solutions Architect – Associate, valid until 30 June 2028",
    ["AWS Certified Solutions Architect - Associate: current, 2028-06-30"],
  ],
  ["Kubernetes administrator for 40 clusters", []],
  ["PMP #2456781, exp. 6/27", ["Project Management Professional (PMP): current, 2456781, 2027-06"]],
  ["Project management professional with ten years in rail", []],
  ["Ran 30 accounts as CSM", []],
  [
    "Certifications: PMP, CSM",
    ["Project Management Professional (PMP): not_stated", "Certified ScrumMaster (CSM): not_stated"],
  ],
  [
    "CISSP, expires 06/07/2027",
    ["Certified Information Systems Security Professional (CISSP): current, 2027"],
  ],
  // Licences
  ["RN License No. 123456, Texas, expires 2027-06-30", [`${NURSE}: current, 123456, Texas, 2027-06-30`]],
  ["Texas RN licence #884213, exp. 6/27", [`${NURSE}: current, 884213, Texas, 2027-06`]],
  ["Registered Nurse, Mercy Hospital, Austin, Texas", [`${NURSE}: not_stated`]],
  ["Supervised by a registered nurse", []],
  ["const rn = await fetchRn(); // RN render node", []],
  [
    "NMC PIN: 12A3456E, revalidation due March 2028",
    ["Nursing and Midwifery Council (NMC) registration: current, 12A3456E, 2028-03"],
  ],
  ["Forgot the PIN of a debit card flow, rebuilt it", []],
  [
    "Licensed Professional Engineer in California, No. C84512",
    [`${ENGINEER}: not_stated, C84512, California`],
  ],
  ["PE license (TX), lapsed", [`${ENGINEER}: expired, TX`]],
  ["Diligence for a PE fund with $2bn", []],
  ["FE exam passed 2021; EIT", ["Engineer in training (EIT, FE): not_stated"]],
  ["Cut blended CPA by 30%", []],
  ["CPA, active, Illinois license 065-041234", [`${CPA}: current, 065-041234, Illinois`]],
  ["CPA candidate, 3 of 4 sections passed", [`${CPA}: in_preparation`]],
  ["Admitted to the New York State Bar, 2015", ["Bar admission: not_stated, New York State"]],
  ["Class A CDL, valid through 12/31/2026", ["Commercial driver's licence (CDL): current, 2026-12-31"]],
  [
    "Licensed real estate salesperson, DRE #02145678",
    ["Real estate salesperson or broker: not_stated, 02145678"],
  ],
  ["NABCEP PV Installation Professional, expires 2025", ["NABCEP certification: expired, 2025"]],
  ["Journeyman electrician license, Oregon, 5512J", ["Electrician's licence: not_stated, 5512J, Oregon"]],
  ["Qualified Teacher Status (QTS), England", ["Teacher's licence: not_stated, England"]],
  ["Teacher, Northgate Primary School", []],
  [
    "Chartered Engineer (CEng), Engineering Council reg. 678901",
    ["Chartered engineer (CEng): not_stated, 678901"],
  ],
  // Several of a kind on one line, and what stands beside another's name
  [
    "Medical license: California A123456 (active), Nevada 18990 (expired 12/2023)",
    [
      "Medical doctor (MD, DO): current, A123456, California",
      "Medical doctor (MD, DO): expired, 18990, Nevada, 2023-12",
    ],
  ],
  [
    "Florida Real Estate Sales Associate license SL3456789, active; previously licensed in Georgia (lapsed 2019).",
    [
      "Real estate salesperson or broker: current, SL3456789, Florida",
      "Real estate salesperson or broker: expired, Georgia, 2019",
    ],
  ],
  ["Certs: CKA, Linux Ninja (expired)", [`${CKA}: not_stated`]],
  [
    "Registered Nurse, Oregon, License #201902345RN, exp 04/30/2027",
    [`${NURSE}: current, 201902345RN, Oregon, 2027-04-30`],
  ],
  ["Currently pursuing: PMP", ["Project Management Professional (PMP): in_preparation"]],
  [
    "EIT (Colorado), sitting for the PE in April",
    ["Engineer in training (EIT, FE): not_stated, Colorado", `${ENGINEER}: in_preparation`],
  ],
  ["Thinking about the CKA next year", [`${CKA}: in_preparation`]],
  ["PMP? No, but I run projects well.", []],
  ["Certifications\nCKA\nSkills: Kubernetes, RN (React Native)", [`${CKA}: not_stated`]],
  ["CPA (New York, license 098765, inactive since 2021)", [`${CPA}: expired, 098765, New York`]],
  [
    "Renee Fontaine, LCSW\nNewark, NJ\nLicense: New Jersey 44SC05999999, valid to 08/31/2026",
    ["Licensed social worker (LCSW, LMSW): expired, 44SC05999999, New Jersey, 2026-08-31"],
  ],
  ["I failed the CKAD twice and gave up.", []],
  ["VP, PE & VC coverage. CFA charterholder", ["Chartered Financial Analyst (CFA): not_stated"]],
];

describe("certificates and licences in a document", () => {
  it.each(LINES)("%s", (line, right) => expect(said(line)).toEqual(right));

  it("are told with the words that name them, where they stand", () => {
    const text = "Ada Verne\nLicences\nTexas RN licence #884213, exp. 6/27\nRan a ward of 24 beds.";
    const [fact] = read(text);
    expect(fact?.says).toEqual({
      document: "d1",
      quote: "Texas RN licence #884213, exp. 6/27",
      start: text.indexOf("Texas"),
      end: text.indexOf("\nRan"),
    });
  });

  it("count once over all documents, with what each of them says", () => {
    const letter: Document = {
      id: "d2",
      kind: "cover_letter",
      name: "letter",
      text: "I hold the CKA, valid until June 2027.",
    };
    const documents = [resume("Certifications: CKA, PMP"), letter];
    const facts = readCredentials(documents, { ...using, mustHaves: [] });
    expect(facts.map(({ name, expires, document }) => [name, expires, document])).toEqual([
      [CKA, "2027-06", "cover_letter"],
      ["Project Management Professional (PMP)", undefined, "resume"],
    ]);
  });

  it("are two where two numbers or two places are named", () => {
    expect(said("RN license: Texas #884213, exp. 6/27\nRN license: Ohio #RN.445566, exp. 10/2025")).toEqual([
      `${NURSE}: current, 884213, Texas, 2027-06`,
      `${NURSE}: expired, RN.445566, Ohio, 2025-10`,
    ]);
  });

  it("are read over lines as professional networks print them, and behind a name", () => {
    expect(
      said(
        "CKA: Certified Kubernetes Administrator\nIssued Mar 2025 · Expires Mar 2027\nCredential ID LF-9xk2\n",
      ),
    ).toEqual([`${CKA}: current, LF-9xk2, 2027-03`]);
    expect(said("Maria Lopez, BSN, RN\nHouston, Texas\n")).toEqual([`${NURSE}: not_stated`]);
    expect(said("Casey Ra\nHouston, Texas\n")).toEqual([]);
  });

  it("are the candidate's own words alone", () => {
    const text = "On Monday Ada wrote:\n> Do you hold the CKA?\nNo.";
    const document = { ...resume(text), own: text.replace("> Do you hold the CKA?", " ".repeat(22)) };
    expect(readCredentials([document], { ...using, mustHaves: [] })).toEqual([]);
  });

  it("have the standing of the day that is given", () => {
    const on = (today: string) =>
      readCredentials([resume("AWS ML Specialty\nCKA, expires June 2027")], {
        ...using,
        today,
        mustHaves: [],
      }).map(({ standing }) => standing);
    expect(on("2026-03-31")).toEqual(["not_stated", "current"]);
    expect(on("2026-04-01")).toEqual(["retired", "current"]);
    expect(on("2027-07-01")).toEqual(["retired", "expired"]);
  });
});

describe("certificates and licences that a role asks for", () => {
  it.each([
    [["PE licence in Texas"], "PE license, Texas, No. 84512", [`${ENGINEER}: not_stated, 84512, Texas`]],
    [["RN registration"], "Ran a bakery", [`${NURSE}: not_named`]],
    [["Active RN", "CKA is a plus"], "Ran a bakery", [`${NURSE}: not_named`]],
    [["CKA or CKAD"], "CKAD, 2025", ["Certified Kubernetes Application Developer (CKAD): not_stated"]],
    [
      ["AWS certified solutions architect"],
      "AWS SAA",
      ["AWS Certified Solutions Architect - Associate: not_stated"],
    ],
    [["No certificate needed, not even a CKA"], "Ran a bakery", []],
    [["Five years with a PE fund"], "Ran a bakery", []],
  ] as const)("%s, beside %s", (mustHaves, text, right) => expect(said(text, mustHaves)).toEqual(right));

  it("are told only then where so many have it that it says nothing", () => {
    expect(said("SC cleared (lapsed). Full driving licence.")).toEqual([]);
    expect(said("SC cleared (lapsed). Full driving licence.", ["Driving licence"])).toEqual([
      "Driving licence: not_stated",
    ]);
  });

  it("are taken for what is asked for wherever their abbreviation stands, and for nothing where it is not", () => {
    expect(said("RN, Texas #778899, renewed 2025", ["RN licence"])).toEqual([
      `${NURSE}: not_stated, 778899, Texas`,
    ]);
    expect(said("PE, California #C55555", ["PE licence in California"])).toEqual([
      `${ENGINEER}: not_stated, C55555, California`,
    ]);
    expect(said("Skills: RN, Expo, Redux")).toEqual([]);
  });

  it("are told with the place asked for where the document's is another", () => {
    const [fact] = read("PE license, Florida, No. 84512", ["PE licence in Texas"]);
    expect(fact).toMatchObject({ asked: true, place: "Florida", asked_place: "Texas" });
    expect(read("PE license, TX", ["PE licence in Texas"])[0]).not.toHaveProperty("asked_place");
  });
});

describe("the lists of certificates and licences", () => {
  it("have each one once, and each figure with its source", () => {
    const { sources, certificates } = loadCertificateLists();
    const ids = known.map(({ id }) => id);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
    const named = certificates.flatMap(({ retired, valid }) =>
      [retired?.source, valid?.source].filter(Boolean),
    );
    expect(new Set(named)).toEqual(new Set(sources.map(({ id }) => id)));
  });

  it("have names that they find themselves", () => {
    const { certificates } = loadCertificateLists();
    const ids = certificates.filter(({ by_name }) => by_name !== false).map(({ id }) => id);
    const named = known.filter(({ id, name }) => ids.includes(id) && said(`Certified: ${name}`).length === 1);
    expect(named.map(({ id }) => id)).toEqual(ids);
  });

  it("are taken from a role's own template first", () => {
    const listed = [
      {
        ...{ id: "cka", name: "House Certificate", vendor: "House", cost: { amount: 1, currency: "EUR" } },
        ...{ covers: "", advice: "", legacy: false, source: "house" },
      },
    ];
    const all = withListed(known, listed);
    expect(all.filter(({ id }) => id === "cka").map(({ name }) => name)).toEqual(["House Certificate"]);
    expect(finderOf(withListed(known, listed))).toBe(finderOf(all));
  });

  it("are looked for in little more time than a text takes to be cut into words, and at once in a hostile one", () => {
    const line =
      "Ran twelve models in production on Kubernetes for a bank in Texas; on call one week in four.\n";
    const text = `${line.repeat(50)}Certifications: CKA, PMP, AWS SAA\nTexas RN licence #884213, exp. 6/27\n`;
    const often = (work: () => void) => cpuMs(() => Array.from({ length: 50 }, work));
    often(() => read(text));
    expect(often(() => read(text)) / often(() => tokenize(text))).toBeLessThan(20);
    for (const part of [
      "CKA ",
      "RN (",
      "PE license No. ",
      "No. 1 ",
      "expires 6/",
      "A. B, RN 1; ",
      "License: Texas 12345\\n",
      "\nrn ",
      "Texas ",
    ])
      expect(
        cpuMs(() => read(part.repeat(50_000 / part.length))),
        part,
      ).toBeLessThan(3_000);
  });
});
