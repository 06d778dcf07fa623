import type { Catalog } from "../../catalog/load.ts";
import type { ImportMap } from "../../domain/transfer/import-map.ts";
import { saveRole } from "../../store/roles/roles.ts";
import { loadRoleForUpdate } from "../load-application.ts";
import { createRoleOpening } from "../roles/open-role.ts";
import type { Session } from "../session.ts";
import { loadNames } from "./names.ts";

type Opened = { readonly name: string; readonly key: string };

export function createRolesToOpen({ catalog }: { readonly catalog: Catalog }) {
  const { open } = createRoleOpening({ catalog });
  return {
    /** Opens the roles that a map says are to be opened and that are not there yet. Gives the map with their keys. */
    async openRoles(
      session: Session,
      { map, role }: { readonly map: ImportMap; readonly role?: string | undefined },
    ): Promise<{ readonly map: ImportMap; readonly opened: readonly Opened[] }> {
      const names = await session.read((db) => loadNames(db, session, catalog, { map, role }));
      const opened: Opened[] = [];
      const roles = { ...map.roles };
      for (const name of Object.keys(map.roles)) {
        const meant = names.role(name);
        if ("role" in meant) roles[name] = meant.role.key;
        if (!("opens" in meant)) continue;
        const { opened: day, ...wanted } = meant.opens;
        const { role: made } = await open(session, { ...wanted, title: meant.title });
        if (day !== undefined) await sinceDay(session, made.key, new Date(day));
        roles[name] = made.key;
        opened.push({ name, key: made.key });
      }
      return { map: { ...map, roles }, opened };
    },
  };
}

/** Says since when a role has been open, where it was so before it was opened here. */
const sinceDay = (session: Session, key: string, openedAt: Date): Promise<void> =>
  session.write(async (tx) => {
    const role = await loadRoleForUpdate(tx, session, key);
    if (openedAt < role.openedAt) await saveRole(tx, { ...role, openedAt });
  });
