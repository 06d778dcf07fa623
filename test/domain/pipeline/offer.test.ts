import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingOpinions, objectionsTo } from "../../../src/domain/panel/objections.ts";
import {
  currentOffer,
  type Offer,
  type OfferRequest,
  OfferStatus,
  offerStatusOn,
  planOffer,
} from "../../../src/domain/pipeline/offer.ts";
import { offerFindings } from "../../../src/domain/pipeline/offer-findings.ts";
import { panelOf } from "../../support/builders.ts";

const START = Date.parse("2026-12-01T09:00:00Z");
const dayAfter = (days: number) => new Date(START + days * 86_400_000).toISOString().slice(0, 10);
const TERMS: Offer = {
  ...{
    version: 1,
    status: "draft",
    base: 190_000,
    currency: "USD",
    period: "year",
    bonus: null,
    equity: null,
  },
  ...{ startDate: null, expiresOn: null, note: null, extendedAt: null, answeredAt: null },
};
const standing = (days: number) => ({
  ...{ application: "MLE-1", currency: "USD" },
  ...{ now: new Date(START + days * 86_400_000), today: dayAfter(days) },
});

const request: fc.Arbitrary<OfferRequest & { wait: number; lasts?: number | undefined }> = fc.record(
  {
    wait: fc.nat(3),
    base: fc.constantFrom(180_000, 190_000),
    lasts: fc.nat(4),
    note: fc.constantFrom("Rang.", null),
    status: fc.constantFrom("draft", "extended", "accepted", "declined", "withdrawn"),
  },
  { requiredKeys: ["wait"] },
);

/** Carries requests out one after the other, as the store keeps them. Refused ones change nothing. */
function carryOut(requests: readonly (OfferRequest & { wait: number; lasts?: number | undefined })[]) {
  let [versions, day]: [Offer[], number] = [[], 0];
  const history: Offer[][] = [versions];
  for (const { wait, lasts, ...wanted } of requests) {
    day += wait;
    const expiresOn = lasts === undefined ? undefined : dayAfter(day + lasts);
    try {
      const plan = planOffer(versions, { ...wanted, expiresOn }, standing(day));
      if (plan.kind === "same") continue;
      const { before, ended, dropped, offer } = plan;
      const kept = versions.map((o): Offer => {
        if (o === dropped) return { ...o, status: "withdrawn" };
        return o === ended?.offer ? { ...o, status: ended.status } : o;
      });
      versions = before ? kept.map((o) => (o.version === before.version ? offer : o)) : [...kept, offer];
      history.push(versions);
    } catch {
      // Refused.
    }
  }
  return { history, versions, day };
}

const termsOf = ({ base, currency, period, bonus, equity, startDate, expiresOn }: Offer) =>
  JSON.stringify({ base, currency, period, bonus, equity, startDate, expiresOn });

describe("an offer", () => {
  it("keeps what was extended as it was, whatever is asked of it, and numbers its versions in order", () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 14 }), (requests) => {
        const { history } = carryOut(requests);
        for (const [n, versions] of history.entries()) {
          expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => at + 1));
          for (const old of history[n - 1] ?? []) {
            const now = versions[old.version - 1];
            if (old.extendedAt === null) continue;
            expect(now && termsOf(now)).toBe(termsOf(old));
            expect(now?.extendedAt).toEqual(old.extendedAt);
          }
          for (const { status, extendedAt, answeredAt } of versions) {
            if (status !== "draft" && status !== "withdrawn") expect(extendedAt).not.toBeNull();
            if (status === "accepted" || status === "declined") expect(answeredAt).not.toBeNull();
          }
        }
      }),
    );
  });

  it("is extended in one version at the most, whatever is asked of it", () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 14 }), (requests) => {
        for (const versions of carryOut(requests).history)
          expect(versions.filter(({ status }) => status === "extended").length).toBeLessThan(2);
      }),
    );
  });

  it("folds to the same state when each request is repeated at once", () => {
    const withoutWait = (requests: readonly Parameters<typeof carryOut>[0][number][]) =>
      carryOut(requests.flatMap((one) => [one, { ...one, wait: 0 }]));
    fc.assert(
      fc.property(fc.array(request, { maxLength: 10 }), (requests) => {
        expect(withoutWait(requests).versions).toEqual(carryOut(requests).versions);
      }),
    );
  });

  it("is accepted only on a day on which it could be", () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 14 }), (requests) => {
        for (const { status, expiresOn, answeredAt } of carryOut(requests).versions)
          if (status === "accepted" && expiresOn !== null && answeredAt !== null)
            expect(answeredAt.toISOString().slice(0, 10) <= expiresOn).toBe(true);
      }),
    );
  });

  it("asks a person before it is extended and before it is withdrawn, and for nothing else", () => {
    const extended = { ...TERMS, status: "extended" as const, extendedAt: new Date(START) };
    const asks = (versions: readonly Offer[], wanted: OfferRequest) => {
      const plan = planOffer(versions, wanted, standing(0));
      return plan.kind === "save" && [plan.asks, plan.decides];
    };
    expect(asks([], { base: 1 })).toEqual([false, false]);
    expect(asks([TERMS], { status: "withdrawn" })).toEqual([false, false]);
    expect(asks([TERMS], { status: "extended" })).toEqual([true, true]);
    expect(asks([], { base: 190_000, status: "extended" })).toEqual([true, true]);
    expect(asks([extended], { status: "withdrawn" })).toEqual([true, true]);
    expect(asks([extended], { status: "accepted" })).toEqual([false, true]);
    expect(asks([extended], { status: "declined" })).toEqual([false, false]);
    expect(asks([extended], { status: "extended" })).toBe(false);
  });

  it("counts as what the candidate has once a draft beside it is dropped", () => {
    const extended = { ...TERMS, status: "extended" as const, extendedAt: new Date(START) };
    expect(currentOffer([extended, { ...TERMS, version: 2 }])?.version).toBe(2);
    expect(currentOffer([extended, { ...TERMS, version: 2, status: "withdrawn" }])?.version).toBe(1);
  });

  it.each(OfferStatus.options)(
    "that is %s has run out after its last day only while it is extended",
    (status) => {
      const offer = { status, expiresOn: "2026-12-04" };
      expect(offerStatusOn(offer, "2026-12-04")).toBe(status);
      expect(offerStatusOn(offer, "2026-12-05")).toBe(status === "extended" ? "expired" : status);
    },
  );
});

describe("the findings about an offer", () => {
  const role = { compMin: 170_000, compMax: 205_000, currency: "USD" };
  it.each([
    ["at the lower end", { base: 170_000 }, []],
    ["at the upper end", { base: 205_000 }, []],
    ["one below", { base: 169_999 }, [{ finding: "below_range", by: 1 }]],
    ["one above", { base: 205_001 }, [{ finding: "above_range", by: 1 }]],
    ["by the month", { base: 15_000, period: "month" }, []],
    [
      "by the week",
      { base: 3_000, period: "week" },
      [{ finding: "below_range", yearly: 156_000, times: 52 }],
    ],
    ["by the day", { base: 1_000, period: "day" }, [{ finding: "above_range", yearly: 260_000, times: 260 }]],
    ["by the hour", { base: 90, period: "hour" }, []],
    ["in another currency", { currency: "EUR" }, [{ finding: "other_currency", role_currency: "USD" }]],
  ] as const)("of pay %s", (_what, terms, findings) => {
    expect(offerFindings({ ...TERMS, ...terms }, role, "2026-12-01")).toMatchObject(findings);
  });

  it("compare with the one end that is set, and with none where none is", () => {
    const lower = { ...role, compMax: null };
    expect(offerFindings({ ...TERMS, base: 900_000 }, lower, "2026-12-01")).toEqual([]);
    expect(offerFindings({ ...TERMS, base: 160_000 }, lower, "2026-12-01")).toMatchObject([{ max: null }]);
    const none = { ...role, compMin: null, compMax: null };
    expect(offerFindings(TERMS, none, "2026-12-01")).toEqual([{ finding: "range_not_set" }]);
  });
});

describe("opinions against a decision", () => {
  const at = { version: 1 };
  const cards = [
    { ...at, member: "a", round: "screen", recommendation: "no" as const },
    { member: "a", round: "screen", version: 2, recommendation: "yes" as const },
    { ...at, member: "b", round: "screen", recommendation: "strong_no" as const },
  ];
  const votes = [{ ...at, member: "b", vote: "no" as const }];

  it("are the newest noes where somebody goes on, and the newest ayes where they are rejected", () => {
    expect(objectionsTo("forward", { cards, votes })).toEqual([
      { member: "b", gave: "strong_no", round: "screen" },
      { member: "b", gave: "no" },
    ]);
    expect(objectionsTo("end", { cards, votes })).toEqual([{ member: "a", gave: "yes", round: "screen" }]);
  });

  it("are missing for rounds that are reached, and as votes once votes are cast or a decision is made", () => {
    const seat = (member: string, round: string, submitted: boolean) => ({
      ...{ member, round, submitted, onTeam: true, assignedAt: new Date(START) },
    });
    const state = panelOf({
      seats: [seat("a", "screen", true), seat("b", "screen", false), seat("a", "final", false)],
      voted: ["a"],
    });
    const stage = (id: string, gate: "votes"[] = []) => ({
      ...{ id, name: id, kind: "interview" as const, goal: id, goal_days: 3, gate },
    });
    const stages = [stage("screen"), stage("final"), stage("debrief", ["votes"])];
    const missing = (isDecision: boolean) =>
      missingOpinions(state, stages, { stage: "screen", status: "active" }, { isDecision });
    expect(missing(false)).toMatchObject({ cards: [{ member: "b" }], of_cards: 2, votes: [], of_votes: 0 });
    expect(missing(true)).toMatchObject({ votes: ["b"], of_votes: 2 });
  });
});
