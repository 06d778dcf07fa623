import type { Catalog } from "../../catalog/load.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { checkPost, checkRole, LONGEST_POST, type RoleCheck } from "../../domain/role-check/check.ts";
import { type BenchmarkInput, benchmark } from "../../domain/roles/benchmark.ts";
import { type PostFormat, requirePostable, writeJobPost } from "../../domain/roles/job-post-writer.ts";
import type { Level } from "../../domain/roles/role.ts";
import { untrusted } from "../../domain/untrusted.ts";
import { loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";

export type CheckInput = {
  readonly role?: string | undefined;
  readonly description?: string | undefined;
  readonly template: string;
  readonly level?: Level | undefined;
  readonly location?: string | undefined;
  readonly remote?: boolean | undefined;
};

/** What is decided before anyone is interviewed: scope, words and price of a role. Nothing is written. */
export function createScoping({ catalog }: { catalog: Catalog }) {
  const { places } = catalog;
  return {
    /**
     * @throws DomainError `invalid` unless exactly one of role and description is given, or where a role is given what it
     * says itself; as `checkPost`.
     */
    async check(session: Session, input: CheckInput): Promise<RoleCheck> {
      const { role: key, description, level, location, remote } = input;
      if ((key === undefined) === (description === undefined)) {
        throw new DomainError(
          "invalid",
          "Give either role or description.",
          "role is a key such as MLE (get_pipeline lists them); description is the text of a post.",
        );
      }
      if (key !== undefined) requireOfRole({ level, location, remote });
      const today = dayOf(session.now);
      if (key === undefined) {
        const template = catalog.get(input.template);
        return checkPost(asSeen(description ?? ""), { template, places, today, level, location, remote });
      }
      const role = await session.read((db) => loadRole(db, session, key));
      return checkRole(role, { template: catalog.get(role.template), places, today });
    },

    /**
     * A post from the role's own facts, and what check_role says of it.
     * @throws DomainError `precondition_failed` while the role, or the post made from it, has an error.
     */
    async draftPost(session: Session, input: { role: string; format?: PostFormat | undefined }) {
      const role = await session.read((db) => loadRole(db, session, input.role));
      const template = catalog.get(role.template);
      const today = dayOf(session.now);
      requirePostable(role.key, checkRole(role, { template, places, today }).findings);
      const post = writeJobPost(role, template, input.format ?? "markdown");
      const { level, location, remote } = role;
      const { findings, forecast_weeks } = checkPost(post, {
        template,
        places,
        today,
        level,
        location,
        remote,
      });
      requirePostable(role.key, findings);
      return { role: role.key, post, findings, forecast_weeks };
    },

    /** @throws DomainError as `benchmark`. */
    async benchmark(input: Omit<BenchmarkInput, "location"> & { template: string; location: string | null }) {
      const { template, ...rest } = input;
      return { template, level: input.level, ...benchmark(places, catalog.get(template), rest) };
    },
  };
}

/** A role has its own level and place: another one would check a role that nobody opened. */
function requireOfRole(given: Pick<CheckInput, "level" | "location" | "remote">): void {
  const [field] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (field === undefined) return;
  throw new DomainError(
    "invalid",
    `${field}: goes with description only; a role has its own.`,
    `Leave it out, or change the role with update_role first.`,
  );
}

/** A post as a reader sees it, so that no quote carries what nobody would see; one too long is refused as it came. */
const asSeen = (description: string): string =>
  description.length > LONGEST_POST
    ? description
    : untrusted(description, { source: "job post", max: LONGEST_POST }).text;
