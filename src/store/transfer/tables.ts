/** What an export does with one table, and from which columns it is read in order. */
export type TransferTable = {
  readonly name: string;
  readonly how: "copied" | "derived" | "left_out";
  /** The primary key without the workspace. */
  readonly key: readonly string[];
  /** Bytes that go into a file of their own, and the column that says with which extension. */
  readonly file?: { readonly bytes: string; readonly extension: string };
  /** Why the rows of a table are not copied. */
  readonly why?: string;
};

const copied = (name: string, key: readonly string[] = ["id"]): TransferTable => ({
  name,
  how: "copied",
  key,
});

/**
 * Every table of the database, in an order in which a row comes after those that it refers to. A test fails for a table
 * that is missing here.
 */
export const TRANSFER_TABLES: readonly TransferTable[] = [
  copied("workspaces", []),
  copied("members"),
  copied("availability"),
  copied("impact_switch", []),
  copied("retention_settings", ["key"]),
  copied("roles"),
  copied("candidates"),
  copied("applications"),
  copied("moves"),
  // Triggers fill it while the program runs. A restore copies it: they would make it of the applications as they are now.
  copied("stays", ["application_id", "version"]),
  copied("documents"),
  { ...copied("originals"), file: { bytes: "bytes", extension: "extension" } },
  { name: "document_words", how: "derived", key: [], why: "filled again from the documents by a trigger" },
  copied("assessments"),
  copied("submissions"),
  copied("assignments"),
  copied("interviewers"),
  copied("scorecards"),
  copied("votes"),
  copied("decisions"),
  copied("interviews"),
  copied("interview_seats"),
  copied("offers"),
  copied("messages"),
  copied("outbox"),
  copied("replies"),
  copied("suppressions"),
  copied("self_reports", ["question", "application_id"]),
  copied("changes"),
  copied("imported_records"),
  copied("import_keys", ["key"]),
  copied("erasures"),
  copied("legal_holds"),
  copied("consents"),
  copied("events", ["chain_id", "seq"]),
  copied("event_chains", ["chain_id"]),
  { name: "confirmations", how: "left_out", key: [], why: "holds codes that are good for ten minutes" },
  { name: "uploads", how: "left_out", key: [], why: "holds links that are good for ten minutes" },
  {
    name: "tokens",
    how: "left_out",
    key: [],
    why: "let their holders in here, and each database hands out its own",
  },
  {
    name: "__drizzle_migrations",
    how: "left_out",
    key: [],
    why: "the migrations that this database has had, which every database counts for itself",
  },
];

/** The tables whose rows an export holds. */
export const COPIED_TABLES: readonly TransferTable[] = TRANSFER_TABLES.filter(({ how }) => how === "copied");
