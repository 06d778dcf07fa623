import type { Catalog } from "../../catalog/load.ts";
import { loadRetention } from "../../catalog/retention.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import { countryName } from "../../domain/jurisdictions/place-names.ts";
import type { Region } from "../../domain/jurisdictions/region.ts";
import { leastMonthsAt } from "../../domain/personal-data/duty-to-keep.ts";
import { requireWords } from "../../domain/personal-data/given.ts";
import { certainPlaces, placeKey } from "../../domain/personal-data/person.ts";
import { DEFAULT_PLACE } from "../../domain/personal-data/retention-settings.ts";
import {
  listRetentionSettings,
  removeRetentionSetting,
  saveRetentionSetting,
} from "../../store/personal-data/retention.ts";
import type { Session } from "../session.ts";
import { loadRetentionSettings } from "./kept-people.ts";

const MAX_MONTHS = 240;

export type SetPeriod = {
  /** A place in words, or `default`. */
  readonly place: string;
  /** A number of months, or `none` to take the team's own period back. */
  readonly months: string;
  readonly why?: string | undefined;
};
export type PeriodSet = {
  readonly place: string;
  /** Null where the team's own period was taken back. */
  readonly months: number | null;
  readonly changed: boolean;
};

export function createRetentionSettings({ catalog }: { readonly catalog: Pick<Catalog, "places"> }) {
  return {
    /**
     * Sets the team's own period for a place.
     * @throws DomainError `precondition_failed` for a period that is shorter than a law that binds the team there
     */
    async setPeriod(session: Session, input: SetPeriod): Promise<PeriodSet> {
      const { key, label, region } = placeIn(catalog, input.place);
      const { workspaceId, now, member } = session;
      if (input.months === "none")
        return session.write(async (tx) => {
          const changed = await removeRetentionSetting(tx, workspaceId, key);
          if (changed) await session.record(tx, member.id, "retention.unset", { key });
          return { place: label, months: null, changed };
        });
      const months = monthsIn(input.months);
      const why = requireWords("why", input.why ?? "");
      return session.write(async (tx) => {
        const least =
          region &&
          leastMonthsAt(region, loadRetention().duties, await loadRetentionSettings(tx, workspaceId), now);
        if (least && months < least.months)
          throw new DomainError(
            "precondition_failed",
            `${label}: ${least.rule.law} keeps records for ${least.rule.keep} there. Nothing was changed.`,
            `Give ${least.months} months or more; where that law does not bind you: ` +
              `greenflag retention law ${least.rule.id} off --why TEXT.`,
          );
        const set = { workspaceId, key, months, binds: null, why, setBy: member.id, setAt: now };
        await saveRetentionSetting(tx, set);
        await session.record(tx, member.id, "retention.set", { key, months });
        return { place: label, months, changed: true };
      });
    },

    /** Puts on record whether a law binds the team, which nothing else on record says. */
    async setLaw(
      session: Session,
      input: { readonly rule: string; readonly binds: boolean; readonly why: string },
    ): Promise<{ readonly law: string; readonly who: string }> {
      const { workspaceId, now, member } = session;
      const { duties } = loadRetention();
      const rule = duties.find(({ id }) => id === input.rule);
      if (!rule)
        throw notAllowed(
          "rule",
          input.rule,
          duties.map(({ id }) => id),
        );
      const why = requireWords("why", input.why);
      const { id: key, law, who } = rule;
      await session.write(async (tx) => {
        const set = { workspaceId, key, months: null, binds: input.binds, why, setBy: member.id, setAt: now };
        await saveRetentionSetting(tx, set);
        await session.record(tx, member.id, "retention.law", { key, binds: input.binds });
      });
      return { law, who };
    },

    /** What the team has set, and every law and usual period on file. */
    rules: (session: Session) =>
      session.read(async (db) => ({
        settings: (await listRetentionSettings(db, session.workspaceId)).map(
          ({ key, months, binds, why, setAt }) => ({ key, months, binds, why, setAt }),
        ),
        duties: loadRetention().duties,
        longest: loadRetention().longest,
      })),
  };
}

type PlaceSet = { readonly key: string; readonly label: string; readonly region?: Region };

function placeIn({ places }: Pick<Catalog, "places">, given: string): PlaceSet {
  if (given.trim().toLowerCase() === DEFAULT_PLACE) return { key: DEFAULT_PLACE, label: "every other place" };
  const [region, ...more] = certainPlaces(places, given);
  if (region === undefined || more.length > 0)
    throw new DomainError(
      "invalid",
      `${JSON.stringify(given)} is not one certain place.`,
      'Name a country or a state with its country, such as Germany or "California, US", or default.',
    );
  const { country, state } = region;
  const label = state === undefined ? countryName(country) : `${state}, ${countryName(country)}`;
  return { key: placeKey(region), label, region };
}

function monthsIn(given: string): number {
  const months = /^\d{1,3}$/.test(given.trim()) ? Number(given) : 0;
  if (months >= 1 && months <= MAX_MONTHS) return months;
  throw new DomainError(
    "invalid",
    `${JSON.stringify(given)}: give whole months from 1 to ${MAX_MONTHS}, or none.`,
  );
}
