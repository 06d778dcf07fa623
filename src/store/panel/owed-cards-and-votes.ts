import { type SQL, sql } from "drizzle-orm";
import { applications, interviewers, scorecards, votes } from "../tables.ts";
import { overSince } from "./round-progress.ts";

/** A member's tasks on panels: scorecards of rounds that took place, and votes for applications at debrief. */
export type PanelDebts = {
  /** Id of the member. */
  readonly member: string;
  /** Which rounds are reached in which stage of which role. */
  readonly reached: readonly {
    readonly role: string;
    readonly stage: string;
    readonly round: string;
    readonly exercise: boolean;
  }[];
  readonly now: Date;
  /** Stages with votes, each with the rounds for which the role's panel names the member. */
  readonly debriefs: readonly {
    readonly role: string;
    readonly stage: string;
    readonly rounds: readonly string[];
  }[];
};

/**
 * The condition on `applications`. Its SQL is the same for all tasks, because their values are passed as placeholders.
 */
export function panelDebts(debts: PanelDebts, values: Record<string, unknown>): SQL {
  Object.assign(values, {
    debtor: debts.member,
    reached: JSON.stringify(debts.reached),
    now: debts.now.toISOString(),
    debriefs: JSON.stringify(debts.debriefs),
  });
  const a = applications;
  const debtor = sql`${sql.placeholder("debtor")}::uuid`;
  const owedSince = overSince({
    ...{ application: sql`${a}`, round: sql`r.round`, isExercise: sql`r.exercise` },
    now: sql`${sql.placeholder("now")}::timestamptz`,
  });
  return sql`(${a.status} = 'active' and (exists (
    select 1 from jsonb_to_recordset(${sql.placeholder("reached")}::jsonb) as r(role uuid, stage text, round text, exercise boolean)
    join ${interviewers} on ${interviewers.workspaceId} = ${a.workspaceId} and ${interviewers.applicationId} = ${a.id}
      and ${interviewers.round} = r.round and ${interviewers.memberId} = ${debtor}
    where r.role = ${a.roleId} and r.stage = ${a.stage} and not exists (
      select 1 from ${scorecards} where ${scorecards.workspaceId} = ${a.workspaceId} and ${scorecards.applicationId} = ${a.id}
        and ${scorecards.round} = r.round and ${scorecards.memberId} = ${debtor})
      and ${owedSince} is not null
  ) or exists (
    select 1 from jsonb_to_recordset(${sql.placeholder("debriefs")}::jsonb) as d(role uuid, stage text, rounds jsonb)
    where d.role = ${a.roleId} and d.stage = ${a.stage} and not exists (
      select 1 from ${votes} where ${votes.workspaceId} = ${a.workspaceId} and ${votes.applicationId} = ${a.id}
        and ${votes.memberId} = ${debtor})
    and (exists (
      select 1 from ${interviewers} where ${interviewers.workspaceId} = ${a.workspaceId}
        and ${interviewers.applicationId} = ${a.id} and ${interviewers.memberId} = ${debtor}
    ) or exists (
      select 1 from jsonb_array_elements_text(d.rounds) as named(round) where not exists (
        select 1 from ${interviewers} where ${interviewers.workspaceId} = ${a.workspaceId}
          and ${interviewers.applicationId} = ${a.id} and ${interviewers.round} = named.round)))
  )))`;
}
