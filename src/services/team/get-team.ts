import type { Member } from "../../domain/member.ts";
import type { TasksRow } from "../../domain/reports/report-rows.ts";
import { formatHours } from "../../domain/scheduling/hours.ts";
import { listRoles } from "../../store/roles/roles.ts";
import { findAvailability } from "../../store/scheduling/availability.ts";
import { countInterviewsAhead } from "../../store/team/commitments.ts";
import { listMembers } from "../../store/team/workspaces.ts";
import { accessFilter } from "../load-application.ts";
import { owed } from "../reports/owed.ts";
import type { Session } from "../session.ts";

/** When a member can interview, as colleagues may know it. */
type SharedAvailability = {
  readonly hours: string;
  readonly weekly_limit: number | null;
  /** Minutes free before and after. */
  readonly buffer: number;
  /** Whether a calendar is read beside. Where it is stays with its owner. */
  readonly calendar: boolean;
};

/** What a member has ahead or is waited for with, by kind; kinds without any are left out. */
type Owes = Readonly<Partial<Record<TasksRow["what"] | "interviews", number>>>;

export type TeamMember = Pick<Member, "email" | "name" | "access"> & {
  readonly is_me: boolean;
  readonly timezone?: string;
  /** Absent where nothing is on record. */
  readonly availability?: SharedAvailability;
  /** Counted over the applications that the caller sees. */
  readonly owes: Owes;
};

/** Everybody on the team, in the order in which they joined. */
export async function getTeam(session: Session): Promise<{ readonly members: readonly TeamMember[] }> {
  const { workspaceId, now, member: me } = session;
  return session.read(async (db) => {
    const team = await listMembers(db, workspaceId);
    const ids = team.map(({ id }) => id);
    const rows = new Map((await findAvailability(db, workspaceId, ids)).map((row) => [row.memberId, row]));
    const access = await accessFilter(db, session);
    const roles = await listRoles(db, workspaceId);
    const scope = { workspaceId, roleId: null, since: null, access };
    const tasks = (await owed({ db, session, scope, roles })).rows;
    const interviews = await countInterviewsAhead(db, workspaceId, { now, access });
    const counts = [
      ...tasks.map(({ by, what, count }) => ({ by, what, count })),
      ...interviews.map(({ member: by, n: count }) => ({ by, what: "interviews" as const, count })),
    ];
    return {
      members: team.map(({ id, email, name, access }): TeamMember => {
        const row = rows.get(id);
        return {
          ...{ email, name, access, is_me: id === me.id },
          ...(row && {
            timezone: row.timezone,
            availability: {
              hours: formatHours(row.hours),
              weekly_limit: row.weeklyLimit,
              buffer: row.bufferMinutes,
              calendar: row.calendar !== null,
            },
          }),
          owes: sums(counts.filter(({ by }) => by === email)),
        };
      }),
    };
  });
}

function sums(counts: readonly { readonly what: keyof Owes; readonly count: number }[]): Owes {
  const total: Partial<Record<keyof Owes, number>> = {};
  for (const { what, count } of counts) total[what] = (total[what] ?? 0) + count;
  return total;
}
