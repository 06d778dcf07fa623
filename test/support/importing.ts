import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { onTestFinished } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { importSource } from "../../src/commands/import.ts";
import { ADMINISTER } from "../../src/domain/access.ts";
import { ImportedPerson, type ImportedSource } from "../../src/domain/transfer/imported.ts";
import { createStartSession } from "../../src/services/session.ts";
import { createImports } from "../../src/services/transfer/carry-out-import.ts";
import { createRolesToOpen } from "../../src/services/transfer/open-roles.ts";
import { createImportPlan } from "../../src/services/transfer/plan-import.ts";
import type { Store } from "../../src/store/store.ts";
import type { Harness } from "./harness.ts";

export const NOW = new Date("2026-11-24T09:00:00Z");
const catalog = loadCatalog({});

/** A role for the people of a source. */
export const openMle = (ada: Harness, key = "MLE", title = "MLOps engineer") =>
  ada.ok("open_role", {
    ...{ template: "mlops-engineer", lane: "serving_reliability", level: "senior", location: "Lisbon" },
    ...{ key, title },
  });

/** A person of a source, with only what a test is about. */
export const person = (row: number, more: object): ImportedPerson =>
  ImportedPerson.parse({
    ...{
      where: `row ${row}`,
      name: `Person ${row}`,
      otherEmails: [],
      links: [],
      tags: [],
      doNotContact: false,
    },
    ...{ files: [], records: [], applications: [] },
    ...more,
  });

/** An application of a source, active unless told otherwise. */
export const application = (more: object) => ({ status: "active", history: [], records: [], ...more });

export const sourceOf = (people: readonly ImportedPerson[], system = "sheet"): ImportedSource => ({
  ...{ system, people, unclear: [], recognised: [{ what: "people.csv", as: `${people.length} rows` }] },
});

type Options = {
  readonly role?: string;
  readonly map?: string;
  readonly yes?: boolean;
  readonly now?: Date;
  readonly from?: string;
};

/** A folder of a test's own. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Imports into a store as the command does, and gives the lines that it printed. */
export async function runImport(
  store: Store,
  source: ImportedSource,
  { now = NOW, from = join(ownFolder(), "people.csv"), ...options }: Options = {},
): Promise<string[]> {
  const startSession = createStartSession({ store: async () => store, now: () => now, member: undefined });
  const { signal } = new AbortController();
  const session = await startSession({
    client: "greenflag import",
    tool: "import",
    access: ADMINISTER,
    signal,
  });
  const imports = {
    ...createImportPlan({ catalog }),
    ...createRolesToOpen({ catalog }),
    ...createImports({ catalog }),
  };
  const lines: string[] = [];
  await importSource(session, { imports }, source, { ...options, from, print: (line) => lines.push(line) });
  return lines;
}

const TABLES = [
  "candidates",
  "applications",
  "moves",
  "stays",
  "events",
  "imported_records",
  "import_keys",
  "documents",
  "roles",
];

/** How many rows a workspace has in each table that an import writes. */
export async function rowCounts(store: Store): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const result = await store.read((db) =>
      db.execute(
        sql`select count(*)::int as n from ${sql.identifier(table)} where workspace_id = ${store.workspaceId}`,
      ),
    );
    counts[table] = (result as unknown as { rows: { n: number }[] }).rows[0]?.n ?? 0;
  }
  return counts;
}
