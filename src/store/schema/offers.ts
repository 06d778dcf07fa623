import { bigint, date, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import type { OfferStatus, PayPeriod } from "../../domain/pipeline/offer.ts";
import { ofApplication, toApplication } from "./pipeline.ts";
import { at, foreignTo, members } from "./workspace.ts";

/**
 * The versions of what was put to a candidate; a unique index in the migration lets one be extended at any time. Terms that
 * the candidate was told are never rewritten. The history's events hold no terms: they outlive an erasure, and these rows do
 * not.
 */
export const offers = pgTable(
  "offers",
  ofApplication({
    version: integer().notNull(),
    status: text().$type<OfferStatus>().notNull(),
    base: bigint({ mode: "number" }),
    currency: text().notNull(),
    period: text().$type<PayPeriod>().notNull(),
    bonus: text(),
    equity: text(),
    startDate: date(),
    expiresOn: date(),
    note: text(),
    /** Who wrote the note: a colleague's words may be hidden. */
    notedBy: uuid(),
    extendedAt: at(),
    /** When the candidate accepted or declined. */
    answeredAt: at(),
    /** Who wrote it last. */
    recordedBy: uuid().notNull(),
    client: text().notNull(),
    recordedAt: at().notNull(),
  }),
  (t) => [
    primaryKey({ name: "offers_pk", columns: [t.workspaceId, t.id] }),
    unique("offers_version").on(t.workspaceId, t.applicationId, t.version),
    index("offers_extended").on(t.workspaceId, t.extendedAt),
    toApplication("offers_application", t),
    foreignTo(members, "offers_member", t, t.recordedBy),
  ],
);
