import { untrusted } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { ForReader } from "../panel/load-for-reader.ts";

const MAX_RECORDS_SHOWN = 50;
const MAX_RECORD_CHARS_SHOWN = 4_000;

/** Notes, scorecards and answers as another tracker had them, the newest last: at most so many, of how many there are. */
export async function viewImported({ application }: ApplicationRecord, forReader: ForReader) {
  const { shown, whole } = await forReader.imported();
  return {
    records: shown
      .slice(-MAX_RECORDS_SHOWN)
      .map(({ kind, title, text, author, recommendation, ...record }) => ({
        ...{ kind, title, author, recommendation, source: record.source },
        written_at: record.writtenAt?.toISOString() ?? null,
        imported_at: record.importedAt.toISOString(),
        untrusted: untrusted(text, {
          source: `imported ${kind} about ${application.ref}`,
          max: MAX_RECORD_CHARS_SHOWN,
          markup: false,
        }),
      })),
    total: shown.length,
    /** Whether there are others, which this reader does not see yet. */
    ...(whole === null && forReader.hidden && { hidden: forReader.hidden }),
  };
}
