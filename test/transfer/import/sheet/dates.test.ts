import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadSheetWords } from "../../../../src/catalog/sheet-words.ts";
import { type DateOrder, dateReader } from "../../../../src/transfer/import/sheet/dates.ts";

const words = loadSheetWords().cell;

/** Each text of a column as its day, or as `?` and why it is none. */
function readAll(column: readonly string[], order?: DateOrder): string[] {
  const read = dateReader(column, words, order);
  return column.map((text) => {
    const date = read(text);
    return "moment" in date ? date.moment : `? ${date.why}`;
  });
}

describe("a date", () => {
  it.each([
    ["2026-03-01", "2026-03-01"],
    ["2026-3-1", "2026-03-01"],
    ["2026/03/01", "2026-03-01"],
    ["20260301", "2026-03-01"],
    ["01.03.2026", "2026-03-01"],
    ["1. 3. 2026", "2026-03-01"],
    ["1.3.26", "2026-03-01"],
    ["2026-03-01T14:30:00Z", "2026-03-01T14:30:00.000Z"],
    ["2026-03-01 14:30:00 +0100", "2026-03-01T13:30:00.000Z"],
    ["2026-03-01T14:30:00.123456+01:00", "2026-03-01T13:30:00.000Z"],
    ["1772373600000", "2026-03-01T14:00:00.000Z"],
    ["2026-03-01 14:30", "2026-03-01"],
    ["01.03.2026, 14:30 Uhr", "2026-03-01"],
    ["25/03/2026 2:30 PM", "2026-03-25"],
    ["3/25/2026", "2026-03-25"],
    ["05/05/2026", "2026-05-05"],
    ["1 March 2026", "2026-03-01"],
    ["March 1st, 2026", "2026-03-01"],
    ["Mar-01-2026", "2026-03-01"],
    ["1-Mar-26", "2026-03-01"],
    ["Sun, 1 Mar 2026 09:00:00 GMT", "2026-03-01"],
    ["1. März 2026", "2026-03-01"],
    ["Montag, 2. März 2026", "2026-03-02"],
    ["1er mars 2026", "2026-03-01"],
    ["1 de marzo de 2026", "2026-03-01"],
    ["1 maart 2026", "2026-03-01"],
    ["1 marca 2026", "2026-03-01"],
    ["29.02.2028", "2028-02-29"],
  ])("%s is %s", (text, day) => {
    expect(readAll([text])).toEqual([day]);
  });

  it.each([
    "03/04/2026",
    "03-04-2026",
    "31.02.2026",
    "29.02.2026",
    "32.01.2026",
    "2026-13-01",
    "13/13/2026",
    "01.03.76",
    "04/05/06",
    "13/04/26",
    "45717",
    "1772373600",
    "March 2026",
    "2026-03",
    "2026",
    "last week",
    "1 March",
    "01.03.0026",
    "1.3.",
  ])("%s alone is unclear", (text) => {
    expect(readAll([text])[0]).toMatch(/^\? /);
  });

  it("with slashes is read by a row of its column whose day is over twelve", () => {
    expect(readAll(["03/04/2026", "25/03/2026"])).toEqual(["2026-04-03", "2026-03-25"]);
    expect(readAll(["03/04/2026", "03/25/2026"])).toEqual(["2026-03-04", "2026-03-25"]);
    expect(readAll(["03/04/26", "25/03/2026"])).toEqual(["2026-04-03", "2026-03-25"]);
  });

  it("with slashes is not read by a row with full stops or dashes", () => {
    expect(readAll(["03/04/2026", "25.03.2026", "25-03-2026"])[0]).toMatch(/^\? /);
  });

  it("is unclear where its column has both orders, and those of one order only are read", () => {
    const [unclear, ...others] = readAll(["03/04/2026", "25/03/2026", "03/25/2026"]);
    expect(unclear).toMatch(/^\? the column has dates with the day first and dates with the month first/);
    expect(others).toEqual(["2026-03-25", "2026-03-25"]);
  });

  it("is read in the order that is given, and is unclear where it has none in it", () => {
    expect(readAll(["03/04/2026", "03-04-26"], "DMY")).toEqual(["2026-04-03", "2026-04-03"]);
    expect(readAll(["03/04/2026"], "MDY")).toEqual(["2026-03-04"]);
    expect(readAll(["26/03/04"], "YMD")).toEqual(["2026-03-04"]);
    expect(readAll(["03/25/2026"], "DMY")[0]).toMatch(/^\? is no day in the order/);
    expect(readAll(["03.04.2026"], "MDY")).toEqual(["2026-04-03"]);
  });

  it("comes back as it was, however it is written", () => {
    const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2069-12-31"), noInvalidDate: true });
    const two = (n: number) => String(n).padStart(2, "0");
    const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
    fc.assert(
      fc.property(fc.array(day, { minLength: 1 }), (dates) => {
        const isos = dates.map((date) => date.toISOString().slice(0, 10));
        const parts = isos.map((iso) => iso.split("-").map(Number) as [number, number, number]);
        const dots = parts.map(([y, m, d]) => `${two(d)}.${two(m)}.${y}`);
        const named = parts.map(([y, m, d]) => `${d} ${months[m - 1]} ${y}`);
        const slashes = parts.map(([y, m, d]) => `${d}/${m}/${y}`);
        expect(readAll(isos)).toEqual(isos);
        expect(readAll(dots)).toEqual(isos);
        expect(readAll(named)).toEqual(isos);
        expect(readAll([...slashes, "31/12/2026"]).slice(0, -1)).toEqual(isos);
        expect(readAll(slashes, "DMY")).toEqual(isos);
        // What is read without being told the order is never another day.
        readAll(slashes).forEach((read, n) => {
          if (!read.startsWith("?")) expect(read).toBe(isos[n]);
        });
      }),
    );
  });
});
