import { namedPlaces } from "../jurisdictions/place.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import type { Region } from "../jurisdictions/region.ts";
import type { ApplicationStatus } from "../pipeline/application.ts";

/** An application, as far as it decides how long its record is kept. */
export type KeptApplication = {
  readonly ref: string;
  readonly status: ApplicationStatus;
  readonly appliedAt: Date;
  /** Null while it is active. */
  readonly endedAt: Date | null;
  /** Where the work of its role is done, as far as that is certain. */
  readonly rolePlaces: readonly Region[];
};

/** A consent to stay on file: the newest that is on record. */
type Consent = {
  /** The last day; null where it was withdrawn. */
  readonly until: string | null;
};

/** A legal hold that was not released. */
export type Hold = { readonly reason: string; readonly until: string | null };

/** A person, as far as it decides how long their record is kept. */
export type KeptPerson = {
  readonly applications: readonly KeptApplication[];
  /** Where they are, as far as that is certain. */
  readonly ownPlaces: readonly Region[];
  /** The last message in either direction. */
  readonly lastContactAt: Date | null;
  readonly holds: readonly Hold[];
  readonly consent: Consent | null;
};

/** The places that a location names, as far as each can mean no other country. */
export const certainPlaces = (places: Places, location: string | null): Region[] =>
  location === null
    ? []
    : namedPlaces(places, location).flatMap(({ region, certain }) =>
        certain && region !== null ? [region] : [],
      );

/** The key by which a team's own period is stored: `DE`, or `US-CA` for a state. */
export const placeKey = ({ country, state }: Region): string =>
  state === undefined ? country : `${country}-${state}`;
