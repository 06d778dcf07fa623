import type { Catalog } from "../../catalog/load.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { checkPost, checkRole, LONGEST_POST, type RoleCheck } from "../../domain/role-check/check.ts";
import { untrusted } from "../../domain/untrusted.ts";
import { loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";
import { requireLevel } from "./role-fields.ts";

type CheckInput = {
  readonly role?: string | undefined;
  readonly description?: string | undefined;
  readonly template: string;
  readonly level?: string | undefined;
  readonly location?: string | undefined;
  readonly remote?: boolean | undefined;
};

export function createRoleChecks({ catalog }: { readonly catalog: Catalog }) {
  const { places } = catalog;
  return {
    /**
     * Problems in a role, or in a pasted post. Nothing is stored.
     * @throws DomainError `invalid` unless exactly one of role and description is given, or when a role is given
     *   together with level, location or remote; also as `checkPost`.
     */
    async check(session: Session, input: CheckInput): Promise<RoleCheck> {
      const { role: key, description, level, location, remote } = input;
      const today = dayOf(session.now);
      if (key !== undefined && description === undefined) {
        requireOfRole({ level, location, remote });
        const role = await session.read((db) => loadRole(db, session, key));
        return checkRole(role, {
          template: catalog.get(role.template),
          places,
          lexicon: catalog.lexicon(),
          today,
        });
      }
      if (key === undefined && description !== undefined) {
        const template = catalog.get(input.template);
        return checkPost(asSeen(description), {
          ...{ template, places, lexicon: catalog.lexicon(), today },
          ...{ level: level === undefined ? undefined : requireLevel(catalog, level), location, remote },
        });
      }
      throw new DomainError("invalid", "Give either role or description.", { do: "name_role_or_post" });
    },
  };
}

/** A role has its own level and place. With other values the check would not be about that role. */
function requireOfRole(setting: Pick<CheckInput, "level" | "location" | "remote">): void {
  const [field] = Object.entries(setting).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (field === undefined) return;
  throw new DomainError("invalid", `${field}: goes with description only; a role has its own.`, {
    do: "change_role_instead",
  });
}

/**
 * A post's visible text, so that no quote holds invisible characters. A post that is too long is left unchanged, to be
 * refused.
 */
const asSeen = (description: string): string =>
  description.length > LONGEST_POST
    ? description
    : untrusted(description, { source: "job post", max: LONGEST_POST }).text;
