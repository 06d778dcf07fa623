import { expect, it } from "vitest";
import { SAMPLE_FACTS } from "../../../src/domain/outreach/facts.ts";
import { basisOf } from "../../../src/domain/outreach/made-from.ts";

it("reads back the note, the interview and the wait that a draft was made from", () => {
  const { interview } = SAMPLE_FACTS;
  expect(basisOf({ facts: SAMPLE_FACTS, note: "Hello.", interview })).toEqual({
    note: "Hello.",
    interview,
    daysWaiting: 4,
  });
});

it("reads a draft of an earlier release, which kept less", () => {
  expect(basisOf({})).toEqual({ note: null, interview: undefined, daysWaiting: null });
  expect(basisOf({ note: null, interview: null })).toEqual({
    note: null,
    interview: null,
    daysWaiting: null,
  });
});
