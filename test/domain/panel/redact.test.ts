import { describe, expect, it } from "vitest";
import type { EvidenceSnapshot } from "../../../src/domain/panel/decision.ts";
import { redactFor } from "../../../src/domain/panel/redact.ts";
import type { Visibility } from "../../../src/domain/panel/visibility.ts";

const grace = { id: "id-g", email: "g" };
const open: Visibility = { hidden: null, votesHidden: null, openRounds: [] };
const untilVote: Visibility = { hidden: null, votesHidden: { until: "vote" }, openRounds: [] };
const until = { until: "scorecards", rounds: ["screen"] } as const;
const blind: Visibility = { hidden: until, votesHidden: until, openRounds: [] };
const card = (member: string, round = "screen") => ({ member, round });

const evidence: EvidenceSnapshot = {
  ...{ scorecards: [], assessment: null, submission: null },
  ...{ majority: "for", against_majority: true },
  votes: [{ id: "1", member: "a", version: 1, vote: "yes", on_panel: true }],
};

describe("what is left for a reader", () => {
  it("is everything where nothing is hidden", () => {
    const redact = redactFor(grace, open);
    const { votes, ...rest } = evidence;
    expect(redact.scorecards([card("a")])).toEqual({ shown: [card("a")], whole: [card("a")] });
    expect(redact.votes([{ member: "a" }]).whole).toHaveLength(1);
    expect(redact.decisionEvidence(evidence)).toEqual({ ...rest, votes, votes_cast: 1 });
    expect(redact.reason({ reason: "because" }, "a")).toEqual({ reason: "because", reasonHidden: false });
  });

  it("is their own scorecards and votes, and never a whole of part of them, while others' are hidden", () => {
    const redact = redactFor(grace, blind);
    const both = [{ member: "a" }, { member: "g" }];
    expect(redact.scorecards([card("a"), card("g")])).toEqual({ shown: [card("g")], whole: null });
    expect(redact.votes(both)).toEqual({ shown: [{ member: "g" }], whole: null });
  });

  it("is the cards of rounds that are open besides, and no whole of them", () => {
    const redact = redactFor(grace, { ...blind, openRounds: ["screen"] });
    const cards = [card("a"), card("g", "incident"), card("a", "incident")];
    expect(redact.scorecards(cards)).toEqual({ shown: [card("a"), card("g", "incident")], whole: null });
  });

  it("is everybody's scorecards and no other vote at debrief", () => {
    const redact = redactFor(grace, untilVote);
    expect(redact.scorecards([card("a")]).whole).toHaveLength(1);
    expect(redact.votes([{ member: "a" }])).toEqual({ shown: [], whole: null });
    expect(redact.reason({ reason: "because" }, "a").reason).toBe("because");
  });

  it("is the candidate's documents and their own notes", () => {
    const documents = [
      { id: "1", kind: "resume", addedBy: "id-a" },
      { id: "2", kind: "note", addedBy: "id-a" },
      { id: "3", kind: "note", addedBy: "id-g" },
    ] as const;
    expect(
      redactFor(grace, blind)
        .documents(documents)
        .map((d) => d.id),
    ).toEqual(["1", "3"]);
  });

  it("is how many votes a decision rested on, and nothing that follows from them", () => {
    const { votes, majority, against_majority, ...rest } = evidence;
    expect(redactFor(grace, untilVote).decisionEvidence(evidence)).toEqual({ ...rest, votes_cast: 1 });
  });

  it("is their own reasons and messages, and messages without a colleague's words", () => {
    const redact = redactFor(grace, blind);
    expect(redact.reason({ reason: "because" }, "a")).toEqual({ reason: null, reasonHidden: true });
    expect(redact.reason({ reason: "because" }, "g").reason).toBe("because");
    const message = (draftedBy: string, note?: string) => redact.message({ draftedBy, madeFrom: { note } });
    expect(message("id-a", "a colleague's words")).toBeNull();
    expect(message("id-a")).not.toBeNull();
    expect(message("id-g", "my own words")).not.toBeNull();
  });
});
