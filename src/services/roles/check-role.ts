import type { Catalog } from "../../catalog/load.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import {
  checkPost,
  checkRole,
  LONGEST_POST,
  type PostCheck,
  type RoleCheck,
} from "../../domain/role-check/check.ts";
import { fittingTemplates } from "../../domain/role-check/fitting-templates.ts";
import { titleIn } from "../../domain/role-check/post-metadata.ts";
import type { PostReading } from "../../domain/role-check/post-reading.ts";
import { untrusted } from "../../domain/untrusted.ts";
import { loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";
import { requireLevel } from "./role-fields.ts";

type CheckInput = {
  readonly role?: string | undefined;
  readonly description?: string | undefined;
  readonly template?: string | undefined;
  readonly level?: string | undefined;
  readonly location?: string | undefined;
  readonly remote?: boolean | undefined;
  readonly reading?: PostReading | undefined;
};

/** A check; of a post also the template that fits it, or those that may, and what was read. */
export type Checked = RoleCheck & { readonly post?: PostFit & PostCheck };
type PostFit = {
  /** Null where no template is known to fit. */
  readonly fits: string | null;
  readonly may_fit: readonly string[];
};

export function createRoleChecks({ catalog }: { readonly catalog: Catalog }) {
  const { places } = catalog;
  return {
    /**
     * Problems in a role, or in a pasted post. Nothing is stored.
     * @throws DomainError `invalid` unless exactly one of role and description is given, or when a role is given together
     *   with what goes with a post only; also as `checkPost`.
     */
    async check(session: Session, input: CheckInput): Promise<Checked> {
      const { role: key, description, template, level, location, remote, reading } = input;
      const common = { places, lexicon: catalog.lexicon(), today: dayOf(session.now) };
      if (key !== undefined && description === undefined) {
        requireOfRole({ level, location, remote, reading });
        const role = await session.read((db) => loadRole(db, session, key));
        return checkRole(role, { ...common, template: catalog.get(role.template) });
      }
      if (key !== undefined || description === undefined)
        throw new DomainError("invalid", "Give either role or description.", { do: "name_role_or_post" });
      const text = asSeen(description);
      const fit = fitOf(catalog, text, template ?? templateOf(reading));
      const post = checkPost(text, {
        ...{ ...common, location, remote, reading },
        template: fit.fits === null ? null : catalog.get(fit.fits),
        level: level === undefined ? undefined : requireLevel(catalog, level),
      });
      return { ...post, post: { ...post, ...fit } };
    },
  };
}

const templateOf = (reading: PostReading | undefined): string | undefined =>
  typeof reading?.template === "string" ? reading.template : undefined;

/** The template that the caller names, else the one whose jobs the title of the post names. */
function fitOf(catalog: Catalog, text: string, named: string | undefined): PostFit {
  if (named !== undefined) return { fits: named, may_fit: [] };
  const fitting = fittingTemplates(titleIn(text), catalog.list());
  const [first, another] = fitting;
  return first !== undefined && another === undefined
    ? { fits: first, may_fit: [] }
    : { fits: null, may_fit: fitting };
}

/** A role has its own fields. With other values the check would not be about that role. */
function requireOfRole(setting: Pick<CheckInput, "level" | "location" | "remote" | "reading">): void {
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
