/** What a database fails of, recognised by code or, where the driver gives none, by the driver's own words. */
export type Cause = {
  readonly codes: readonly string[];
  readonly words?: RegExp;
  readonly message: string;
  readonly hint: string;
};

export const GONE: Cause = {
  codes: [
    ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "ENOENT", "EHOSTUNREACH"],
    ...["ENETUNREACH", "ENETDOWN", "EAI_AGAIN", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"],
    ...["57P01", "57P02", "57P03", "08000", "08001", "08003", "08006", "53300"],
  ],
  words:
    /^(?:Connection terminated|timeout exceeded when trying|Client has encountered|timeout expired|Query read timeout|Client was closed)/,
  message: "The database did not answer; nothing was changed.",
  hint: "Repeat the call in a moment; greenflag doctor shows whether the database can be reached.",
};

export const UNKNOWN_OUTCOME: Pick<Cause, "message" | "hint"> = {
  message:
    "The database went away while it was saving. It is not known whether this was saved; repeating is safe.",
  hint: "Look at the record, or repeat the call in a moment.",
};

/** Every cause that is told in words of its own; whatever else a database says is a defect of ours. */
export const CAUSES: readonly Cause[] = [
  GONE,
  {
    codes: ["57014", "55P03", "25P03"],
    message: "The database took too long; nothing was changed.",
    hint: "Repeat the call, narrower if it was a search.",
  },
  {
    codes: ["3D000"],
    message: "The database that DATABASE_URL names does not exist on its server.",
    hint: "Make it with createdb, or correct the name at the end of DATABASE_URL.",
  },
  {
    codes: ["28P01", "28000"],
    words: /^SASL: /,
    message: "The PostgreSQL server refused the sign-in that DATABASE_URL holds.",
    hint: "Check its user and password, and that the server's pg_hba.conf lets that user in from here.",
  },
  {
    codes: ["42501"],
    message: "The login that DATABASE_URL holds lacks rights on its database; nothing was changed.",
    hint:
      "To make or update the tables it needs CREATE on the database and on schema public; to work with them USAGE on schemas " +
      "public and drizzle, SELECT on drizzle.__drizzle_migrations, and SELECT, INSERT, UPDATE and DELETE on every table. " +
      "Grant them, or let the owner of the database run greenflag doctor once.",
  },
  {
    codes: ["25006"],
    message: "The database takes no changes: it is a read-only copy.",
    hint: "Point DATABASE_URL at the server that takes them.",
  },
  {
    codes: ["53100", "ENOSPC", "EDQUOT"],
    message: "The disk that the database is on is full; nothing was changed.",
    hint: "Free some space there, then repeat the call.",
  },
  {
    codes: ["DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    words: /^The server does not support SSL connections/,
    message: "The PostgreSQL server was reached, but not in the encrypted way that DATABASE_URL asks for.",
    hint: "Name its certificate with sslrootcert in DATABASE_URL, or correct sslmode.",
  },
];
