import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { derivedOf } from "../../../src/domain/candidates/known-by.ts";
import { MIGRATIONS } from "../../../src/store/database/migrate.ts";
import { rowsOf } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import { copyWorkspace, migrationTags, useOlderDatabases } from "../../support/older-database.ts";
import { seeded } from "../../support/seeded.ts";

const database = useDatabase();
const older = useOlderDatabases();

it("people and documents from before letters had a plain form, and numbers an end, are found by those", async () => {
  const store = await seeded(await database.workspace());
  const old = await older.empty();
  await old.migrate(await older.before(await tagOf("phone_end:")));
  await copyWorkspace(database.db, old.db, store.workspaceId);
  await old.db.execute(sql`update candidates set phone = '+49 (0)30 901820', search_key = 'jens ørsted-groß j@example.test',
    known_by = array['name:jens ørsted-groß', 'email:jß@example.test', 'phone:30901820']`);
  await old.db.execute(sql`insert into documents (workspace_id, id, application_id, kind, name, text, sha256, hidden_text_removed,
    added_by, created_at) select workspace_id, gen_random_uuid(), id, 'resume', 'd', 'In der Großen Straße', '', 0, candidate_id, now()
    from applications`);
  await old.migrate(MIGRATIONS);
  const person = { name: "Jens Ørsted-Groß", email: null, phone: "+49 (0)30 901820", links: [] };
  const [row] = rowsOf<{ search_key: string; known_by: string[] }>(
    await old.db.execute(sql`select search_key, known_by from candidates`),
  );
  expect(row?.search_key).toBe("jens orsted-gross j@example.test");
  expect(row?.known_by.toSorted()).toEqual(
    [...derivedOf(person).knownBy, "email:jß@example.test"].toSorted(),
  );
  const phrase = "'grossen' <-> 'strasse'";
  const found = await old.db.execute(sql`select 1 from document_words where words @@ ${phrase}::tsquery`);
  expect(rowsOf(found)).toHaveLength(1);
});

/** The first migration in which this stands. */
async function tagOf(text: string): Promise<string> {
  for (const tag of await migrationTags())
    if ((await readFile(join(MIGRATIONS, `${tag}.sql`), "utf8")).includes(text)) return tag;
  throw new Error("there is no such migration");
}

it("a database that has documents already has their words after the migration, however long they are", async () => {
  const store = await seeded(await database.workspace());
  const old = await older.empty();
  await old.migrate(await older.before(await tagOf('CREATE TABLE "document_words"')));
  await copyWorkspace(database.db, old.db, store.workspaceId);
  const add = (kind: string, text: string) =>
    old.db.execute(sql`insert into documents (workspace_id, id, application_id, kind, name, text, sha256, hidden_text_removed,
      added_by, created_at) select workspace_id, gen_random_uuid(), id, ${kind}, 'd', ${text}, '', 0, candidate_id, now() from applications`);
  await add("resume", `${"x".repeat(3_000)} ${"word ".repeat(39_000)}heron`);
  await add("note", "kestrel");
  await add("email", "osprey, not split yet");
  await old.migrate(MIGRATIONS);
  const found = async (word: string) =>
    rowsOf(await old.db.execute(sql`select 1 from document_words where words @@ ${word}::tsquery`)).length >
    0;
  expect([await found("heron"), await found("kestrel"), await found("osprey")]).toEqual([true, false, false]);
});
