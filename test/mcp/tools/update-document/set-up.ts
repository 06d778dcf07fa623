import { sql } from "drizzle-orm";
import type { Store } from "../../../../src/store/store.ts";
import { useDatabase } from "../../../support/database.ts";
import { docx, paragraph, run } from "../../../support/docx.ts";
import type { Harness, HarnessOptions } from "../../../support/harness.ts";
import { startWithCandidate } from "../../../support/record.ts";

/** A line that the rules verify, in a file of the second person's that came to the first. */
export const LINE = "Moved 31 models in production from Sagemaker to KServe 0.13, called Wolkenheim.";
const LETTER = docx({ body: paragraph(run(LINE)) });

export type Begun = { readonly greenflag: Harness; readonly store: Store; readonly letter: string };

/** MLE-1 with a résumé and a Word file, and MLE-2 with a résumé; both are assessed where wanted. */
export function useTwo() {
  const database = useDatabase();
  return async ({
    scored = true,
    ...options
  }: Partial<HarnessOptions> & { scored?: boolean } = {}): Promise<Begun> => {
    const store = await database.workspace();
    const greenflag = await startWithCandidate({ store, ...options });
    await greenflag.ok("add_candidate", {
      ...{ role: "MLE", name: "Kim Sato", email: "kim@example.test", resume_text: "I keep trains on time." },
    });
    const { document } = await greenflag.ok("add_document", {
      ...{ application: "MLE-1", kind: "cover_letter", name: "letter.docx" },
      base64: Buffer.from(LETTER).toString("base64"),
    });
    for (const application of scored ? ["MLE-1", "MLE-2"] : [])
      await greenflag.ok("score_candidate", { application });
    return { greenflag, store, letter: document.id };
  };
}

/** The ids of an application's documents. */
export async function idsOf(greenflag: Harness, application: string): Promise<string[]> {
  const { documents } = await greenflag.ok("get_candidate", { application, include: ["documents"] });
  return documents.map(({ id }) => id);
}

/** The tables in which a word stands in a workspace, in text or in stored bytes, whatever the column. */
export async function tablesWith(store: Store, word: string): Promise<string[]> {
  const hex = Buffer.from(word).toString("hex");
  return store.read(async (db) => {
    const named = (await db.execute(
      sql`select table_name as name from information_schema.columns
          where table_schema = 'public' and column_name = 'workspace_id' order by 1`,
    )) as unknown as { rows: { name: string }[] };
    const holding: string[] = [];
    for (const { name } of named.rows) {
      const found = (await db.execute(
        sql`select 1 from ${sql.identifier(name)} as t
            where workspace_id = ${store.workspaceId}
              and (position(${word} in t::text) > 0 or position(${hex} in t::text) > 0) limit 1`,
      )) as unknown as { rows: unknown[] };
      if (found.rows.length > 0) holding.push(name);
    }
    return holding;
  });
}
