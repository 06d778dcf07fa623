import { describe, expect, it } from "vitest";
import { unreadableEntriesText } from "../../../../src/mcp/text/fields/interview.ts";

const text = (facts: Partial<Parameters<typeof unreadableEntriesText>[0]>) =>
  unreadableEntriesText(
    { unreadable: 0, zoneless: 0, entries: [], ...facts },
    "the calendar of ines@example.test",
  );
const closed = { line: 12, day: "2026-12-08", closed: true };
const lost = { line: 40, day: null, closed: false };

describe("what could not be read of a calendar", () => {
  it("is nothing when all was read", () => expect(text({})).toBe(""));

  it("is named by day and line, and its hours are closed where they are known", () => {
    expect(text({ unreadable: 1, entries: [closed] })).toBe(
      "1 entry in the calendar of ines@example.test could not be made out (2026-12-08, line 12). " +
        "Every hour that it could take counts as busy.",
    );
  });

  it("says which hours are not known, and how many more there are", () => {
    expect(text({ unreadable: 7, zoneless: 1, entries: [closed, lost] })).toBe(
      "7 entries in the calendar of ines@example.test could not be made out (2026-12-08, line 12; line 40; and 5 more). " +
        "The time zone of 1 is not known: every hour that could be meant counts as busy. " +
        "When an entry without a day takes place is not known: look into the calendar before you book.",
    );
  });

  it("says where the file breaks off", () => {
    expect(text({ breaksOffAt: 88 })).toBe(
      "The calendar of ines@example.test breaks off at line 88: what would follow is not known.",
    );
  });
});
