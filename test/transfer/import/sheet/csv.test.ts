import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadSheetWords } from "../../../../src/catalog/sheet-words.ts";
import { readSheet } from "../../../../src/transfer/import/read-sheet.ts";
import { readCsv } from "../../../../src/transfer/import/sheet/csv.ts";
import { textOf } from "../../../../src/transfer/import/sheet/table.ts";

const { header } = loadSheetWords();
const read = (text: string | Uint8Array, dates?: "DMY" | "MDY" | "YMD", name = "people.csv") =>
  readSheet(typeof text === "string" ? Buffer.from(text) : text, name, { dates });
const latin = (text: string) => Buffer.from(text, "latin1");

describe("a text sheet", () => {
  it("becomes people with all that their rows say", async () => {
    const sheet = await read(
      [
        "First Name,Last Name,Email,Phone,LinkedIn,GitHub,City,Job,Stage,Source,Referred by,Recruiter,Tags,Applied on,",
        "Notes,Salary expectation,Currency\n",
        'Zoe,Ash,"mailto:zoe@x.test; zoe.ash@y.test",+49 30 1234567,linkedin.com/in/zoeash,@zoe,Lisbon,MLE,Phone screen,',
        'Referral,Kim Low,ada@example.test,"ml, ops",2026-03-01,=SUM(A1),70000,EUR',
      ].join(""),
    );
    expect(sheet.people).toEqual([
      {
        where: "row 2",
        name: "Zoe Ash",
        email: "zoe@x.test",
        otherEmails: ["zoe.ash@y.test"],
        phone: "+49 30 1234567",
        links: ["https://linkedin.com/in/zoeash", "https://github.com/zoe"],
        location: "Lisbon",
        tags: ["ml", "ops"],
        doNotContact: false,
        files: [],
        records: [],
        applications: [
          {
            role: "MLE",
            stage: "Phone screen",
            status: "active",
            appliedAt: "2026-03-01",
            source: "Referral",
            referredBy: "Kim Low",
            owner: "ada@example.test",
            history: [],
            records: [
              { kind: "note", title: "Notes", text: "=SUM(A1)" },
              { kind: "note", title: "Salary expectation", text: "70000 EUR" },
            ],
          },
        ],
      },
    ]);
    expect(sheet.unclear).toEqual([]);
    expect(sheet.recognised.slice(0, 2)).toEqual([
      { what: "people.csv", as: "1 rows, 1 of them people (comma, UTF-8)" },
      { what: "First Name", as: "first name" },
    ]);
  });

  it("as Excel in Europe writes it has semicolons, a mark at its start and Windows-1252", async () => {
    const rows = "Vorname;Nachname;E-Mail;Beworben am;Stand\r\nZoë;Müller;zoe@x.test;03.04.2026;Absage\r\n";
    const expected = { name: "Zoë Müller", email: "zoe@x.test" };
    for (const bytes of [
      latin(rows),
      Buffer.from(`\ufeff${rows}`),
      Buffer.from(`\ufeffsep=;\r\n${rows}`),
      Buffer.from(`\ufeff${rows}`, "utf16le"),
      Buffer.from(rows, "utf16le"),
    ]) {
      const { people, unclear } = await read(bytes);
      expect(people).toMatchObject([
        { ...expected, applications: [{ status: "rejected", appliedAt: "2026-04-03" }] },
      ]);
      expect(unclear).toEqual([]);
    }
  });

  it("comes back the same in any encoding, with any delimiter", () => {
    const latinText = fc.string({
      unit: fc.constantFrom(..."aZ9 äéñß€\"',;\t|\n=+-@<&."),
      minLength: 1,
      maxLength: 12,
    });
    const wideText = fc.oneof(latinText, fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }));
    const tableOf = (cell: fc.Arbitrary<string>) =>
      fc
        .integer({ min: 1, max: 5 })
        .chain((width) =>
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
        );
    const clean = (text: string) => text.replace(/[\p{Cc}\ufeff]/gu, (sign) => (sign === "\n" ? sign : ""));
    const written = (rows: readonly (readonly string[])[], delimiter: string, eol: string) =>
      [["Name", "Email", "Phone", "Job", "Stage"], ...rows]
        .map((row) => row.map((cell) => `"${clean(cell).replaceAll('"', '""')}"`).join(delimiter))
        .join(eol);
    const windows = (text: string) => Buffer.from(text.replaceAll("€", "\u0080"), "latin1");
    const encodings = {
      utf8: (text: string) => Buffer.from(text),
      bom: (text: string) => Buffer.from(`\ufeff${text}`),
      utf16le: (text: string) => Buffer.from(`\ufeff${text}`, "utf16le"),
      utf16be: (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    };
    const delimiter = fc.constantFrom(",", ";", "\t", "|");
    const eol = fc.constantFrom("\n", "\r\n", "\r");
    const check = (rows: readonly (readonly string[])[], text: string, encode: (text: string) => Buffer) => {
      const back = readCsv(encode(text), header).rows.slice(1);
      const filled = rows
        .map((row) => row.map((cell) => clean(cell).trim()))
        .filter((row) => row.some((cell) => cell !== ""));
      expect(back.map(({ cells }) => cells.map(textOf))).toEqual(filled);
    };
    fc.assert(
      fc.property(
        tableOf(wideText),
        delimiter,
        eol,
        fc.constantFrom(...Object.values(encodings)),
        (rows, sign, end, encode) => check(rows, written(rows, sign, end), encode),
      ),
    );
    // Letters that stand alone between others: three accents in a row are taken for another alphabet.
    const accented = fc.constantFrom("Zoë", "Müller", "Peña", "50 €", "Weiß; Ash", 'a "b" c', "=1+1", "x\ny");
    fc.assert(
      fc.property(tableOf(accented), delimiter, eol, (rows, sign, end) =>
        check(rows, written(rows, sign, end), windows),
      ),
    );
  });

  it("may have its names in a later row, and rows that tell how it is filled in", async () => {
    const { people, unclear } = await read(
      `Candidate import,,,,,admin@example.test
Full name,Email,Phone,Job,Stage,Applied
Required. First and last name,Required. One address,Optional,Please enter the name of the job,,
Example: Ada Low,,Format: +1 555,,,
Zoe Ash,zoe@x.test,,MLE,New,2026-03-01`,
    );
    expect(people.map(({ name, where }) => [where, name])).toEqual([["row 5", "Zoe Ash"]]);
    expect(unclear).toEqual([
      { where: "rows 3-4", why: "tells how the sheet is filled in: the row is left out" },
    ]);
  });

  it("tells rows of nobody, and leaves them out", async () => {
    const { people, unclear } = await read(
      `Name,Email,Job
Engineers,,
Zoe Ash,zoe@x.test,MLE
Name,Email,Job

,kim@x.test,MLE
12,lee@x.test,MLE
Ash, Zoe,zoe@x.test,MLE
Total: 3,,`,
    );
    expect(people.map(({ where }) => where)).toEqual(["row 3"]);
    expect(unclear).toEqual([
      { where: "rows 2, 9", why: "has one cell only: a heading, a sum or a remark: the row is left out" },
      { where: "row 4", why: "holds the names of the columns again: the row is left out" },
      { where: "rows 6-7", why: "there is no name: the row is left out" },
      { where: "row 7", field: "Name", why: '"12": is no name' },
      { where: "row 8", why: "has more cells than there are columns: the row is left out" },
    ]);
  });

  it("tells a row that is cut short, and reads it", async () => {
    const { people, unclear } = await read("Name,Email,Job\nZoe Ash,zoe@x.test,MLE\nKim Low,kim@x");
    expect(people.map(({ name, email }) => [name, email])).toEqual([
      ["Zoe Ash", "zoe@x.test"],
      ["Kim Low", undefined],
    ]);
    expect(unclear.map(({ where, why }) => [where, why])).toEqual([
      ["row 3", "has fewer cells than there are columns: the rest counts as empty"],
      ["row 3", '"kim@x": is no e-mail address'],
    ]);
  });

  it("tells a column that stands twice: what is filled counts, and where they differ nothing does", async () => {
    const { people, unclear } = await read(
      "Name,Email,Email\nZoe Ash,zoe@x.test,\nKim Low,,kim@x.test\nLee Oak,lee@x.test,oak@x.test\nAda Elm,ada@x.test,ada@x.test",
    );
    expect(people.map(({ email }) => email)).toEqual(["zoe@x.test", "kim@x.test", undefined, "ada@x.test"]);
    expect(unclear).toEqual([
      {
        where: 'column "Email"',
        why: "stands over more than one column: what is filled counts, where they differ nothing does",
      },
      { where: "row 4", field: "Email and Email", why: "two columns say different things" },
    ]);
  });

  it("keeps columns that it does not know, or that must not matter, in nobody's record, and names them", async () => {
    const { people, unclear } = await read(
      "Name,Email,Shoe size,Gender,Date of birth,\nZoe Ash,zoe@x.test,40,female,1990-01-01,odd",
    );
    expect(JSON.stringify(people)).not.toMatch(/female|1990|40|odd/);
    expect(unclear).toEqual([
      {
        where: 'columns "Gender", "Date of birth"',
        why: "must not matter in hiring, and is never imported: left out",
      },
      { where: 'columns "Shoe size", "F"', why: "no field is known by this name: left out" },
    ]);
  });

  it("of what must not matter in hiring is refused as a whole", async () => {
    const refused = /never imported/;
    await expect(
      read("Candidate ID,Job,Gender,Race,Veteran status,Disability\n1,MLE,f,x,no,no"),
    ).rejects.toThrow(refused);
    await expect(
      read(
        "Name,Email,Job,Stage,Source,Gender\nZoe Ash,z@x.test,MLE,New,Site,f",
        undefined,
        "eeoc_report.csv",
      ),
    ).rejects.toThrow(refused);
  });

  it.each([
    ["", "is empty"],
    ["\n\n", "is empty"],
    ["a,b\n1,2", "No row of the sheet names a column of people"],
    ["seed,0xdead\n0,1", "No row of the sheet names a column of people"],
    ['Name,Email\n"Zoe Ash,zoe@x.test\nKim Low,kim@x.test', "is opened and never closed"],
    [Buffer.from([...Buffer.from("Name,Email\n"), ...new Array(50).fill(0)]), "is no text"],
    [Buffer.from("Name,Email\nZoe,z@x.test", "utf16le").subarray(0, 41), "is no text"],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), "old Excel"],
    [
      latin("Imi\u00ea i nazwisko,Email\n\u00a3ukasz Low,a@x.test\nPawe\u00b3 Ash,b@x.test"),
      "an encoding that is not read",
    ],
  ])("%j is refused, and why is said", async (text, why) => {
    await expect(read(text)).rejects.toThrow(why);
  });

  it("of more rows than the limit is refused before they are read", async () => {
    const rows = "Name,Email\n".concat("Zoe Ash,zoe@x.test\n".repeat(1_000_000));
    await expect(read(rows)).rejects.toThrow("more than 100,000 rows");
  });

  it("tells cells with NUL, and leaves them out", async () => {
    const rows = Array.from({ length: 20 }, (_, n) => `Zoe Ash,zoe${n}@x.test,a note of hers\n`).join("");
    const { people, unclear } = await read(`Name,Email,Notes\n${rows}Kim Low,kim@x.test,a\0b`);
    expect(people.at(-1)?.applications[0]?.records).toEqual([]);
    expect(unclear).toEqual([
      { where: "row 22", field: "Notes", why: "holds NUL or another control character" },
    ]);
  });

  it("of two encodings is read line by line, and the odd lines are told", async () => {
    const bytes = Buffer.concat([
      Buffer.from("Name,Email\nZoë Ash,z@x.test\n"),
      latin("Kim Müller,k@x.test\n"),
    ]);
    const { people, unclear } = await read(bytes);
    expect(people.map(({ name }) => name)).toEqual(["Zoë Ash", "Kim Müller"]);
    expect(unclear).toEqual([
      { where: "row 3", why: "is Windows-1252 in a file of UTF-8: look at its accents" },
    ]);
  });

  it("tells a name that was read wrongly before it came here", async () => {
    const { unclear } = await read("Name,Email\nKim MÃ¼ller,k@x.test");
    expect(unclear[0]?.why).toMatch(/wrong encoding/);
  });
});
