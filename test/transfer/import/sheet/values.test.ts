import { describe, expect, it } from "vitest";
import { readSheet } from "../../../../src/transfer/import/read-sheet.ts";

/** Reads one row, each cell under its column. */
async function readRow(row: Readonly<Record<string, string>>, system?: string) {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const csv = `${Object.keys(row).map(quoted).join(",")}\n${Object.values(row).map(quoted).join(",")}`;
  const { people, unclear } = await readSheet(Buffer.from(csv), "people.csv", { system });
  return { person: people[0], application: people[0]?.applications[0], unclear };
}

const ZOE = { Name: "Zoe Ash", Email: "zoe@x.test" };

describe("a name", () => {
  it.each([
    [{ Name: "Zoe Ash" }, "Zoe Ash"],
    [{ "First name": "Zoe", "Last name": "Ash" }, "Zoe Ash"],
    [{ "First name": "Zoe", "Middle name": "Q.", "Last name": "Ash" }, "Zoe Q. Ash"],
    [{ "Name (Last, First)": "Ash, Zoe" }, "Zoe Ash"],
    [{ "Nachname, Vorname": "von Ash, Zoë" }, "Zoë von Ash"],
    [{ Name: "Ash, Zoe" }, "Ash, Zoe"],
    [{ Name: "Ash", Vorname: "Zoe" }, "Zoe Ash"],
    [{ Nom: "Ash", Prénom: "Zoé" }, "Zoé Ash"],
    [{ Nombre: "Zoe", Apellidos: "Ash Elm" }, "Zoe Ash Elm"],
    [{ Name: "Zoe Ash", "First name": "Zoe" }, "Zoe Ash"],
    [{ Name: "Zoe Ash", "First name": "Zoe", "Last name": "Ash" }, "Zoe Ash"],
    [{ Name: "Na" }, "Na"],
    [{ "First name": "Zoe", "Last name": "-" }, "Zoe"],
    [{ Name: "李小龙" }, "李小龙"],
  ])("of %j is %s", async (row, name) => {
    const { person } = await readRow({ ...row, Email: "zoe@x.test" });
    expect(person?.name).toBe(name);
  });
});

describe("an address", () => {
  it.each([
    ["zoe@x.test", "zoe@x.test", []],
    ["mailto:zoe@x.test?subject=Hi", "zoe@x.test", []],
    ["Zoe Ash <zoe@x.test>", "zoe@x.test", []],
    ["zoe@x.test / z@y.test\nZOE@x.test", "zoe@x.test", ["z@y.test"]],
    ["n/a", undefined, []],
  ])("of %j is %s", async (cell, email, otherEmails) => {
    const { person, unclear } = await readRow({ Name: "Zoe Ash", Email: cell });
    expect([person?.email, person?.otherEmails, unclear]).toEqual([email, otherEmails, []]);
  });

  it.each(["zoe(at)x.test", "zoe@", "zoe @ x.test", "zoe@x", "ask Kim"])("%j is none", async (cell) => {
    const { person, unclear } = await readRow({ Name: "Zoe Ash", Email: cell });
    expect([person?.email, unclear]).toEqual([
      undefined,
      [{ where: "row 2", field: "Email", why: `${JSON.stringify(cell)}: is no e-mail address` }],
    ]);
  });

  it("of a second column is a further one", async () => {
    const { person } = await readRow({ ...ZOE, "Email 2": "z@y.test", "Personal email": "z@z.test" });
    expect([person?.email, person?.otherEmails]).toEqual(["zoe@x.test", ["z@y.test", "z@z.test"]]);
  });
});

describe("a telephone number", () => {
  it.each(["+49 (0)30 1234567", "030/1234567", "555-1234", "491701234567"])(
    "%s stands as it is",
    async (cell) => {
      expect((await readRow({ ...ZOE, Phone: cell })).person?.phone).toBe(cell);
    },
  );

  it.each(["4.9E+11", "4,91701E+11", "ask", "12"])("is not %s, which is told", async (cell) => {
    const { person, unclear } = await readRow({ ...ZOE, Phone: cell });
    expect(person?.phone).toBeUndefined();
    expect(unclear).toMatchObject([{ where: "row 2", field: "Phone" }]);
  });

  it("that is a further one is kept in a note", async () => {
    const { person, application } = await readRow({
      ...ZOE,
      Phone: "+49 30 1234567",
      Mobile: "'+49 170 7654321",
    });
    expect(person?.phone).toBe("+49 30 1234567");
    expect(application?.records).toEqual([{ kind: "note", title: "Mobile", text: "+49 170 7654321" }]);
  });
});

describe("a link", () => {
  it.each([
    ["LinkedIn", "https://www.linkedin.com/in/zoe", "https://www.linkedin.com/in/zoe"],
    ["LinkedIn", "linkedin.com/in/zoe", "https://linkedin.com/in/zoe"],
    ["LinkedIn", "/in/zoe", "https://www.linkedin.com/in/zoe"],
    ["GitHub", "zoe-ash", "https://github.com/zoe-ash"],
    ["Website", "zoe.test", "https://zoe.test"],
  ])("of %s %s is %s", async (column, cell, link) => {
    expect((await readRow({ ...ZOE, [column]: cell })).person?.links).toEqual([link]);
  });

  it.each([
    ["LinkedIn", "Zoe Ash"],
    ["Website", "javascript:alert(1)"],
    ["Website", "=HYPERLINK(1)"],
  ])("of %s %s is none", async (column, cell) => {
    const { person, unclear } = await readRow({ ...ZOE, [column]: cell });
    expect([person?.links, unclear]).toMatchObject([[], [{ field: column }]]);
  });
});

describe("how an application stands", () => {
  it.each([
    [{}, { status: "active" }],
    [{ Status: "Rejected" }, { status: "rejected" }],
    [{ Stand: "Abgelehnt" }, { status: "rejected" }],
    [{ Statut: "Embauchée" }, { status: "hired" }],
    [{ Estado: "Retirada" }, { status: "withdrawn" }],
    [{ Status: "Odrzucony" }, { status: "rejected" }],
    [
      { Status: "In progress", Stage: "Onsite" },
      { status: "active", stage: "Onsite" },
    ],
    [{ Status: "Phone screen" }, { status: "active", stage: "Phone screen" }],
    [{ Stage: "Hired" }, { status: "hired" }],
    [{ Status: "Declined" }, { status: "active", stage: "Declined" }],
    [
      { Status: "Closed", Stage: "Onsite" },
      { status: "active", stage: "Closed" },
    ],
    [
      { Stage: "Onsite", "Rejected at": "2026-03-01" },
      { status: "rejected", stage: "Onsite", endedAt: "2026-03-01" },
    ],
    [
      { Stage: "Onsite", "Hired at": "2026-03-01" },
      { status: "hired", stage: "Onsite", endedAt: "2026-03-01" },
    ],
    [{ "Rejection reason": "no Kafka" }, { status: "rejected", reason: "no Kafka" }],
    [{ Rejected: "2026-03-01" }, { status: "rejected", endedAt: "2026-03-01" }],
    [{ Rejected: "x" }, { status: "rejected" }],
    [{ Rejected: "no" }, { status: "active" }],
    [
      { "Stage*": "Onsite", "Archive-Reason": "Withdrew", "Archive-Date": "2026-03-01" },
      { status: "withdrawn", stage: "Onsite", endedAt: "2026-03-01" },
    ],
    [{ "Archive-Reason": "Hired" }, { status: "hired" }],
    [{ Reason: "ten years of Kafka" }, { status: "active" }],
  ])("%j is read as %j", async (row, standing) => {
    const { application, unclear } = await readRow({ ...ZOE, Job: "MLE", ...row });
    const { history, records, role, ...rest } = application ?? {};
    expect(rest).toEqual(standing);
    expect(unclear.filter(({ where }) => !where.startsWith("column"))).toEqual([]);
  });

  it.each([
    [{ Status: "Active", Stage: "Rejected" }, "Status", '"Active": status and stage contradict each other'],
    [
      { Status: "Active", "Rejection reason": "no Kafka" },
      "Rejection reason",
      '"no Kafka": the status says that it goes on',
    ],
    [{ Archived: "yes" }, "Archived", '"yes": it is over, and how is not told'],
    [
      { Stage: "Onsite", "Archive-Date": "2026-03-01" },
      "Archive-Date",
      '"2026-03-01": it is over, and how is not told',
    ],
  ])("%j is unclear: the person is read, with why the application is left out", async (row, field, why) => {
    const { person } = await readRow({ ...ZOE, ...row });
    expect(person?.name).toBe("Zoe Ash");
    expect(person?.applications).toMatchObject([{ unclear: { field, why } }]);
  });
});

describe("other values", () => {
  it("are left out where they are unclear, and the person is kept", async () => {
    const { person, application, unclear } = await readRow({
      ...{ ...ZOE, "Applied on": "31.02.2026", "Stage entered": "03/04/2026", "Time zone": "Mars" },
    });
    expect(person).toMatchObject({ name: "Zoe Ash", email: "zoe@x.test" });
    expect(application).not.toHaveProperty("appliedAt");
    expect(unclear.map(({ field }) => field)).toEqual(["Time zone", "Applied on", "Stage entered"]);
  });

  it("say who is not to be written to, whoever may have asked for it among them", async () => {
    for (const [cell, isMeant] of [
      ["yes", true],
      ["x", true],
      ["no", false],
      ["", false],
      ["ask", true],
    ] as const)
      expect([cell, (await readRow({ ...ZOE, "Do not contact": cell })).person?.doNotContact]).toEqual([
        cell,
        isMeant,
      ]);
  });

  it("are the candidate's own words where the column says so", async () => {
    const { application } = await readRow({ ...ZOE, "Cover letter": "I like\ntrains" });
    expect(application?.records).toEqual([{ kind: "answer", title: "Cover letter", text: "I like\ntrains" }]);
  });

  it("hold ids only where they are those of a tracker", async () => {
    const row = { ...ZOE, "Candidate ID": "7", "Application ID": "9" };
    expect(await readRow(row, "greenhouse")).toMatchObject({
      ...{ person: { id: "candidate 7" }, application: { id: "application 9" } },
    });
    expect((await readRow(row)).person).not.toHaveProperty("id");
  });
});

describe("a cell of a status", () => {
  it.each([
    ["Rejected - not a fit", "rejected", "not a fit"],
    ["Abgelehnt (zu wenig Erfahrung)", "rejected", "zu wenig Erfahrung"],
    ["Withdrew: other offer", "withdrawn", "other offer"],
  ])("can have the reason behind it: %j", async (cell, status, reason) => {
    const { application, unclear } = await readRow({ ...ZOE, Stage: "Phone screen", Status: cell });
    expect(application).toMatchObject({ status, reason, stage: "Phone screen" });
    expect(unclear).toEqual([]);
  });

  it("is told where it may mean two things", async () => {
    const row = { ...ZOE, Stage: "Phone screen", Status: "Rejected - offer declined" };
    const { application, unclear } = await readRow(row);
    expect(application?.status).toBe("active");
    expect(unclear).toEqual([expect.objectContaining({ field: "Status" })]);
  });
});

describe("a column", () => {
  it("of a form's moment and one of the day beside it are one date", async () => {
    const row = { ...ZOE, Timestamp: "11/13/2026 14:05:22", "Date applied": "11/13/2026" };
    const { application, unclear } = await readRow(row);
    expect(application?.appliedAt).toMatch(/^2026-11-13/);
    expect(unclear).toEqual([]);
  });

  it("is known where its name says the same in two languages", async () => {
    const { application } = await readRow({ ...ZOE, "Quelle / Source": "Xing", "Which role?": "MLE" });
    expect(application).toMatchObject({ source: "Xing", role: "MLE" });
    expect((await readRow({ ...ZOE, "Source / Stage": "Xing" })).application?.source).toBeUndefined();
  });
});
