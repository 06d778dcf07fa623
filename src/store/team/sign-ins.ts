import { sql } from "drizzle-orm";
import type { Db } from "../store.ts";

/** Tables of the authorization server inside, in an order in which none refers to one that is gone. */
const TABLES = ["oauthAccessToken", "oauthRefreshToken", "oauthConsent", "session"];

/**
 * Deletes what the authorization server inside has given out to whoever has this e-mail: nothing of it is renewed any
 * more, and each program asks anew. Does nothing where nobody signs in at this server.
 */
export async function forgetSignIns(tx: Db, email: string): Promise<void> {
  const isThere = sql<boolean>`to_regclass('auth."user"') is not null`;
  const [found] = await tx.select({ isThere }).from(sql`(select 1) nothing`);
  if (!found?.isThere) return;
  for (const table of TABLES)
    await tx.execute(
      sql`delete from auth.${sql.identifier(table)} where "userId" in (select id from auth."user" where email = ${email})`,
    );
}
