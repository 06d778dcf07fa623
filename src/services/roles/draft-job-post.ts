import type { Catalog } from "../../catalog/load.ts";
import { dayOf } from "../../domain/days.ts";
import { checkPost, checkRole, type RoleCheck } from "../../domain/role-check/check.ts";
import { type PostFormat, requirePostable, writeJobPost } from "../../domain/roles/job-post-writer.ts";
import { loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";

export type JobPostDraft = Pick<RoleCheck, "findings" | "forecast_weeks"> & {
  /** Key of the role. */
  readonly role: string;
  readonly post: string;
};

export function createJobPosts({ catalog }: { readonly catalog: Catalog }) {
  return {
    /**
     * A job post from the role's own facts, with its check. Nothing is stored.
     * @throws DomainError `precondition_failed` while the role, or the post made from it, has an error.
     */
    async draftPost(
      session: Session,
      input: { readonly role: string; readonly format?: PostFormat | undefined },
    ): Promise<JobPostDraft> {
      const role = await session.read((db) => loadRole(db, session, input.role));
      const template = catalog.get(role.template);
      const { places } = catalog;
      const against = { template, places, lexicon: catalog.lexicon(), today: dayOf(session.now) };
      requirePostable(role.key, checkRole(role, against).findings);
      const post = writeJobPost(role, template, input.format ?? "markdown");
      const { level, location, remote } = role;
      const { findings, forecast_weeks } = checkPost(post, { ...against, level, location, remote });
      requirePostable(role.key, findings);
      return { role: role.key, post, findings, forecast_weeks };
    },
  };
}
