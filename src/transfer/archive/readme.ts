import { DOCUMENTS, HEADER_FILE, SCHEMA_FILE } from "./format.ts";

/** `README.txt`: what the folder is, for somebody who finds it. */
export const README = `This folder is a whole Greenflag workspace: candidates, applications, documents,
interviews, messages and their history, as they were at one moment.

KEEP IT AS CAREFULLY AS THE DATABASE. It holds personal data of candidates, and
addresses of calendars that may be secret. Delete it when it is not needed.

  ${HEADER_FILE}   which release wrote it and when; the size and SHA-256 of each file
  ${SCHEMA_FILE}             the tables and their columns
  NAME.jsonl              the rows of one table, one JSON object a line (UTF-8)
  ${DOCUMENTS}/              the files that candidates sent, as they came; each is
                          named by the id of its document

To make a workspace of it again, on the embedded database or on PostgreSQL:

  greenflag restore FOLDER

The database must be empty. No file here may be changed: a restore compares
every one with its SHA-256, and refuses a folder that is not whole.
`;
