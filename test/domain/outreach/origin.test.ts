import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { originOf } from "../../../src/domain/outreach/origin.ts";

const lexicon = loadLexicon();
const of = (source: string | null, referredBy: string | null = null) =>
  originOf({ source, referredBy }, lexicon);

describe("where somebody comes from", () => {
  it.each([
    ["applied", "applied"],
    ["Applied through the careers page", "applied"],
    ["careers page", "applied"],
    ["our jobs page", "applied"],
    ["Job board", "applied"],
    ["LinkedIn Easy Apply", "applied"],
    ["inbound", "applied"],
    ["Company website", "applied"],
    ["referral, applied on our site", "applied"],
    ["sourced", "sourced"],
    ["sourced on LinkedIn", "sourced"],
    ["Sourced", "sourced"],
    ["LinkedIn outreach", "sourced"],
    ["found on LinkedIn", "sourced"],
    ["headhunted", "sourced"],
    ["Found her on GitHub", "sourced"],
    ["we contacted him at a meetup", "sourced"],
    ["referral", "referred"],
    ["Referred by Ines", "referred"],
    ["recommended by Tomasz", "referred"],
    ["employee referral", "referred"],
    ["employee", "referred"],
    ["LinkedIn", "unknown"],
    ["Indeed", "unknown"],
    ["agency", "unknown"],
    ["former employee", "unknown"],
    ["sourced from a job board", "unknown"],
    ["found on LinkedIn, did not apply", "sourced"],
    ["a conference", "unknown"],
    ["", "unknown"],
  ])("is read from %j: %s", (source, origin) => expect(of(source)).toBe(origin));

  it("is unknown without a source, and referred where somebody is on record who named them", () => {
    expect(of(null)).toBe("unknown");
    expect(of(null, "Ines")).toBe("referred");
    expect(of("LinkedIn", "Ines")).toBe("referred");
    expect(of("careers page", "Ines")).toBe("applied");
    expect(of(null, " ")).toBe("unknown");
  });
});
