import { describe, expect, it } from "vitest";
import { readSheet } from "../../../../src/transfer/import/read-sheet.ts";
import { zipOf } from "../../../support/docx.ts";
import { dateCell, formula, type MadeSheet, workbookOf } from "../../../support/workbook.ts";

const read = (sheets: readonly MadeSheet[], made?: Parameters<typeof workbookOf>[1]) =>
  readSheet(workbookOf(sheets, made), "people.xlsx", {});
const HEAD = ["Name", "Email", "Job", "Applied on"];

/** 1 March 2026. */
const SERIAL = 46_082;

describe("a workbook", () => {
  it("becomes people, its dates by the style of their cells", async () => {
    const { people, unclear, recognised } = await read([
      {
        name: "Pipeline",
        rows: [
          HEAD,
          ["Zoe Ash", "zoe@x.test", "MLE", dateCell(SERIAL)],
          ["Kim Low", "kim@x.test", "MLE", dateCell(SERIAL + 0.75, 2)],
          ["Lee Oak", "lee@x.test", "MLE", SERIAL],
          ["Ada Elm", "ada@x.test", "MLE", dateCell(0.5, 3)],
          ["Bo Fir", "bo@x.test", "MLE", dateCell(7)],
          ["Cy Yew", "cy@x.test", "MLE", "1.3.2026"],
        ],
      },
    ]);
    expect(people.map(({ where, name, applications }) => [where, name, applications[0]?.appliedAt])).toEqual([
      ["row 2", "Zoe Ash", "2026-03-01"],
      ["row 3", "Kim Low", "2026-03-01"],
      ["row 4", "Lee Oak", undefined],
      ["row 5", "Ada Elm", undefined],
      ["row 6", "Bo Fir", undefined],
      ["row 7", "Cy Yew", "2026-03-01"],
    ]);
    expect(unclear).toEqual([
      { where: "rows 4-5", field: "Applied on", why: 'such as "46082": is a number, and not a date' },
      { where: "row 6", field: "Applied on", why: '"7": is shown as a date, and is none' },
    ]);
    expect(recognised[0]).toEqual({ what: "people.xlsx", as: "6 rows, 6 of them people (Pipeline)" });
  });

  it("may count its days from 1904", async () => {
    const rows = [HEAD, ["Zoe Ash", "zoe@x.test", "MLE", dateCell(SERIAL - 1_462)]];
    const { people } = await read([{ rows }], { is1904: true });
    expect(people[0]?.applications[0]?.appliedAt).toBe("2026-03-01");
  });

  it("has its formulas never worked out: what was kept counts, and without that the cell is unclear", async () => {
    const { people, unclear } = await read([
      {
        rows: [
          HEAD,
          [formula('CONCAT("Zoe"," Ash")', "Zoe Ash"), formula("A1&A2"), formula('""', ""), ""],
          [
            "=1+1 Kim",
            "kim@x.test",
            { xml: "<c><f>1/0</f><v></v></c>" },
            { xml: '<c t="e"><v>#REF!</v></c>' },
          ],
        ],
      },
    ]);
    expect(people).toMatchObject([{ name: "Zoe Ash" }, { name: "=1+1 Kim", email: "kim@x.test" }]);
    const why = "is a formula whose value was not kept in the file; formulas are not worked out";
    expect(unclear).toEqual([
      { where: "row 2", field: "Email", why },
      { where: "row 3", field: "Applied on", why: "holds an error of the sheet program" },
      { where: "row 3", field: "Job", why },
    ]);
  });

  it("holds text in several ways, and links behind it", async () => {
    const rich = '<c t="inlineStr"><is><r><t>Zoë </t></r><r><t>Ash</t></r><rPh><t>no</t></rPh></is></c>';
    const { people } = await read([
      {
        rows: [
          ["Name", "Email", "LinkedIn", "Phone", "Notes"],
          [{ xml: rich }, "write", "Profile", 491_701_234_567, "a_x000D_\nb &lt; c &amp; d"],
        ],
        links: { B2: "mailto:zoe@x.test", C2: "https://www.linkedin.com/in/zoe?a=1&b=2" },
      },
    ]);
    expect(people).toMatchObject([
      {
        name: "Zoë Ash",
        email: "zoe@x.test",
        phone: "491701234567",
        links: ["https://www.linkedin.com/in/zoe?a=1&b=2"],
        applications: [{ records: [{ text: "a\r\nb &lt; c &amp; d" }] }],
      },
    ]);
  });

  it("with several worksheets is read by the one with people; the others are told", async () => {
    const { people, unclear } = await read([
      { name: "Read me", rows: [["How to fill this in"], ["One row a person"]] },
      { name: "Sales", rows: [HEAD, ["Kim Low", "kim@x.test", "Sales", ""]] },
      {
        name: "Engineers",
        rows: [HEAD, ["Zoe Ash", "z@x.test", "MLE", ""], ["Lee Oak", "l@x.test", "MLE", ""]],
      },
      { name: "Old", state: "hidden", rows: [HEAD, ["Ada Elm", "a@x.test", "MLE", ""]] },
    ]);
    expect(people.map(({ name }) => name)).toEqual(["Zoe Ash", "Lee Oak"]);
    expect(unclear).toEqual([
      { where: 'worksheet "Old"', why: "is hidden in the workbook, and not read" },
      { where: 'worksheet "Sales"', why: "holds people too, and is not read: save it as a file of its own" },
      { where: 'worksheet "Read me"', why: "is not read" },
    ]);
  });

  it("has its hidden rows and columns read like the others, and told", async () => {
    const { people, unclear } = await read([
      {
        rows: [HEAD, ["Zoe Ash", "z@x.test", "MLE", ""], ["Kim Low", "k@x.test", "MLE", ""]],
        hiddenRows: [3],
        hiddenColumns: [2],
      },
    ]);
    expect(people.map(({ email }) => email)).toEqual(["z@x.test", "k@x.test"]);
    const why = "is hidden in the sheet, and read like the others";
    expect(unclear).toEqual([
      { where: 'column "Email"', why },
      { where: "row 3", why },
    ]);
  });

  it("may have merged cells over its columns, and down its rows", async () => {
    const { people, unclear } = await read([
      {
        rows: [
          ["Candidate", "", "", "Process", ""],
          ["Name", "", "Email", "Job", "Stage"],
          ["Zoe", "Ash", "z@x.test", "MLE", "Screen"],
          ["Kim", "Low", "k@x.test", "", "Onsite"],
        ],
        merges: ["A1:C1", "D1:E1", "A2:B2", "D3:D4"],
      },
    ]);
    expect(people.map(({ name, applications }) => [name, applications[0]?.role])).toEqual([
      ["Zoe Ash", "MLE"],
      ["Kim Low", "MLE"],
    ]);
    expect(unclear).toEqual([]);
  });

  it("may have names of columns that reach over two rows", async () => {
    const { people } = await read([
      {
        rows: [
          ["Name", "Contact", "", "Job"],
          ["", "Email", "Phone", ""],
          ["Zoe Ash", "z@x.test", "+49 30 1234567", "MLE"],
        ],
        merges: ["A1:A2", "B1:C1", "D1:D2"],
      },
    ]);
    expect(people).toMatchObject([
      { name: "Zoe Ash", email: "z@x.test", phone: "+49 30 1234567", applications: [{ role: "MLE" }] },
    ]);
  });

  it("keeps the numbers of its rows over empty ones", async () => {
    const { people } = await read([
      { rows: [[], HEAD, [], ["", "", "", ""], ["Zoe Ash", "z@x.test", "MLE", ""]] },
    ]);
    expect(people.map(({ where }) => where)).toEqual(["row 5"]);
  });

  it("that unpacks to too much, or has too many rows, is refused before it is read", async () => {
    const row = `<row>${'<c t="inlineStr"><is><t>Zoe Ash</t></is></c>'.repeat(2)}</row>`;
    const book = (sheet: string) => {
      const index = '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="a"/></sheets></workbook>';
      const target =
        '<Relationships><Relationship Id="a" Type="x/worksheet" Target="a.xml"/></Relationships>';
      return zipOf({ "xl/workbook.xml": index, "xl/_rels/workbook.xml.rels": target, "xl/a.xml": sheet });
    };
    const rows = book(`<worksheet><sheetData>${row.repeat(150_000)}</sheetData></worksheet>`);
    await expect(readSheet(rows, "a.xlsx", {})).rejects.toThrow("more than 100,000 rows");
    const inflatedTo = (bytes: number) => {
      const archive = Buffer.from(book("<worksheet></worksheet>"));
      archive.writeUInt32LE(bytes, archive.lastIndexOf("PK\u0001\u0002") + 24);
      return archive;
    };
    await expect(readSheet(inflatedTo(500_000_000), "a.xlsx", {})).rejects.toThrow("unpacks to more");
    await expect(readSheet(inflatedTo(3), "a.xlsx", {})).rejects.toThrow("damaged, or cut off");
  });

  it("that is damaged, cut off or something else is refused", async () => {
    const whole = workbookOf([{ rows: [HEAD, ["Zoe Ash", "z@x.test", "MLE", ""]] }]);
    await expect(readSheet(whole.subarray(0, whole.length / 2), "a.xlsx", {})).rejects.toThrow(
      "damaged, or cut off",
    );
    await expect(readSheet(zipOf({ "word/document.xml": "<w/>" }), "a.xlsx", {})).rejects.toThrow(
      "no workbook",
    );
  });

  it("has entities of its own left as they stand", async () => {
    const parts = {
      "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="a"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="a" Type="x/worksheet" Target="a.xml"/></Relationships>',
      "xl/a.xml": `<!DOCTYPE a [<!ENTITY b "bomb">]><worksheet><sheetData>
        <row><c t="str"><v>Name</v></c><c t="str"><v>Email</v></c></row>
        <row><c t="str"><v>Zoe &b; Ash</v></c><c t="str"><v>z@x.test</v></c></row></sheetData></worksheet>`,
    };
    const { people } = await readSheet(zipOf(parts), "a.xlsx", {});
    expect(people.map(({ name }) => name)).toEqual(["Zoe &b; Ash"]);
  });
});
