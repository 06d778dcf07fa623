import type { Catalog } from "../../catalog/load.ts";
import { DAY } from "../../domain/days.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import {
  DAYS_A_DRAFT_WAITS,
  DEFAULT_AGENDA_DAYS,
  isOverdue,
  MAX_ITEMS_SHOWN,
} from "../../domain/pipeline/agenda.ts";
import { DAYS_TO_TELL } from "../../domain/pipeline/not-told.ts";
import { isRunning } from "../../domain/roles/role.ts";
import { dayStart, daysLater, isoIn, parseMoment } from "../../domain/scheduling/wall-clock.ts";
import {
  type AgendaScope,
  agendaPart,
  cardsDue,
  draftsWaiting,
  interviewsOn,
  lackingIn,
  MAX_COUNTED_OF_A_KIND,
  offersEnding,
  staleAssessments,
  votesDue,
} from "../../store/pipeline/agenda.ts";
import { listRoles } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { findMember, listMembers } from "../../store/team/workspaces.ts";
import { accessFilter } from "../load-application.ts";
import { ownTimezone } from "../scheduling/attendees.ts";
import type { Session } from "../session.ts";
import { emailNamed } from "../team/named-member.ts";
import { agendaItems } from "./agenda-items.ts";
import { countedUpTo, findNotTold } from "./not-told.ts";
import { debriefsOf, lacksOf, roundsOf } from "./pending-work.ts";
import type { OwnedRole } from "./waiting-applications.ts";

export type AskedAgenda = {
  /** E-mail of a member, `me` or `all`. */
  readonly member?: string | undefined;
  readonly from?: string | undefined;
  readonly days?: number | undefined;
};

const LIMIT = MAX_ITEMS_SHOWN;

export function createAgenda({ catalog }: { readonly catalog: Catalog }) {
  return {
    /**
     * What a member has to be at and to do in the days ahead, or everybody: what is overdue first. Times are in the
     * caller's zone.
     * @throws DomainError `invalid` for somebody who is not on the team, `forbidden` for a colleague where the caller sees
     *   their own alone.
     */
    async get(session: Session, { member: asked, from, days = DEFAULT_AGENDA_DAYS }: AskedAgenda) {
      const { workspaceId, now } = session;
      return session.read(async (db) => {
        const member = await memberAsked(db, session, asked ?? "me");
        const zone = await ownTimezone(db, session);
        const timezone = zone ?? "UTC";
        const start =
          from === undefined
            ? dayStart(now.getTime(), timezone)
            : parseMoment(from, { field: "from", zone: timezone, day: "start" });
        const end = daysLater(start, days, timezone);
        const access = await accessFilter(db, session);
        const window = { from: new Date(start), to: new Date(end), now };
        const scope: AgendaScope = { workspaceId, access, member: member?.id, ...window };
        const roles = await listRoles(db, workspaceId);
        const { items, total } = await itemsOf(db, session, { catalog, roles, scope, timezone, member });
        return {
          member: member?.email ?? "all",
          from: isoIn(start, timezone),
          to: isoIn(end, timezone),
          timezone,
          ...(zone === undefined && { timezone_assumed: true }),
          items: items.map(({ due, at, ...item }) => ({
            ...item,
            due: isoIn(due.getTime(), timezone),
            ...(at && { at: isoIn(at.getTime(), timezone) }),
            overdue: isOverdue({ ...item, due }, now),
          })),
          total,
        };
      });
    },
  };
}

/** The member whose agenda it is; undefined for everybody's. */
async function memberAsked(db: Db, session: Session, asked: string): Promise<Member | undefined> {
  const { workspaceId, member: me, scope } = session;
  const email = emailNamed(session, asked).toLowerCase();
  if (email === me.email) return me;
  if (scope === "own")
    throw new DomainError("forbidden", `member: ${me.access} access shows one's own agenda.`, "Allowed: me.");
  if (email === "all") return undefined;
  const member = await findMember(db, workspaceId, email);
  if (member) return member;
  const team = await listMembers(db, workspaceId);
  throw notAllowed("member", asked, ["me", "all", ...team.map((each) => each.email)]);
}

type Agenda = {
  readonly catalog: Catalog;
  readonly roles: readonly OwnedRole[];
  readonly scope: AgendaScope;
  readonly timezone: string;
  readonly member: Member | undefined;
};

async function itemsOf(db: Db, session: Session, { catalog, roles, scope, timezone, member }: Agenda) {
  const running = roles.filter(({ role }) => isRunning(role));
  const lacks = running.flatMap(({ role, owner }) =>
    lacksOf(role).map((lack) => ({ ...lack, ownsRole: owner === member?.email })),
  );
  const lacking = (...what: readonly (typeof lacks)[number]["lacks"][]) =>
    lackingIn(
      scope,
      lacks.filter((lack) => what.includes(lack.lacks)),
    );
  const again = staleAssessments(
    scope,
    running.map(({ role }) => role.id),
  );
  const cards = cardsDue(
    scope,
    running.flatMap(({ role }) => roundsOf(role)),
  );
  const votes = votesDue(
    scope,
    running.flatMap(({ role }) => debriefsOf(role)),
  );
  const parts = [
    { kind: "interview", part: interviewsOn(scope) },
    { kind: "assessment", part: lacking("assessment") },
    { kind: "assessment", part: again },
    { kind: "submission", part: lacking("submission") },
    { kind: "booking", part: lacking("booking", "exercise_booking") },
    { kind: "scorecard", part: cards },
    { kind: "vote", part: votes },
    { kind: "message", part: draftsWaiting(scope, DAYS_A_DRAFT_WAITS) },
    { kind: "offer", part: offersEnding(scope, timezone) },
  ] as const;
  const { to } = scope;
  const [untold, ...loaded] = await Promise.all([
    findNotTold(db, session, {
      ...{ access: scope.access, owner: member?.id, roles: roles.map(({ role }) => role), limit: LIMIT },
      upTo: { ended: new Date(to.getTime() - DAYS_TO_TELL * DAY), starts: to },
    }),
    ...parts.map(async ({ kind, part }) => ({ kind, ...(await agendaPart(db, part, LIMIT)) })),
  ]);
  return {
    items: await agendaItems(db, session, { catalog, roles, scope, parts: loaded, toTell: untold.people }),
    total: countedUpTo(MAX_COUNTED_OF_A_KIND, ...loaded.map(({ total }) => total), untold.total),
  };
}
