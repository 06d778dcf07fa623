import pg from "pg";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { READ } from "../src/domain/access.ts";
import { fillWorkspace } from "./fill-workspace.ts";
import { makeDatabase } from "./find.ts";
import { at, times } from "./reports.ts";

const DOCUMENTS = 100_000;
const GOAL_MS = 60;

/** Queries by how often their words occur: `w1` and `common` in every document, `w9000` in few, `u77` in one. */
const QUERIES: Record<string, string> = {
  "a word of one document": "u77",
  "a rare word": "w9000",
  "a word of one document in twenty-five": "w1000",
  "a word of one document in five": "w200",
  "a word of every document": "common",
  "a phrase of common words": '"w1 w2"',
  "a phrase of rarer words": '"w200 w1000"',
  "a rare word without a common one": "w9000 -common",
  "a common word without another": "w1 -w10",
  "two common words": "common w2",
  "two words of one in five": "w200 w210",
  "a rare word and a common one": "w9000 common",
  "a rare word or another": "w9000 or w9500",
  "a part of a name": "person 77",
};

/** What find_candidates takes for a query on PostgreSQL with 100,000 documents, beside the bare SQL of a rare word. */
export async function benchSearch(): Promise<void> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    console.log("search: skipped, since it takes a PostgreSQL server (TEST_DATABASE_URL)");
    return;
  }
  const database = await makeDatabase(url);
  const config = readConfig({ DATABASE_URL: database.url, GREENFLAG_LOG: "silent" });
  const app = createApp(config, { command: "bench", allowFiles: false });
  const { workspaceId } = await app.store();
  await fillWorkspace(database.url, workspaceId, DOCUMENTS);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await fillDocuments(client);
  const services = await app.services();
  const { signal } = new AbortController();
  const session = await services.startSession({
    ...{ client: "bench", tool: "find_candidates", access: READ, signal },
  });
  const floor = await times(() => client.query({ name: "floor", text: FLOOR, values: [workspaceId] }));
  console.log(
    `search, ${DOCUMENTS} documents (goal: p99 under ${GOAL_MS} ms); bare SQL of a rare word: median ${at(floor, 0.5)} ms, p99 ${at(floor, 0.99)} ms`,
  );
  for (const [name, query] of Object.entries(QUERIES)) {
    const find = (cursor?: string) => services.applications.find(session, { query, cursor });
    const { total, total_is_at_least: isMore, next_cursor: cursor } = await find();
    const first = await times(() => find());
    const second = cursor === null ? undefined : await times(() => find(cursor));
    const next = second && `, page 2: ${at(second, 0.5)} and ${at(second, 0.99)} ms`;
    console.log(
      `  ${name} (${isMore ? "more than " : ""}${total}): median ${at(first, 0.5)} ms, p99 ${at(first, 0.99)} ms${next ?? ""}`,
    );
  }
  await client.end();
  await app.close();
  await database.drop();
}

const FLOOR = `select a.id, a.ref, c.name from (select * from document_words
    where workspace_id = $1 and words @@ 'w9000'::tsquery offset 0) d
  join applications a on a.workspace_id = d.workspace_id and a.id = d.application_id
  join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
  order by a.id desc limit 21`;

/** One document for each application, of 2,000 texts of 300 words each that occur as unevenly as words do, and one of its own. */
async function fillDocuments(client: pg.Client): Promise<void> {
  await client.query("select setseed(0.5)");
  await client.query(`create temp table pool as
    select n, string_agg('w' || floor(exp(random() * ln(20000)))::int, ' ') || ' w200 w1000 ' as text
    from generate_series(1, 2000) n, generate_series(1, 300) k group by n`);
  await client.query("update pool set text = replace(text, 'w200 w1000 ', '') where n % 40 > 0");
  await client.query("alter table pool add words tsvector");
  await client.query(`update pool set words = (select string_agg('''' || word || ''':' || n, ' ')
    from unnest(greenflag_words(text || ' w1 w2 common')) with ordinality as x(word, n))::tsvector`);
  await client.query("alter table documents disable trigger documents_words");
  await client.query(`insert into documents (workspace_id, id, application_id, kind, name, text, sha256, hidden_text_removed, added_by, created_at)
    select a.workspace_id, gen_random_uuid(), a.id, 'resume', 'resume', p.text || ' w1 w2 common u' || a.rn, '', 0, a.candidate_id, now()
    from (select *, row_number() over (order by ref) as rn from applications) a join pool p on p.n = 1 + a.rn % 2000`);
  await client.query("alter table documents enable trigger documents_words");
  await client.query("drop index document_words_words");
  await client.query(`insert into document_words (workspace_id, application_id, document_id, part, handed_in, words)
    select d.workspace_id, d.application_id, d.id, 0, false, p.words || (substring(d.text from 'u[0-9]+$') || ':1000')::tsvector
    from documents d join pool p on p.text = regexp_replace(d.text, ' w1 w2 common u[0-9]+$', '')`);
  await client.query("create index document_words_words on document_words using gin (words)");
  await client.query("vacuum analyze");
}
