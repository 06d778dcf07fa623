// The rules of domain/pipeline/round-progress.ts in SQL, for counting and finding. A test keeps the two equal.

import { type SQL, sql } from "drizzle-orm";

/** What the parts below are said of: an alias of `applications`, a round of it, and the present moment. */
type RoundOf = {
  readonly application: SQL;
  readonly round: SQL;
  readonly now: SQL;
};

/** When the first answer to an exercise came in; null before that. */
export const handedInAt = (
  application: SQL,
): SQL => sql`case when ${application}.has_submission then coalesce(
  least(
    (select min(s.created_at) from submissions s
      where s.workspace_id = ${application}.workspace_id and s.application_id = ${application}.id),
    (select min(d.created_at) from documents d
      where d.workspace_id = ${application}.workspace_id and d.application_id = ${application}.id and d.kind = 'work_sample')),
  ${application}.applied_at) end`;

/** Since when the cards of a round may be asked for; null while they may not. `isExercise` is a boolean in SQL. */
export const overSince = ({
  application,
  round,
  now,
  isExercise,
}: RoundOf & { readonly isExercise: SQL }): SQL => sql`(
  select case when bool_or(v.status = 'booked' and v.ends_at > ${now}) then null else coalesce(
    max(v.ends_at) filter (where v.status in ('booked', 'held')),
    (select min(c.submitted_at) from scorecards c where c.workspace_id = ${application}.workspace_id
      and c.application_id = ${application}.id and c.round = ${round}),
    case when ${isExercise} then ${handedInAt(application)} end) end
  from interviews v where v.workspace_id = ${application}.workspace_id and v.application_id = ${application}.id
    and v.round = ${round})`;

/**
 * Whether the round that an application stands in has no interview that is booked or was held, and no card.
 * `isExercise` is a boolean in SQL: such a round is met about only where its exercise is done before the interviewers.
 */
export const isUnbooked = (application: SQL, isExercise: SQL): SQL => sql`(
  (not ${isExercise} or exists (select 1 from assignments x where x.workspace_id = ${application}.workspace_id
    and x.application_id = ${application}.id and x.form in ('role_play', 'talk')))
  and coalesce((select false from interviews v where v.workspace_id = ${application}.workspace_id
    and v.application_id = ${application}.id and v.round = ${application}.stage and v.status in ('booked', 'held') limit 1), true)
  and coalesce((select false from scorecards c where c.workspace_id = ${application}.workspace_id
    and c.application_id = ${application}.id and c.round = ${application}.stage limit 1), true))`;
