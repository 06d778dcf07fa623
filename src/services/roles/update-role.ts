import type { Catalog } from "../../catalog/load.ts";
import { requireAct } from "../../domain/access.ts";
import { stepFor } from "../../domain/pipeline/next-step.ts";
import { isRunning, type RoleStatus } from "../../domain/roles/role.ts";
import { isoIn } from "../../domain/scheduling/wall-clock.ts";
import { listActive } from "../../store/candidates/applications.ts";
import { type RoleRow, saveRole } from "../../store/roles/roles.ts";
import { bookedOfActive } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { emailOf } from "../../store/team/members.ts";
import { accessFilter, loadRoleForUpdate } from "../load-application.ts";
import { refillRounds, withoutOpening } from "../panel/assign-interviewers.ts";
import { tellingSteps } from "../pipeline/not-told.ts";
import { ownTimezone } from "../scheduling/attendees.ts";
import type { Session } from "../session.ts";
import { dropStages } from "./drop-stages.ts";
import {
  panelNamed,
  type RoleFields,
  type RoleResult,
  requireConsistent,
  requireInterviewers,
  requireLevel,
  requireOwner,
  requirePayOf,
  requireQuestions,
  roleResult,
  withFields,
} from "./role-fields.ts";

type UpdateRole = RoleFields & {
  readonly role: string;
  readonly level?: string | undefined;
  readonly location?: string | undefined;
  readonly status?: RoleStatus | undefined;
};

export function createRoleChanges({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** Changes the given fields. Template and key never change, because references are made from them. */
    async update(session: Session, given: UpdateRole): Promise<RoleResult> {
      const input = { ...given, panel: panelNamed(session, given.panel) };
      return session.write(async (tx) => {
        const before = await loadRoleForUpdate(tx, session, input.role);
        const newOwner = input.owner === undefined ? undefined : await requireOwner(tx, session, input.owner);
        const owner = newOwner?.email ?? (await emailOf(tx, session.workspaceId, before.ownerId));
        const template = catalog.get(before.template);
        const status = input.status ?? before.status;
        const after: RoleRow = {
          ...withFields(before, input, template),
          level: input.level === undefined ? before.level : requireLevel(catalog, input.level),
          location: input.location ?? before.location,
          status,
          ownerId: newOwner?.id ?? before.ownerId,
          closedAt: isRunning({ status }) ? null : (before.closedAt ?? session.now),
        };
        requireConsistent(after, template);
        requirePayOf(after, input);
        await requireInterviewers(tx, session, after, input.panel);
        requireQuestions(catalog, after, input.questions ?? []);
        if (isRestaged(before, after)) requireAct(session.member, "restage");
        const result = roleResult({ role: after, owner }, catalog, session);
        const changed = changedFields(before, after);
        if (changed.length === 0) return { ...result, unchanged: "same_as_before" };
        const moved = await withoutOpening(tx, session, { before, after }, async () => {
          await saveRole(tx, after);
          const moved = await dropStages(tx, session, before, after);
          await refillRounds(tx, session, before, after);
          return moved;
        });
        const stages = after.stages.map(({ id }) => id);
        await session.record(tx, after.id, "role.update", { key: after.key, changed, status, stages });
        const isClosed = isRunning(before) && !isRunning(after);
        return {
          ...result,
          moved,
          ...(isClosed && {
            still_active: await stillActive(tx, session, catalog, after),
            interviews_booked: await stillBooked(tx, session, after),
          }),
        };
      });
    },
  };
}

const MAX_ACTIVE_NAMED = 20;
const MAX_INTERVIEWS_NAMED = 20;

/** Who is still active in a role that was closed, each with the step by which they are told. */
async function stillActive(tx: Db, session: Session, catalog: Catalog, role: RoleRow) {
  const access = await accessFilter(tx, session);
  const limit = MAX_ACTIVE_NAMED;
  const { people, total } = await listActive(tx, session.workspaceId, role.id, { access, limit });
  const toTell = people.map(({ id, ref, stage, ...contact }) => ({
    ...({ id, ref, stage, status: "active", why: "role_closed", contact, perhapsTold: false, role } as const),
  }));
  const steps = await tellingSteps(tx, session, catalog, toTell);
  const applications = people.flatMap(({ ref, name, stage }, n) => {
    const step = steps[n];
    return step ? [{ ref, name, stage, ...step }] : [];
  });
  return { total, applications };
}

/** The interviews ahead of those who are still active in a role that was closed, in the caller's zone. */
async function stillBooked(tx: Db, session: Session, { id }: RoleRow) {
  const { workspaceId, member, now } = session;
  const zone = (await ownTimezone(tx, session)) ?? "UTC";
  const of = { access: await accessFilter(tx, session), after: now, limit: MAX_INTERVIEWS_NAMED };
  const { interviews, total } = await bookedOfActive(tx, workspaceId, id, of);
  return {
    total,
    interviews: interviews.map(({ interview, ref, name, round, start }) => ({
      ...{ ref, name, round, start: isoIn(start.getTime(), zone) },
      next: stepFor(member, { act: "call_off_closed", application: ref, round, interview }),
    })),
  };
}

/** Names, lengths and goals of stages may be changed by whoever runs the role; what must be passed may not. */
function isRestaged(before: RoleRow, after: RoleRow): boolean {
  const rules = ({ stages, recruitersSend, earlierRoundsOpen }: RoleRow) =>
    JSON.stringify([recruitersSend, earlierRoundsOpen, stages.map(({ id, gate }) => [id, gate])]);
  return rules(before) !== rules(after);
}

function changedFields(before: RoleRow, after: RoleRow): string[] {
  const fields = Object.keys(after) as (keyof RoleRow)[];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
