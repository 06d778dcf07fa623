import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { loadPlaces } from "../../../src/catalog/places.ts";
import {
  levelNamed,
  statedLevel,
  statedMode,
  statedPlaces,
} from "../../../src/domain/role-check/post-metadata.ts";

const lexicon = loadLexicon();
const places = loadPlaces();

describe("what a post tells of itself", () => {
  it.each([
    ["Senior MLOps Engineer\nWe work with junior colleagues.", "senior"],
    ["MLOps Engineer (Junior / entry level)\nYou learn from a senior engineer.", "entry"],
    ["Staff ML Platform Engineer", "staff"],
    ["Machine Learning Engineer II, Fraud", "mid"],
    ["Software Engineer III, ML Infrastructure", "senior"],
    ["Mid-Level MLOps Engineer", "mid"],
    ["MLOps Engineer\nLevel: Senior", "senior"],
    ["Sr. MLOps Engineer | Berlin", "senior"],
    ["Snr Data Engineer", "senior"],
    ["Amber Kiln - Senior Backend, ML Engineers - Lyon", "senior"],
    ["Software Engineer II/Senior, Billing", "senior"],
    ["Senior Engineer II", "senior"],
    ["Staff+ Platform Engineer", "staff"],
    ["Head of Data Engineering", "staff"],
    ["Mid/Senior Backend Developer", "mid"],
    ["Junior to mid-level Analyst", "entry"],
    ["MLOps Engineer\nLevel: IC4", "senior"],
    ["SDE II, Payments", "mid"],
    ["Staff Nurse, night ward", null],
    ["Product Manager\nYou lead a team of senior people.", null],
    ["Lead Generation Specialist", null],
    ["MLOps Engineer\nYou mentor junior and senior colleagues.", null],
  ])("the level of %j is %s", (text, level) => expect(statedLevel(lexicon, text)?.level ?? null).toBe(level));

  it.each([
    ["MLOps Engineer, Milan, Italy\nWe sell machines.", "Milan, Italy"],
    ["MLOps Engineer\nLocation: Kansas City, Missouri", "Kansas City, Missouri"],
    ["Kettle AI | Inference Engineer | ONSITE San Francisco (Dogpatch)", "San Francisco"],
    ["Marlin (HQ New York, but this job is in Lisbon) | ML Engineer | Lisbon, Portugal", "Lisbon, Portugal"],
    ["Junior MLOps Engineer, Columbus OH", "Columbus OH"],
    ["Our team is hiring an engineer for its office in Boston.", "Boston"],
    ["MLOps Engineer at Anglepoise AI", null],
    ["AI Engineer (Production ML)\nWe are everywhere.", null],
  ])("the place of %j is %s", (text, place) =>
    expect(
      statedPlaces(places, text)
        .map(({ quote }) => quote)
        .join("; ") || null,
    ).toBe(place),
  );

  it.each([
    ["Brightfold | MLOps Engineer | NYC & SF | Onsite", "NYC; SF"],
    ["MLOps Engineer - Fully Remote AUS/NZ", "AUS; NZ"],
    ["MLOps Engineer - REMOTE (DE/UK/IE)", "DE; UK; IE"],
    ["MLOps Engineer\nLocation: Kettlewick", "Kettlewick"],
    ["MLOps Engineer\nHeadquarters: Porto, Portugal\nRemote", null],
  ])("the places of %j are %s", (text, place) =>
    expect(
      statedPlaces(places, text)
        .map(({ quote }) => quote)
        .join("; ") || null,
    ).toBe(place),
  );

  it("tells each place with its words, and which is certain", () => {
    expect(statedPlaces(places, "MLOps Engineer | Lyon | Remote (EMEA)")).toEqual([
      { quote: "Lyon", region: { country: "FR", city: "Lyon" }, certain: true },
      { quote: "EMEA", region: { country: "EMEA" }, certain: false },
    ]);
    expect(statedLevel(lexicon, "Snr. MLOps Engineer")).toEqual({ level: "senior", quote: "Snr" });
  });

  it.each([
    ["L5", { level: "senior", quote: "L5" }],
    ["Sr.", { level: "senior", quote: "Sr" }],
    ["Senior II", { level: "senior", quote: "Senior" }],
    ["E6", { level: "staff", quote: "E6" }],
    ["banana", null],
  ])("%j is understood as a level", (word, stated) => expect(levelNamed(lexicon, word)).toEqual(stated));

  it.each([
    ["MLOps Engineer, Denver, hybrid (3 days in the office)", "hybrid"],
    ["MLOps Engineer, Dublin, remote or hybrid", "remote"],
    ["MLOps Engineer | ONSITE | Lyon", "onsite"],
    ["MLOps Engineer\nWe build remote-first tooling for remote regions.", undefined],
    ["MLOps Engineer\nWe pay a home office stipend and run a hybrid cloud.", undefined],
  ])("%j is %s", (text, mode) => expect(statedMode(lexicon, text)?.mode).toBe(mode));

  it.each([
    ["MLOps Engineer, fully remote in the US", true],
    ["MLOps Engineer, anywhere in the US", true],
    ["MLOps Engineer, on site, not remote", false],
    ["MLOps Engineer, Denver. No remote work.", false],
    ["MLOps Engineer, Denver, hybrid", false],
  ])("%j is remote: %s", (text, remote) => expect(statedMode(lexicon, text)?.mode === "remote").toBe(remote));
});
