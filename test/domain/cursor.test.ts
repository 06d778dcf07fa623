import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "../../src/domain/cursor.ts";

describe("a cursor", () => {
  it("comes back as the id it was made from", () => {
    const id = uuidv7();
    expect(decodeCursor(encodeCursor(id))).toBe(id);
  });

  it.each(["", "x", "2", "../../etc/passwd", "AAAA", "' or 1=1 --", "😀"])("refuses %j", (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});
