import { describe, expect, it } from "vitest";
import { loadCertificateLists, loadCredentials } from "../../../src/catalog/credentials.ts";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { loadPlaces } from "../../../src/catalog/places.ts";
import type { Document } from "../../../src/domain/candidates/document.ts";
import { finderOf, withListed } from "../../../src/domain/credentials/known.ts";
import { readCredentials } from "../../../src/domain/credentials/read.ts";
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
  ["Journeyman electrician license, Oregon, 5512J", ["Electrician's licence: not_stated, Oregon"]],
  ["Qualified Teacher Status (QTS), England", ["Teacher's licence: not_stated, England"]],
  ["Teacher, Northgate Primary School", []],
  [
    "Chartered Engineer (CEng), Engineering Council reg. 678901",
    ["Chartered engineer (CEng): not_stated, 678901"],
  ],
];

describe("certificates and licences in a document", () => {
  it.each(LINES)("%s", (line, right) => expect(said(line)).toEqual(right));
});
