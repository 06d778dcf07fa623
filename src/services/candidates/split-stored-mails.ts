import { factsOfHeaders } from "../../domain/mail/facts.ts";
import { readMail } from "../../domain/mail/read-mail.ts";
import type { MailWords } from "../../domain/mail/words.ts";
import { headersOf } from "../../domain/outreach/reply.ts";
import { hasUnsplitMails, loadCorrespondence, saveMail, unsplitMails } from "../../store/candidates/mails.ts";
import { markAssessmentsStale } from "../../store/evaluation/assessments.ts";
import type { Db, Store } from "../../store/store.ts";

const MAILS_AT_ONCE = 50;
const never = new AbortController().signal;

/**
 * Splits the mails that an earlier release stored whole, and marks the assessments made from them as stale. It runs when
 * a store is opened, because no statement of a migration can split a mail; done once, it costs one look at an index.
 */
export async function splitStoredMails(
  store: Store,
  loadWords: () => Promise<MailWords>,
  now: () => Date,
): Promise<void> {
  const { workspaceId } = store;
  if (!(await store.read((db) => hasUnsplitMails(db, workspaceId)))) return;
  const words = await loadWords();
  const split = () => store.write(never, (tx) => splitSome(tx, workspaceId, words, now()));
  while ((await split()) === MAILS_AT_ONCE);
}

async function splitSome(tx: Db, workspaceId: string, words: MailWords, at: Date): Promise<number> {
  const rows = await unsplitMails(tx, workspaceId, MAILS_AT_ONCE);
  for (const { id, applicationId, text } of rows) {
    const correspondence = await loadCorrespondence(tx, { workspaceId, id: applicationId });
    const facts = headersOf(text) === undefined ? undefined : factsOfHeaders(text);
    const read = readMail(text, facts, { words, with: correspondence });
    await saveMail(tx, { workspaceId, id }, { ...read, pages: [0] });
  }
  const split = [...new Set(rows.map((row) => row.applicationId))];
  await markAssessmentsStale(tx, workspaceId, split, { at, why: "read_anew" });
  return rows.length;
}
