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
    ["Sr. MLOps Engineer | San Francisco, CA", "senior"],
    ["Zephyr Owl - Senior Backend, ML Engineers - NYC - Onsite", "senior"],
    ["Senior Staff Engineer", "staff"],
    ["Staff+ Platform Engineers", "staff"],
    ["Staff Nurse, Nights", null],
    ["Software Engineer, Infrastructure (L5)", "senior"],
    ["ML Engineer\nLevel: IC4", "senior"],
    ["SDE II, Payments", "mid"],
    ["Mid/Senior Backend Developer", "mid"],
    ["Jr. Data Analyst", "entry"],
    ["MLOps Engineer\nYou mentor junior and senior colleagues.", null],
  ])("the level of %j is %s", (text, level) => expect(levelIn(lexicon, text)?.value ?? null).toBe(level));

  it.each([
    ["MLOps Engineer, Milan, Italy\nWe sell machines.", "Milan, Italy"],
    ["MLOps Engineer\nLocation: Kansas City, Missouri", "Kansas City, Missouri"],
    ["Kettle AI | Inference Engineer | ONSITE San Francisco (Dogpatch)", "ONSITE San Francisco"],
    ["Marlin (HQ New York, but this job is in Lisbon) | ML Engineer | Lisbon, Portugal", "Lisbon, Portugal"],
    ["Junior MLOps Engineer, Columbus OH", "Columbus OH"],
    ["Our team is hiring an engineer for its office in Boston.", "Boston"],
    ["MLOps Engineer at Anglepoise AI", null],
    ["AI Engineer (Production ML)\nWe are everywhere.", null],
    ["Senior MLOps Engineer - NYC & SF - Onsite", "NYC & SF"],
    ["Senior MLOps Engineer - HYBRID OR REMOTE - Dublin, Ireland", "Dublin, Ireland"],
    ["MLOps Engineer | Berlin | London | Remote", "Berlin; London"],
    ["MLOps Engineer - REMOTE (DE/UK/CH/ES/IE)", "DE/UK/CH/ES/IE"],
    ["MLOps Engineer - Fully Remote AUS/NZ", "Fully Remote AUS/NZ"],
    ["MLOps Engineer - Remote (UTC-5 to UTC-8)", null],
    ["MLOps Engineer\nLocation: Niagara Falls, NY USA", "Niagara Falls, NY USA"],
    ["MLOps Engineer\nLocation: Kassel", "Kassel"],
    ["MLOps Engineer\nLocation: Remote", null],
    ["Warehouse picker, Columbus OH, to start i.e. now", "Columbus OH"],
  ])("the place of %j is %s", (text, place) => expect(placeIn(places, text)?.value ?? null).toBe(place));

  it.each([
    ["MLOps Engineer, fully remote in the US", true],
    ["MLOps Engineer, anywhere in the US", true],
    ["MLOps Engineer, on site, not remote", false],
    ["MLOps Engineer, Denver. No remote work.", false],
    ["MLOps Engineer, Denver, hybrid", false],
    ["Analyst, remote sensing, Denver", false],
    ["MLOps Engineer, Denver, 2 days a week remote", false],
    [`MLOps Engineer, Denver\n${"We forecast waves. ".repeat(40)}\nThis is a fully remote role.`, true],
    [
      `MLOps Engineer, Denver\n${"We forecast waves. ".repeat(40)}\nOur customers sit in remote places.`,
      false,
    ],
  ])("%j is remote: %s", (text, remote) => expect(remoteIn(lexicon, text)?.value ?? false).toBe(remote));
});
