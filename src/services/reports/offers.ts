import { daysBetween } from "../../domain/days.ts";
import { type OfferStatus, offerStatusOn } from "../../domain/pipeline/offer.ts";
import { quantile } from "../../domain/reports/quantile.ts";
import { MIN_COUNTED, percent, type ReportBody } from "../../domain/reports/report.ts";
import type { OfferRow } from "../../domain/reports/report-rows.ts";
import { listMadeOffers, type MadeOffer } from "../../store/reports/stage-counts.ts";
import { todayOf } from "../pipeline/offer-views.ts";
import type { ReportContext } from "./report-context.ts";

/** What became of the offers that were extended, and how long candidates took to answer. */
export async function offers({ db, session, scope, roles }: ReportContext): Promise<ReportBody<"offers">> {
  const today = await todayOf(db, session);
  const made = (await listMadeOffers(db, scope)).map((offer) => ({
    ...offer,
    status: offerStatusOn(offer, today),
  }));
  const ofRoles = roles.flatMap(({ role }): OfferRow[] => {
    const own = made.filter(({ roleId }) => roleId === role.id);
    return own.length === 0 ? [] : [rowOf(role.key, own)];
  });
  const n = made.length;
  const isOne = scope.roleId !== null || ofRoles.length < 2;
  return {
    n,
    enough: n >= MIN_COUNTED,
    rows: isOne ? ofRoles : [rowOf(null, made), ...ofRoles],
    notes: n >= MIN_COUNTED ? [] : [{ note: "too_few", n, what: "offer" }],
  };
}

function rowOf(role: string | null, made: readonly MadeOffer[]): OfferRow {
  const count = (status: OfferStatus) => made.filter((offer) => offer.status === status).length;
  const [accepted, declined] = [count("accepted"), count("declined")];
  return {
    role,
    extended: made.length,
    ...{
      open: count("extended"),
      accepted,
      declined,
      withdrawn: count("withdrawn"),
      expired: count("expired"),
    },
    accepted_percent: percent(accepted, accepted + declined),
    to_answer: toAnswer(made),
  };
}

function toAnswer(made: readonly MadeOffer[]): OfferRow["to_answer"] {
  const days = made.flatMap(({ status, extendedAt, answeredAt }) =>
    answeredAt === null || (status !== "accepted" && status !== "declined")
      ? []
      : [daysBetween(new Date(extendedAt), new Date(answeredAt))],
  );
  const histogram = new Map<number, number>();
  for (const day of days) histogram.set(day, (histogram.get(day) ?? 0) + 1);
  const at = (share: number) => (days.length < MIN_COUNTED ? null : quantile(histogram, share));
  return { n: days.length, median_days: at(0.5), p85_days: at(0.85) };
}
