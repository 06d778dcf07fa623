import { uuidv7 } from "uuidv7";
import { requireAct } from "../../domain/access.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ApplicationStatus, Position } from "../../domain/pipeline/application.ts";
import { requireLawfulReason } from "../../domain/pipeline/lawful-reason.ts";
import { stepFor } from "../../domain/pipeline/next-step.ts";
import {
  argumentOf,
  type OfferPlan,
  type OfferRequest,
  type PayPeriod,
  planOffer,
} from "../../domain/pipeline/offer.ts";
import { type OfferFinding, offerFindings } from "../../domain/pipeline/offer-findings.ts";
import type { NextStep } from "../../domain/pipeline/step.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import type { Lexicon } from "../../domain/text/lexicon.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listOffers, type StoredOffer, saveOffer } from "../../store/pipeline/offers.ts";
import type { Db } from "../../store/store.ts";
import { askToConfirm, type Pending, spendConfirmation } from "../confirmations.ts";
import { loadApplicationInRole } from "../load-application.ts";
import { loadForReader } from "../panel/load-for-reader.ts";
import { loadOpinions, type Opinions } from "../panel/opinions.ts";
import type { Session } from "../session.ts";
import { type Names, namesFor } from "./names.ts";
import { type OfferView, todayOf, viewOffer, viewOffers } from "./offer-views.ts";

export type OfferInput = {
  readonly application: string;
  readonly base?: number | undefined;
  readonly currency?: string | undefined;
  readonly period?: PayPeriod | undefined;
  readonly bonus?: string | undefined;
  readonly equity?: string | undefined;
  readonly start_date?: string | undefined;
  readonly expires_on?: string | undefined;
  readonly note?: string | undefined;
  readonly status?: OfferRequest["status"];
  readonly confirm?: string | undefined;
};

export type OfferRecorded = {
  readonly application: { ref: string; name: string; stage: string; status: ApplicationStatus };
  /** Title of the role. */
  readonly role: string;
  /** As it is on record now. Absent where a person has to agree first. */
  readonly offer?: OfferView;
  /** The number of an extended version that this one takes the place of. */
  readonly replaces?: number;
  /** What was changed; empty where everything was on record already. */
  readonly changed: readonly string[];
  readonly findings: readonly OfferFinding[];
  /** What an acceptance leads to. */
  readonly next?: NextStep;
  readonly confirmation?: Pending & {
    /** As it is once somebody has agreed. */
    readonly proposed: OfferView;
    readonly opinions: Opinions;
    readonly names: Names;
  };
};

type Saving = Extract<OfferPlan<StoredOffer>, { kind: "save" }>;

/**
 * Records the terms of an offer and what becomes of it. Extending one, and withdrawing one that was extended, change nothing
 * until confirmed.
 * @throws DomainError as `planOffer` and `offerFindings`; `precondition_failed` to extend one before the offer stage;
 *   `forbidden` when the member may not decide.
 */
export async function recordOffer(
  session: Session,
  input: OfferInput,
  lexicon: Lexicon,
): Promise<OfferRecorded> {
  if (input.note !== undefined) requireLawfulReason(lexicon, input.note, "note");
  return session.write(async (tx) => {
    const record = await loadApplicationInRole(tx, session, input.application);
    const { application, role } = record;
    const today = await todayOf(tx, session);
    const standing = { application: application.ref, currency: role.currency, now: session.now, today };
    const plan = planOffer(await listOffers(tx, application), requestOf(input), standing);
    const findings = offerFindings(plan.offer, role, today);
    if (plan.kind === "same") return onRecord(tx, session, record, { changed: [], findings });
    const isExtending = plan.offer.status === "extended" && plan.asks;
    if (isExtending || plan.offer.status === "draft") requireActive(role.stages, application);
    if (plan.decides) requireAct(session.member, "decide");
    if (isExtending) requireAtOffer(role.stages, application);
    if (plan.asks) {
      if (input.confirm === undefined) return ask(session, tx, record, { plan, findings, input, today });
      await spendConfirmation(session, tx, { ...input }, input.confirm);
    }
    await save(session, tx, record, plan);
    const changed = plan.fields.map(argumentOf);
    return onRecord(tx, session, record, { changed, findings, ...replacedBy(plan) });
  });
}

const textOrNone = (text: string | undefined): string | null | undefined => (text === "" ? null : text);

const requestOf = ({ base, currency, period, status, ...input }: OfferInput): OfferRequest => ({
  ...{ base, currency, period, status },
  bonus: textOrNone(input.bonus),
  equity: textOrNone(input.equity),
  note: textOrNone(input.note),
  startDate: input.start_date,
  expiresOn: input.expires_on,
});

const replacedBy = ({ ended }: Saving): Pick<OfferRecorded, "replaces"> =>
  ended?.status === "replaced" ? { replaces: ended.offer.version } : {};

type At = Position & { readonly ref: string };

/** What became of an offer may be recorded after the application has ended; a new one is not begun. */
function requireActive(stages: readonly Stage[], { ref, stage, status }: At): void {
  if (status === "active") return;
  const upTo = stages.findIndex(({ id }) => id === stage) + 1;
  throw new DomainError(
    "precondition_failed",
    `application: ${ref} has ended (${status}), so no offer is made.`,
    {
      do: "reopen_for_offer",
      stages: (upTo === 0 ? stages : stages.slice(0, upTo)).map(({ id }) => id),
    },
  );
}

/** A role whose offer stage was dropped extends its offers wherever the person is. */
function requireAtOffer(stages: readonly Stage[], { ref, stage }: At): void {
  const at = stages.find(({ kind }) => kind === "offer");
  if (at === undefined || at.id === stage) return;
  throw new DomainError(
    "precondition_failed",
    `status: an offer is extended at ${at.id}, and the application is at ${stage}.`,
    { do: "move_to_offer", application: ref, from: stage, to: at.id },
  );
}

const viewOf = ({ application: { ref, stage, status }, candidate }: ApplicationRecord) => ({
  ...{ ref, name: candidate.name, stage, status },
});

async function ask(
  session: Session,
  tx: Db,
  record: ApplicationRecord,
  {
    plan,
    findings,
    input,
    today,
  }: { plan: Saving; findings: OfferFinding[]; input: OfferInput; today: string },
): Promise<OfferRecorded> {
  const forReader = await loadForReader(tx, session, record);
  const isExtending = plan.offer.status === "extended";
  const direction = isExtending ? "forward" : "end";
  const shown = (await forReader.offers())?.find(({ version }) => version === plan.offer.version);
  // The note as the reader may see it: their own, or the one on record where that is not hidden.
  const note = input.note === undefined ? (shown?.note ?? null) : plan.offer.note;
  return {
    application: viewOf(record),
    role: record.role.title,
    ...replacedBy(plan),
    changed: [],
    findings: isExtending ? findings : [],
    confirmation: {
      ...(await askToConfirm(session, tx, { ...input })),
      proposed: viewOffer({ ...plan.offer, note, noteHidden: shown?.noteHidden ?? false }, today),
      opinions: await loadOpinions(forReader, record, { direction, isDecision: true }),
      names: await namesFor(tx, session, record.role),
    },
  };
}

async function save(session: Session, tx: Db, { application }: ApplicationRecord, plan: Saving) {
  const { workspaceId, member, client, now } = session;
  const written = { recordedBy: member.id, client, recordedAt: now };
  const { before, ended, dropped, offer, fields } = plan;
  // An earlier version first: the database takes no second one that is extended.
  for (const over of [ended, dropped && { offer: dropped, status: "withdrawn" as const }]) {
    if (over === undefined) continue;
    const { status } = over;
    const { by: _, ...row } = over.offer;
    await saveOffer(tx, { ...row, status });
    await session.record(tx, application.id, "offer.record", {
      ...{ offer: row.id, version: row.version, status, fields: ["status"] },
    });
  }
  const id = before?.id ?? uuidv7();
  const notedBy = fields.includes("note") ? member.id : (before?.notedBy ?? null);
  const ids = { workspaceId, id, applicationId: application.id };
  await saveOffer(tx, { ...ids, ...offer, notedBy, ...written });
  const { version, status } = offer;
  const changed = fields.map(argumentOf);
  await session.record(tx, application.id, "offer.record", { offer: id, version, status, fields: changed });
}

async function onRecord(
  tx: Db,
  session: Session,
  record: ApplicationRecord,
  told: Pick<OfferRecorded, "changed" | "findings" | "replaces">,
): Promise<OfferRecorded> {
  const offers = await viewOffers(tx, session, await loadForReader(tx, session, record));
  const current = offers?.current;
  const { ref, stage, status } = record.application;
  const isToHire = current?.status === "accepted" && status === "active";
  return {
    application: viewOf(record),
    role: record.role.title,
    ...(current && { offer: current }),
    ...told,
    ...(isToHire && {
      next: stepFor(session.member, { act: "move", application: ref, from: stage, to: "hired" }),
    }),
  };
}
