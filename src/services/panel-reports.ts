import type { Catalog } from "../catalog/load.ts";
import { type Owed, owedFor } from "../domain/owed.ts";
import { criteriaOf, unitsOf } from "../domain/panel/debrief.ts";
import { newestCards } from "../domain/panel/scorecard.ts";
import { sightOf } from "../domain/panel/visibility.ts";
import { type Agreement, agreementOf } from "../domain/statistics/agreement.ts";
import { findApplications } from "../store/find-applications.ts";
import { listRoles } from "../store/roles.ts";
import { listScorecards, type StoredCard } from "../store/scorecards.ts";
import type { Db } from "../store/store.ts";
import { seenBy, unknownRole } from "./cases.ts";
import { panelsOf } from "./panels.ts";
import type { Begin, Caller, Session } from "./session.ts";

export type OwedRow = Owed & { readonly ref: string; readonly name: string; readonly role: string };
export type AgreementRow = Agreement & {
  readonly role: string;
  /** Applications whose cards count. */
  readonly applications: number;
  /** Applications left out because the caller has still to score them. */
  readonly left_out: number;
};

/** More running applications than a team can look at; what is beyond is not read. */
const MOST = 5_000;

export function createPanelReports({ begin, catalog }: { begin: Begin; catalog: Catalog }) {
  return {
    /** Everything that is owed for running applications, longest first. */
    async owed(caller: Caller, input: { readonly role?: string | undefined }): Promise<OwedRow[]> {
      const session = await begin(caller);
      return session.read(async (db) => {
        const rows = (await look(db, session, input.role, "active")).flatMap(
          ({ found, role, owner, panel }) => {
            const { presentFlags, hasSubmission } = found;
            const has = { assessed: presentFlags !== null, hasSubmission, owner, panel };
            const owed = owedFor({ stages: role.stages, position: found, ...has }, session.now);
            return owed.map((o) => ({ ref: found.ref, name: found.name, role: role.key, ...o }));
          },
        );
        return rows.sort((a, b) => b.days - a.days);
      });
    },

    /** How far interviewers agree, role by role, over the applications whose cards the caller may see. */
    async agreement(caller: Caller, input: { readonly role?: string | undefined }): Promise<AgreementRow[]> {
      const session = await begin(caller);
      return session.read(async (db) => {
        const all = await look(db, session, input.role);
        const seen = all.filter(
          ({ found, role, panel }) => sightOf(role.stages, found, panel, session.member).hidden === null,
        );
        const cards = newestByApplication(
          await listScorecards(
            db,
            session.workspaceId,
            seen.map(({ found }) => found.id),
          ),
        );
        return [...new Set(all.map(({ role }) => role.key))].map((key) => {
          const inRole = (one: (typeof all)[number]) => one.role.key === key;
          const scored = seen.filter((one) => inRole(one) && cards.has(one.found.id));
          const units = scored.flatMap(({ found, role }) =>
            unitsOf(criteriaOf(catalog.get(role.template).interviews, cards.get(found.id) ?? [])),
          );
          const left = all.filter(inRole).length - seen.filter(inRole).length;
          return { role: key, applications: scored.length, left_out: left, ...agreementOf(units) };
        });
      });
    },
  };
}

/** Applications with their role and panel, without the caller's own. */
async function look(db: Db, session: Session, key: string | undefined, status?: "active") {
  const { workspaceId } = session;
  const roles = await listRoles(db, workspaceId);
  const wanted =
    key === undefined ? undefined : roles.find(({ role }) => role.key === key.trim().toUpperCase());
  if (key !== undefined && !wanted) throw unknownRole(key);
  const seen = await seenBy(db, session);
  const { found } = await findApplications(
    db,
    workspaceId,
    { roleId: wanted?.role.id, status, seen },
    { limit: MOST },
  );
  const listed = found.flatMap((application) => {
    const entry = roles.find(({ role }) => role.id === application.roleId);
    return entry ? [{ found: application, ...entry }] : [];
  });
  const panels = await panelsOf(
    db,
    session,
    listed.map(({ found, role }) => ({ id: found.id, role })),
  );
  return listed.flatMap((one) => {
    const panel = panels.get(one.found.id);
    return panel ? [{ ...one, panel }] : [];
  });
}

function newestByApplication(cards: readonly StoredCard[]): Map<string, StoredCard[]> {
  const ids = new Set(cards.map((card) => card.applicationId));
  const of = (id: string) => newestCards(cards.filter((card) => card.applicationId === id));
  return new Map([...ids].map((id) => [id, of(id)]));
}
