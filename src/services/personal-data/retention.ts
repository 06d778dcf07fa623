import type { Catalog } from "../../catalog/load.ts";
import { loadRetention } from "../../catalog/retention.ts";
import { DomainError } from "../../domain/errors.ts";
import { dueToErase, type Verdict } from "../../domain/personal-data/due-to-erase.ts";
import type { Db } from "../../store/store.ts";
import { clearFiles, eraseDue } from "../candidates/erase-candidate.ts";
import { loadApplication } from "../load-application.ts";
import type { Session } from "../session.ts";
import { loadKeptPeople, loadRetentionSettings, type StoredPerson } from "./kept-people.ts";

/** People whose record has the same fate, by all of their references. */
type Judged<V extends Verdict = Verdict> = {
  readonly references: readonly string[];
  readonly verdict: V;
};
type Of<Is extends Verdict["is"]> = Judged<Extract<Verdict, { readonly is: Is }>>;

export type Retention = {
  readonly due: readonly Of<"due">[];
  readonly held: readonly Of<"held">[];
  readonly unknown: readonly Of<"unknown">[];
  /** How many people are not due yet, and the first day on which one will be. */
  readonly notYet: { readonly people: number; readonly first: string | null };
  readonly running: number;
  readonly hired: number;
  /** Whether the member who calls is among the people on record: nobody decides about their own. */
  readonly own: boolean;
};

/** What became of one person. */
export type Erased = {
  readonly reference: string;
  readonly result: "erased" | "no_longer_due" | "refused";
  /** Why it was refused, in the words of the refusal. */
  readonly why?: string;
};

export function createRetention({ catalog }: { readonly catalog: Pick<Catalog, "places"> }) {
  const judge = async (db: Db, { workspaceId, now }: Session, people?: readonly string[]) => {
    const settings = await loadRetentionSettings(db, workspaceId);
    const all = await loadKeptPeople(db, workspaceId, catalog.places, people);
    return all.map((person) => ({ person, verdict: dueToErase(person, loadRetention(), settings, now) }));
  };

  return {
    /** What is due, what is held back, and of whom it is not known. Nothing is changed. */
    list: (session: Session): Promise<Retention> =>
      session.read(async (db) => {
        const judged = await judge(db, session);
        const own = judged.filter(({ person }) => person.memberId === session.member.id);
        return sorted(
          judged.filter((one) => !own.includes(one)),
          { own: own.length > 0 },
        );
      }),

    /**
     * Erases a person who is due, in a transaction of their own. Whether they still are is looked at in that transaction, so
     * that a hold or a consent that came in meanwhile counts, and a run that was broken off can be repeated.
     */
    async erase(session: Session, reference: string): Promise<Erased> {
      const isStillDue = async (tx: Db) => {
        const { candidate } = await loadApplication(tx, session, reference);
        return (await judge(tx, session, [candidate.id])).some(({ verdict }) => verdict.is === "due");
      };
      try {
        const done = await eraseDue(session, reference, isStillDue);
        return { reference, result: done ? "erased" : "no_longer_due" };
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== "precondition_failed") throw error;
        return { reference, result: "refused", why: error.message };
      }
    },

    /** Clears the database's own files of everybody who was erased. */
    clear: clearFiles,
  };
}

type JudgedPerson = { readonly person: StoredPerson; readonly verdict: Verdict };

function sorted(judged: readonly JudgedPerson[], { own }: { readonly own: boolean }): Retention {
  const of = <Is extends Verdict["is"]>(is: Is): Of<Is>[] =>
    judged.flatMap(({ person, verdict }) =>
      isOf(verdict, is) ? [{ references: person.applications.map(({ ref }) => ref), verdict }] : [],
    );
  const notYet = of("not_yet").map(({ verdict }) => verdict.until);
  return {
    due: of("due"),
    held: of("held"),
    unknown: of("unknown"),
    notYet: { people: notYet.length, first: notYet.toSorted()[0] ?? null },
    running: of("running").length,
    hired: of("hired").length,
    own,
  };
}

const isOf = <Is extends Verdict["is"]>(
  verdict: Verdict,
  is: Is,
): verdict is Extract<Verdict, { readonly is: Is }> => verdict.is === is;
