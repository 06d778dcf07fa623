import type { Offer } from "../../domain/pipeline/offer.ts";
import { currentOffer, offerStatusOn } from "../../domain/pipeline/offer.ts";
import { isoIn } from "../../domain/scheduling/wall-clock.ts";
import { findAvailability } from "../../store/scheduling/availability.ts";
import type { Db } from "../../store/store.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

/** The day it is now for the member who calls: in the zone of their working hours, or UTC. */
export async function todayOf(db: Db, { workspaceId, member, now }: Session): Promise<string> {
  const [hours] = await findAvailability(db, workspaceId, [member.id]);
  return isoIn(now.getTime(), hours?.timezone ?? "UTC").slice(0, 10);
}

/** A version of an offer for tools and resources, as it stands on a day. */
export const viewOffer = (offer: Offer & { readonly noteHidden?: boolean }, today: string) => ({
  version: offer.version,
  status: offerStatusOn(offer, today),
  base: offer.base,
  currency: offer.currency,
  period: offer.period,
  bonus: offer.bonus,
  equity: offer.equity,
  start_date: offer.startDate,
  expires_on: offer.expiresOn,
  note: offer.note,
  note_hidden: offer.noteHidden ?? false,
  extended_at: offer.extendedAt?.toISOString() ?? null,
  answered_at: offer.answeredAt?.toISOString() ?? null,
});
export type OfferView = ReturnType<typeof viewOffer>;

/** Every version of an application's offer, oldest first, and the one that counts; null where this reader sees none. */
export async function viewOffers(db: Db, session: Session, forReader: ForReader) {
  const versions = await forReader.offers();
  if (versions === null) return null;
  if (versions.length === 0) return { versions: [], current: null };
  const today = await todayOf(db, session);
  const current = currentOffer(versions);
  return {
    versions: versions.map((offer) => ({
      ...viewOffer(offer, today),
      ...{ by: offer.by, at: offer.recordedAt.toISOString(), through: offer.client },
    })),
    current: current ? viewOffer(current, today) : null,
  };
}
