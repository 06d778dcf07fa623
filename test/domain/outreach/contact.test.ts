import { describe, expect, it } from "vitest";
import { contactOf } from "../../../src/domain/outreach/contact.ts";

const NOW = new Date("2026-11-30T09:00:00Z");
const day = (text: string) => new Date(`${text}T09:00:00Z`);
const of = (importedAt: Date | null, heardAt: Date | null = null) =>
  contactOf(
    {
      ...{ origin: "applied", hasWritten: heardAt !== null, metAt: null, wasRated: false, endedAt: null },
      ...{ awaited: null, zone: null, importedAt },
      words: { appliedAt: day("2026-09-01"), heardAt, sentAt: null, sentPurpose: null },
    },
    NOW,
  ).facts;

describe("what may be said of the time since the last word", () => {
  it("is what is on record of somebody who applied here", () => {
    expect(of(null)).toMatchObject({ days_waiting: 90, days_since_touch: 90 });
  });

  it("is nothing of the time before an import, in which another tracker may have written", () => {
    const unknown = { days_waiting: null, days_since_touch: null, last_in_touch: null };
    expect(of(day("2026-11-20"))).toMatchObject(unknown);
  });

  it("counts what came after the import", () => {
    expect(of(day("2026-11-20"), day("2026-11-25"))).toMatchObject({ days_waiting: 5, days_since_touch: 5 });
  });
});
