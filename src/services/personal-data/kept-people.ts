import type { Catalog } from "../../catalog/load.ts";
import { latest } from "../../domain/days.ts";
import type { Region } from "../../domain/jurisdictions/region.ts";
import { certainPlaces, type KeptPerson } from "../../domain/personal-data/person.ts";
import type { RetentionSettings } from "../../domain/personal-data/retention-settings.ts";
import { newestConsents } from "../../store/personal-data/consents.ts";
import { openHolds } from "../../store/personal-data/holds.ts";
import {
  type KeptRow,
  lastContacts,
  listKept,
  listRetentionSettings,
} from "../../store/personal-data/retention.ts";
import type { Db } from "../../store/store.ts";

/** A person with what decides how long their record is kept. */
export type StoredPerson = KeptPerson & {
  readonly id: string;
  /** The member whose own record this is. */
  readonly memberId: string | null;
};

/** These people, or everybody, with what decides how long their records are kept. */
export async function loadKeptPeople(
  db: Db,
  workspaceId: string,
  places: Catalog["places"],
  people?: readonly string[],
): Promise<StoredPerson[]> {
  const rows = await listKept(db, workspaceId, people);
  const holds = byPerson(await openHolds(db, workspaceId, people));
  const consents = new Map(
    (await newestConsents(db, workspaceId, people)).map((row) => [row.candidateId, row]),
  );
  const contacts = byPerson(await lastContacts(db, workspaceId, people));
  const placesIn = rememberPlaces(places);
  return [...byPerson(rows)].map(([id, theirs]) => ({
    id,
    memberId: theirs[0]?.memberId ?? null,
    applications: theirs.map((row) => applicationOf(row, placesIn)),
    ownPlaces: placesIn(theirs[0]?.location ?? null),
    lastContactAt: latest(...(contacts.get(id) ?? []).map(({ at }) => at)),
    holds: holds.get(id) ?? [],
    consent: consents.get(id) ?? null,
  }));
}

function byPerson<T extends { readonly candidateId: string }>(rows: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const theirs = grouped.get(row.candidateId);
    if (theirs) theirs.push(row);
    else grouped.set(row.candidateId, [row]);
  }
  return grouped;
}

type PlacesIn = (location: string | null) => readonly Region[];

/** Many records name few places. */
function rememberPlaces(places: Catalog["places"]): PlacesIn {
  const known = new Map<string | null, readonly Region[]>();
  return (location) => {
    const found = known.get(location) ?? certainPlaces(places, location);
    known.set(location, found);
    return found;
  };
}

const applicationOf = ({ ref, status, appliedAt, endedAt, roleLocation }: KeptRow, placesIn: PlacesIn) => ({
  ref,
  status,
  appliedAt,
  endedAt,
  rolePlaces: placesIn(roleLocation),
});

/** What the team has set. */
export async function loadRetentionSettings(db: Db, workspaceId: string): Promise<RetentionSettings> {
  const rows = await listRetentionSettings(db, workspaceId);
  return {
    months: new Map(
      rows.flatMap(({ key, months, why }) => (months === null ? [] : [[key, { months, why }]])),
    ),
    binds: new Map(rows.flatMap(({ key, binds }) => (binds === null ? [] : [[key, binds]]))),
  };
}
