import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { brokenChains } from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import {
  applications,
  candidates,
  confirmations,
  members,
  messages,
  outbox,
} from "../../../src/store/tables.ts";
import { COPIED_TABLES } from "../../../src/store/transfer/tables.ts";
import { differencesOf, rewrite, useArchives } from "../../support/archives.ts";
import { useFreshStores } from "../../support/fresh-stores.ts";
import { fillWorkspace } from "../../support/full-workspace.ts";
import { start } from "../../support/harness.ts";
import { application, openMle, person, rowCounts, runImport, sourceOf } from "../../support/importing.ts";

const stores = useFreshStores();
const sheetRow = () => application({ role: "MLOps engineer", stage: "Applied" });
const archives = useArchives();

/** What a reader is answered from a workspace. */
async function answersOf(store: Store): Promise<Record<string, unknown>> {
  const greenflag = await start({ store });
  const refs = ["BB-1", "CC-8"];
  const calls: [string, object][] = [
    ["get_pipeline", {}],
    ["find_candidates", { text: "models in production" }],
    ["find_candidates", { status: "rejected", limit: 100 }],
    ...[
      "funnel",
      "time_in_stage",
      "time_to_fill",
      "sources",
      "owed",
      "agreement",
      "impact",
      "scheduling",
      "offers",
    ].map((report): [string, object] => ["get_report", { report }]),
    ...refs.map((application): [string, object] => ["get_candidate", { application }]),
  ];
  const answers: Record<string, unknown> = {};
  for (const [name, args] of calls) {
    const { text } = await greenflag.call(name, args);
    // What encloses a candidate's words is drawn at each answer.
    answers[`${name} ${JSON.stringify(args)}`] = text.replace(/\b[0-9a-f]{12}\b/g, "");
  }
  await greenflag.close();
  return answers;
}

describe("a workspace that is exported and restored", () => {
  let source: Store;
  let archive: string;
  beforeAll(async () => {
    source = await stores.fresh();
    await fillWorkspace(source);
    archive = await archives.export(source);
  });
  const copyOf = (): string => {
    const copy = archives.newPath();
    cpSync(archive, copy, { recursive: true });
    return copy;
  };

  it("has rows of every table in its export, and no row of what is left out", async () => {
    const empty = COPIED_TABLES.filter(
      ({ name }) => readFileSync(join(archive, `${name}.jsonl`)).length === 0,
    );
    expect(empty).toEqual([]);
    expect((await readdir(archive)).filter((name) => /confirm|words|drizzle/.test(name))).toEqual([]);
    expect(readFileSync(join(archive, "originals.jsonl"), "utf8")).not.toMatch(/"bytes"|\\\\x/);
  });

  it("is equal byte for byte when it is exported again, answers the same, and its history adds up", async () => {
    const before = await answersOf(source);
    const into = await stores.fresh();
    const { unsent } = await archives.restore(into, archive);
    expect(unsent).toBe(0);
    expect(into.workspaceId).toBe(source.workspaceId);
    expect(differencesOf(await archives.export(into), archive)).toEqual([]);
    expect(await answersOf(into)).toEqual(before);
    expect(await into.read((db) => brokenChains(db, into.workspaceId, 10))).toEqual([]);
    expect(await into.read((db) => db.select().from(confirmations))).toEqual([]);
  });

  it.runIf(stores.other)(
    "goes to the other engine and back (skipped without TEST_DATABASE_URL)",
    async () => {
      const into = await stores.fresh(stores.other);
      await archives.restore(into, archive);
      expect(await answersOf(into)).toEqual(await answersOf(source));
      const there = await archives.export(into);
      expect(differencesOf(there, archive)).toEqual([]);
      const back = await stores.fresh();
      await archives.restore(back, there);
      expect(differencesOf(await archives.export(back), archive)).toEqual([]);
    },
  );

  it("is the workspace of servers that ran before, which work on in it", async () => {
    const into = await stores.fresh();
    const [running, other] = [await start({ store: into }), await start({ store: await stores.again(into) })];
    for (const server of [running, other])
      expect((await server.call("get_pipeline")).text).not.toMatch(/BB-/);
    await archives.restore(into, archive);
    for (const server of [running, other]) {
      expect((await server.call("get_pipeline")).text).toMatch(/BB-/);
      await server.ok("add_document", {
        application: "BB-1",
        kind: "note",
        text: "Written after the restore.",
      });
      await server.close();
    }
    expect(await into.read((db) => brokenChains(db, into.workspaceId, 10))).toEqual([]);
  });

  it("erases in the same transaction who was erased since, and restores nothing where a list cannot be read", async () => {
    const into = await stores.fresh();
    const list = join(archives.folder, "erased.jsonl");
    writeFileSync(list, "no list\n");
    await expect(archives.restore(into, archive, [list])).rejects.toThrow(/erased\.jsonl, line 1/);
    expect(await into.read((db) => db.select().from(candidates))).toEqual([]);
    const people = await source.read((db) =>
      db
        .select()
        .from(candidates)
        .where(eq(candidates.workspaceId, source.workspaceId))
        .orderBy(candidates.id),
    );
    const gone = people.at(-1)?.id ?? "";
    const erased_at = "2026-11-25T09:00:00Z";
    writeFileSync(list, `${JSON.stringify({ candidate_id: gone, hashes: [], erased_at })}\n`);
    expect((await archives.restore(into, archive, [list])).erasedAgain).toBe(1);
    const there = await into.read((db) => db.select().from(candidates).orderBy(candidates.id));
    expect(there.map(({ id, name }) => (id === gone ? "" : name))).toEqual(
      people.map(({ id, name }) => (id === gone ? "" : name)),
    );
    expect(there.find(({ id }) => id === gone)?.name).toBe("erased person");
    expect(await into.read((db) => brokenChains(db, into.workspaceId, 10))).toEqual([]);
  });

  it("erases again whom a backup from before a merge still has as two people, and imports neither again", async () => {
    const before = await stores.fresh();
    const ada = await start({
      ...{ store: before, member: "first@example.test" },
      clock: { now: new Date("2026-11-24T12:00:00Z") },
    });
    await openMle(ada);
    const people = [
      person(2, { name: "Zoë Quist", phone: "+351 912 345 678", applications: [sheetRow()] }),
      person(3, { name: "Zoe Quist-Lim", email: "zoe@example.test", applications: [sheetRow()] }),
      person(4, { name: "Bo Lind", email: "bo@example.test", applications: [sheetRow()] }),
    ];
    await runImport(before, sourceOf(people), { yes: true });
    const older = await archives.export(before);
    await ada.agreed("update_candidate", { application: "MLE-1", merge_into: "MLE-2" });
    await ada.agreed("erase_candidate", { application: "MLE-2" });
    const later = await archives.export(before);

    const into = await stores.fresh();
    expect((await archives.restore(into, older, [later])).erasedAgain).toBe(2);
    const left = await archives.export(into);
    const files = readdirSync(left).filter((name) => name.endsWith(".jsonl"));
    const words = files.map((name) => readFileSync(join(left, name), "utf8")).join("\n");
    expect(words).toContain("Bo Lind");
    expect(words).not.toMatch(/quist|zoe@|912 ?345/i);
    expect(await into.read((db) => brokenChains(db, into.workspaceId, 10))).toEqual([]);
    const counts = await rowCounts(into);
    const again = (await runImport(into, sourceOf(people), { yes: true })).join("\n");
    expect(again).toContain("3 not again (1 imported before, 2 erased");
    expect(await rowCounts(into)).toEqual(counts);
  });

  it.each([
    [
      "a table that is cut",
      "moves.jsonl",
      (path: string) => truncateSync(path, 1000),
      /moves\.jsonl: it is cut: 1000 of \d+ bytes/,
    ],
    ["a table with a changed byte", "events.jsonl", changeByte, /events\.jsonl: it was changed/],
    [
      "a table with a row more",
      "votes.jsonl",
      (path: string) => writeFileSync(path, "{}\n", { flag: "a" }),
      /votes\.jsonl: it has \d+ bytes, and \d+ were written/,
    ],
    ["a missing table", "offers.jsonl", unlinkSync, /offers\.jsonl is missing/],
    ["a changed schema", "schema.json", changeByte, /schema\.json: it was changed/],
    [
      "a changed header",
      "greenflag-export.json",
      changeByte,
      /greenflag-export\.json: it was changed or cut/,
    ],
    [
      "a cut header",
      "greenflag-export.json",
      (path: string) => truncateSync(path, 200),
      /greenflag-export\.json: it was changed or cut/,
    ],
    ["a missing header", "greenflag-export.json", unlinkSync, /is no export of Greenflag/],
    [
      "a missing original",
      "documents",
      (path: string) => rmSync(path, { recursive: true }),
      /documents\/[\w-]+\.pdf is missing/,
    ],
  ])("is refused for %s, and nothing is changed", async (_what, name, damage, words) => {
    const copy = copyOf();
    damage(join(copy, name));
    const into = await stores.shared();
    await expect(archives.restore(into, copy)).rejects.toThrow(words);
    await expect(archives.verify(into, copy)).rejects.toThrow(words);
    expect(await into.read((db) => db.select().from(candidates))).toEqual([]);
  });

  it("is refused for an original with a changed byte, and the refusal names every fault", async () => {
    const copy = copyOf();
    const [document = ""] = await readdir(join(copy, "documents"));
    changeByte(join(copy, "documents", document));
    changeByte(join(copy, "roles.jsonl"));
    const error = await archives.verify(await stores.shared(), copy).catch((e: Error) => e.message);
    expect(error).toContain(`documents/${document}: it was changed`);
    expect(error).toContain("roles.jsonl: it was changed");
  });

  it.each([
    ["a newer format", { greenflag_export: 2 }, /newer than this one/],
    ["a newer release", { migrations: 999, release: "9.9.9" }, /written by release 9\.9\.9, which is newer/],
    ["a release whose rows held something else", { migrations: 3 }, /what its rows hold was changed since/],
  ])("is refused when it is of %s", async (_what, header, words) => {
    const copy = copyOf();
    rewrite(copy, { header });
    await expect(archives.restore(await stores.shared(), copy)).rejects.toThrow(words);
  });

  it("is accepted of an older release that had fewer columns and tables, which get their defaults", async () => {
    const copy = copyOf();
    rewrite(copy, {
      schema: ({ tables }) => ({
        tables: tables
          .filter(({ name }) => name !== "consents")
          .map((table) =>
            table.name === "candidates"
              ? { ...table, columns: table.columns?.filter(({ name }) => name !== "do_not_contact") }
              : table,
          ) as typeof tables,
      }),
    });
    const into = await stores.fresh();
    await archives.restore(into, copy);
    const people = await into.read((db) => db.select().from(candidates));
    expect(people.map(({ doNotContact }) => doNotContact)).not.toContain(true);
    expect(people.length).toBe((await source.read((db) => db.select().from(candidates))).length);
  });

  it("is refused where this release has no place for one of its columns", async () => {
    const copy = copyOf();
    const extra = { name: "shoe_size", type: "integer", nullable: true };
    rewrite(copy, {
      schema: ({ tables }) => ({
        tables: tables.map((table) =>
          table.name === "candidates" ? { ...table, columns: [...(table.columns ?? []), extra] } : table,
        ),
      }),
    });
    const into = await stores.shared();
    await expect(archives.restore(into, copy)).rejects.toThrow(/differ in candidates\.shoe_size/);
    expect((await into.read((db) => db.select().from(members))).length).toBe(1);
  });

  it("is refused in a database that holds something, which the refusal names", async () => {
    const before = await archives.export(source);
    await expect(archives.restore(source, archive)).rejects.toThrow(
      /not empty.*It holds: members \(1\), .*candidates \(30\).*applications \(30\)/,
    );
    expect(differencesOf(await archives.export(source), before)).toEqual([]);
    const joined = await stores.fresh();
    const greenflag = await start({ store: joined });
    await greenflag.ok("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    await greenflag.close();
    await expect(archives.restore(joined, archive)).rejects.toThrow(/It holds: members \(1\), roles \(1\)/);
  });
});

it("sends no message by itself that was confirmed before the backup, because it may have left since", async () => {
  const store = await stores.fresh();
  await fillWorkspace(store, { outbox: ["waiting", "sending", "sent"] });
  const into = await stores.fresh();
  const { unsent } = await archives.restore(into, await archives.export(store));
  expect(unsent).toBe(2);
  const states = await into.read((db) =>
    db
      .select({ state: outbox.state, status: messages.status })
      .from(outbox)
      .innerJoin(messages, eq(messages.id, outbox.id)),
  );
  expect(states.map(({ state, status }) => `${state} ${status}`).sort()).toEqual([
    "sent sent",
    "unknown unknown",
    "unknown unknown",
  ]);
  expect(await into.read((db) => brokenChains(db, into.workspaceId, 10))).toEqual([]);
});

it("holds one moment of a workspace in which others write meanwhile", async () => {
  const store = await stores.fresh();
  await fillWorkspace(store);
  const greenflag = await start({ store });
  await greenflag.ok("open_role", {
    template: "mlops-engineer",
    level: "senior",
    location: "Lisbon",
    key: "NEW",
  });
  let isWriting = true;
  let added = 0;
  const writing = (async () => {
    while (isWriting) {
      await nextTurn();
      added += 1;
      const name = `Person ${added}`;
      await greenflag.ok("add_candidate", {
        role: "NEW",
        name,
        email: `new${added}@example.test`,
        resume_text: "Ran models.",
      });
    }
  })();
  const archive = await archives.export(store);
  isWriting = false;
  await writing;
  await greenflag.close();
  const into = await stores.fresh();
  await archives.restore(into, archive);
  const [people, tries] = await into.read(async (db) => [
    await db.select().from(candidates),
    await db.select().from(applications),
  ]);
  expect(people.length).toBe(tries.length);
  expect(await into.read((db) => brokenChains(db, into.workspaceId, 10))).toEqual([]);
});

function changeByte(path: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
