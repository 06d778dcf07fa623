import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { loadPlaces } from "../../../src/catalog/places.ts";
import { levelIn, placeIn, remoteIn } from "../../../src/domain/role-check/post-metadata.ts";

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
    ["MLOps Engineer\nYou mentor junior and senior colleagues.", null],
  ])("the level of %j is %s", (text, level) => expect(levelIn(lexicon, text)).toBe(level));

  it.each([
    ["MLOps Engineer, Milan, Italy\nWe sell machines.", "Milan, Italy"],
    ["MLOps Engineer\nLocation: Kansas City, Missouri", "Kansas City, Missouri"],
    ["Kettle AI | Inference Engineer | ONSITE San Francisco (Dogpatch)", "San Francisco"],
    ["Marlin (HQ New York, but this job is in Lisbon) | ML Engineer | Lisbon, Portugal", "Lisbon, Portugal"],
    ["Junior MLOps Engineer, Columbus OH", "Columbus OH"],
    ["Our team is hiring an engineer for its office in Boston.", "Boston"],
    ["MLOps Engineer at Anglepoise AI", null],
    ["AI Engineer (Production ML)\nWe are everywhere.", null],
  ])("the place of %j is %s", (text, place) => expect(placeIn(places, text)).toBe(place));

  it.each([
    ["MLOps Engineer, fully remote in the US", true],
    ["MLOps Engineer, anywhere in the US", true],
    ["MLOps Engineer, on site, not remote", false],
    ["MLOps Engineer, Denver. No remote work.", false],
    ["MLOps Engineer, Denver, hybrid", false],
  ])("%j is remote: %s", (text, remote) => expect(remoteIn(lexicon, text)).toBe(remote));
});
