import { notFound } from "../../domain/errors.ts";
import {
  type AvailabilityRow,
  findAvailability,
  saveAvailability,
} from "../../store/scheduling/availability.ts";
import { findMember } from "../../store/team/workspaces.ts";
import type { Upkeep } from "../upkeep.ts";

/**
 * When a member can interview, as it is on record.
 * @throws DomainError `not_found` for a stranger
 */
async function get(
  at: Upkeep,
  email: string,
): Promise<{ readonly memberId: string; readonly row: AvailabilityRow | undefined }> {
  return at.read(async (db) => {
    const member = await findMember(db, at.workspaceId, email);
    if (!member) throw notFound("member", email, "greenflag member list shows the team.");
    const [row] = await findAvailability(db, at.workspaceId, [member.id]);
    return { memberId: member.id, row };
  });
}

/** Stores it, in place of what was on record. */
async function set(at: Upkeep, row: AvailabilityRow): Promise<void> {
  await at.write((tx) => saveAvailability(tx, row));
}

export const availability = { get, set };
