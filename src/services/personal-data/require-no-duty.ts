import { loadPlaces } from "../../catalog/places.ts";
import { loadRetention } from "../../catalog/retention.ts";
import { DomainError } from "../../domain/errors.ts";
import { type Duty, dutyToKeep } from "../../domain/personal-data/duty-to-keep.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import { loadKeptPeople, loadRetentionSettings } from "./kept-people.ts";

const places = loadPlaces();

/** The law that keeps the record of any of these people the longest from now on; null where none that is known does. */
async function dutyOf(
  db: Db,
  { workspaceId, now }: Pick<Session, "workspaceId" | "now">,
  people: readonly string[],
): Promise<Duty | null> {
  const settings = await loadRetentionSettings(db, workspaceId);
  const kept = await loadKeptPeople(db, workspaceId, places, people);
  const duties = kept.flatMap((person) => dutyToKeep(person, loadRetention().duties, settings, now) ?? []);
  return duties.toSorted((a, b) => (a.until < b.until ? 1 : -1))[0] ?? null;
}

/**
 * Refuses an erasure while a law keeps the record. What a team only wishes to keep refuses nothing: the wish gives way to
 * the person's request.
 * @throws DomainError `precondition_failed` with the law and its last day
 */
export async function requireNoDutyByLaw(
  db: Db,
  at: Pick<Session, "workspaceId" | "now">,
  people: readonly string[],
): Promise<void> {
  const duty = await dutyOf(db, at, people);
  if (duty === null) return;
  const { rule, application, until } = duty;
  throw new DomainError(
    "precondition_failed",
    `${application}: ${rule.law} (${rule.place}) keeps this record until ${until}: ${rule.why} Nothing was erased.`,
    `It binds ${rule.who}. Where it does not bind you, an admin says so where the program runs: ` +
      `greenflag retention law ${rule.id} off --why TEXT.`,
  );
}
