import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { countErasable, type ErasureOf, type TableName } from "../../store/candidates/erase.ts";
import { lockForErasure, openFor } from "../../store/candidates/erasures.ts";
import type { Cleared, Db } from "../../store/store.ts";
import { askToConfirm, type Pending, spendConfirmation } from "../confirmations.ts";
import { loadApplication } from "../load-application.ts";
import type { Session } from "../session.ts";
import { carryOutErasure, erasureOf, type Locked, type ToErase } from "./carry-out-erasure.ts";
import { requireNoDuty } from "./duty-to-keep.ts";
import { type PossibleDuplicate, possibleDuplicates } from "./known-people.ts";

export type EraseInput = { readonly application: string; readonly confirm?: string | undefined };

/** Something still open about a person, which ends with the erasure. */
export type StillOpen =
  | { readonly what: "application"; readonly application: string; readonly stage: string }
  | {
      readonly what: "interview";
      readonly application: string;
      readonly round: string;
      readonly start: string;
    }
  | { readonly what: "offer"; readonly application: string; readonly version: number };

/** What would be erased, or was. */
export type Erasure = {
  readonly application: { readonly ref: string; readonly name?: string };
  /** Every reference of the person. */
  readonly references: readonly string[];
  /** Rows that go or lose their words, by table. */
  readonly would_erase?: Partial<Record<TableName, number>>;
  readonly ends: readonly StillOpen[];
  /** Other records that may be of the same person, which this erasure leaves. */
  readonly possible_duplicates: readonly PossibleDuplicate[];
  readonly confirmation?: Pending;
  readonly erased?: {
    readonly on: string;
    /** Whether it was so before this call. */
    readonly before: boolean;
    /** What became of the database's own files; undefined where that is still to be done. */
    readonly files?: Cleared | undefined;
  };
};

type Plan = Pick<Erasure, "references" | "ends" | "possible_duplicates"> &
  ToErase & {
    readonly application: { readonly ref: string; readonly name: string };
    readonly would_erase: NonNullable<Erasure["would_erase"]>;
  };

/**
 * Erases a person with all of their applications and whoever was merged into them. Nothing changes until a person has
 * agreed to what would go.
 * @throws DomainError `precondition_failed` where there is a duty to keep their record, `declined` where it has changed
 *   since it was shown
 */
export async function eraseCandidate(session: Session, input: EraseInput): Promise<Erasure> {
  const { confirm } = input;
  return erase(session, input.application, async (tx, { of, ends, would_erase }) => {
    const asked = { people: of.people, ends, would_erase };
    if (confirm === undefined) return { confirmation: await askToConfirm(session, tx, asked) };
    await spendConfirmation(session, tx, asked, confirm);
    return "agreed";
  });
}

/** The same for a person at the terminal, who has been shown what would go: with `agreed`, it goes. */
export const eraseAgreed = (
  session: Session,
  { application, agreed }: { readonly application: string; readonly agreed: boolean },
): Promise<Erasure> => erase(session, application, async () => (agreed ? "agreed" : {}));

/**
 * Erases a person of whom `isStillDue` says in the same transaction that they are to be erased. The database's files are
 * cleared by whoever erases the last of many.
 * @returns false where they were left
 */
export async function eraseDue(
  session: Session,
  ref: string,
  isStillDue: (tx: Db) => Promise<boolean>,
): Promise<boolean> {
  const agree = async (tx: Db): Promise<Agreement> => ((await isStillDue(tx)) ? "agreed" : {});
  return (await eraseRecord(session, ref, agree)).erased?.before === false;
}

type Agreement = "agreed" | Pick<Erasure, "confirmation">;

async function erase(
  session: Session,
  ref: string,
  agree: (tx: Db, plan: Plan) => Promise<Agreement>,
): Promise<Erasure> {
  const erasure = await eraseRecord(session, ref, agree);
  if (erasure.erased === undefined || erasure.erased.before) return erasure;
  return { ...erasure, erased: { ...erasure.erased, files: await clearFiles(session) } };
}

const eraseRecord = (
  session: Session,
  ref: string,
  agree: (tx: Db, plan: Plan) => Promise<Agreement>,
): Promise<Erasure> =>
  session.write(async (tx): Promise<Erasure> => {
    const plan = await planErasure(tx, session, ref);
    if (!("of" in plan)) return plan;
    await requireNoDuty(tx, session, plan.of, plan.application.ref);
    const { references, ends, would_erase, possible_duplicates, application } = plan;
    const agreement = await agree(tx, plan);
    if (agreement !== "agreed")
      return { application, references, ends, would_erase, possible_duplicates, ...agreement };
    await carryOutErasure(tx, session, plan);
    const erased = { on: dayOf(session.now), before: false };
    return { application: { ref: application.ref }, references, ends, possible_duplicates, erased };
  });

/** The erasure is on record by now. Where this fails, it is done with the next one, or when the database is opened. */
export const clearFiles = (session: Pick<Session, "clearErased">): Promise<Cleared | undefined> =>
  session.clearErased().catch(() => undefined);

async function planErasure(tx: Db, session: Session, ref: string): Promise<Plan | Erasure> {
  const { workspaceId, now } = session;
  const before = await loadApplication(tx, session, ref);
  const locked = await lockForErasure(tx, workspaceId, before.candidate.id);
  const person = locked.people.find(({ id }) => id === before.candidate.id);
  if (!person) throw new Error("a person that was found is missing");
  // Somebody else's merge or erasure may have come first while the locks were waited for.
  if (person.mergedInto !== null) throw mergedMeanwhile();
  const application = { ref: before.application.ref, name: person.name };
  const references = locked.applications.map(({ application: { ref } }) => ref);
  if (person.erasedAt !== null)
    return {
      ...{ application: { ref: application.ref }, references, ends: [], possible_duplicates: [] },
      erased: { on: dayOf(person.erasedAt), before: true },
    };
  if (locked.people.some(({ memberId }) => memberId === session.member.id)) throw ownRecord();
  const of = erasureOf(workspaceId, locked, now);
  return {
    ...{ application, references, of, person, locked },
    would_erase: await countErasable(tx, of),
    ends: await stillOpen(tx, of, locked),
    possible_duplicates: await possibleDuplicates(tx, session, person),
  };
}

async function stillOpen(tx: Db, of: ErasureOf, { applications }: Locked): Promise<StillOpen[]> {
  const refs = new Map(applications.map(({ application: { id, ref } }) => [id, ref]));
  const refOf = (id: string) => refs.get(id) ?? id;
  const { ahead, extended } = await openFor(tx, of);
  return [
    ...applications.flatMap(({ application: { ref, status, stage } }): StillOpen[] =>
      status === "active" ? [{ what: "application", application: ref, stage }] : [],
    ),
    ...ahead.map(({ applicationId, round, at }): StillOpen => {
      return { what: "interview", application: refOf(applicationId), round, start: at.toISOString() };
    }),
    ...extended.map(({ applicationId, version }): StillOpen => {
      return { what: "offer", application: refOf(applicationId), version };
    }),
  ];
}

const mergedMeanwhile = (): DomainError =>
  new DomainError(
    "conflict",
    "application: this person was merged with somebody meanwhile. Nothing was changed.",
    "Repeat the call without confirm to see what would be erased now.",
  );

const ownRecord = (): DomainError =>
  new DomainError(
    "forbidden",
    "application: it is your own record, and nobody decides about their own.",
    "Ask another admin.",
  );
