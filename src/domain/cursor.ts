import { DomainError } from "./errors.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An opaque position in a list, made from the id of the last row of a page. */
export function encodeCursor(id: string): string {
  return Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
}

/** The id in a cursor. @throws DomainError `invalid` for a text that this server did not make. */
export function decodeCursor(cursor: string): string {
  const hex = Buffer.from(cursor, "base64url").toString("hex");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  if (UUID.test(id)) return id;
  throw new DomainError(
    "invalid",
    "cursor: not one of ours.",
    "Pass next_cursor from the last page, or leave it out to start over.",
  );
}
