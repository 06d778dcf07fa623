import { describe, expect, it } from "vitest";
import { readPdf } from "../../src/documents/pdf/read.ts";
import { line, lines, type PdfPage, pdfOf } from "../support/pdf.ts";

const read = async (content: string | PdfPage) =>
  readPdf(pdfOf(typeof content === "string" ? { content } : content));
const textOf = async (content: string | PdfPage) => (await read(content)).pages.join("\n");

const SIDE = [
  "SKILLS",
  "Kubernetes, Terraform",
  "MLflow 2.9, KServe 0.11",
  "Python, Go",
  "LANGUAGES",
  "Swedish",
];
const MAIN = [
  "Platform engineer, Larkspur Freight",
  "Ran 14 models in production on",
  "KServe, p99 from 900 ms to 180 ms",
  "after moving them off one shared",
  "node pool; primary on-call in a",
  "1-in-5 weekly rotation",
];
const name = line("Oskar Lindqvist", 60, 780, { size: 18, font: "F2" });
const read2 = ["Oskar Lindqvist", ...SIDE, ...MAIN].join("\n");

describe("two columns", () => {
  const rows = SIDE.map((text, n) => line(text, 60, 740 - n * 16) + line(MAIN[n] ?? "", 260, 740 - n * 16));
  it.each([
    ["one after the other", lines(SIDE, 60, 740) + lines(MAIN, 260, 740)],
    ["the right one first", lines(MAIN, 260, 740) + lines(SIDE, 60, 740)],
    ["row by row", rows.join("")],
    ["bottom-up", [...rows].reverse().join("")],
    ["with lines of their own heights", lines(MAIN, 260, 740, 15) + lines(SIDE, 60, 736, 19)],
  ])("are read one after the other when they are drawn %s", async (_name, content) => {
    expect(await textOf(name + content)).toBe(read2);
  });

  it("end where a line goes across both", async () => {
    const across = line(
      "References are given when they are asked for, by mail or by phone, within a day",
      60,
      600,
    );
    const more =
      lines(["Lisbon", "Porto", "Faro"], 60, 560) +
      lines(
        ["a", "b", "c"].map((x) => `Tax office ${x}`),
        260,
        553,
      );
    expect(await textOf(name + rows.join("") + across + more)).toBe(
      [
        read2,
        "References are given when they are asked for, by mail or by phone, within a day",
        "Lisbon",
        "Porto",
        "Faro",
        "Tax office a",
        "Tax office b",
        "Tax office c",
      ].join("\n"),
    );
  });
});

describe("three even columns", () => {
  const columns = [
    ["Ran 14 models", "in production on", "KServe, primary"],
    ["on-call in a rota", "of five people", "with two others"],
    ["who have moved", "it all off one", "shared node pool"],
  ];
  const drawn = columns.map((texts, n) => lines(texts, 60 + n * 160, 740)).join("");

  it("are read one after the other, and what stands below them after that", async () => {
    const below = line("Speaks Swedish", 60, 676) + line("Education: BSc Physics, Lund University", 60, 644);
    expect(await textOf(name + drawn + below)).toBe(
      [
        "Oskar Lindqvist",
        ...columns.flat(),
        "Speaks Swedish",
        "Education: BSc Physics, Lund University",
      ].join("\n"),
    );
  });

  it("may have a line more in the first", async () => {
    expect(await textOf(name + drawn + line("and a half", 60, 692) + line("Lisbon", 60, 650))).toBe(
      ["Oskar Lindqvist", ...(columns[0] ?? []), "and a half", ...columns.slice(1).flat(), "Lisbon"].join(
        "\n",
      ),
    );
  });
});

describe("what only looks like columns", () => {
  const jobs = [
    ["Platform engineer, Larkspur Freight", "2020 – now"],
    ["Ran 14 models in production", ""],
    ["Data analyst, Ockham Bank", "2018 – 2020"],
    ["Weekly notebooks for the credit desk", ""],
    ["BSc Physics, Lisbon", "2015 – 2018"],
  ] as const;
  const dash = (text: string) => text.replace("–", "\x96");
  const beside = jobs.map(([job, date]) => (date === "" ? job : `${job} ${date}`)).join("\n");
  const table = (columns: readonly (readonly string[])[], xs: readonly number[], order: "row" | "column") => {
    const cells = columns.flatMap((row, y) =>
      row.map((text, x) => ({ x, y, drawn: text === "" ? "" : line(dash(text), xs[x] ?? 0, 740 - y * 16) })),
    );
    return cells
      .sort((a, b) => (order === "row" ? a.y - b.y || a.x - b.x : a.x - b.x || a.y - b.y))
      .map((c) => c.drawn)
      .join("");
  };

  it.each(["row", "column"] as const)("keeps dates beside their entry, drawn %s by %s", async (order) => {
    expect(await textOf(table(jobs, [60, 470], order))).toBe(beside);
    const first = jobs.map(([job, date]) => [date, job]);
    expect(await textOf(table(first, [60, 180], order))).toBe(
      first.map((row) => row.filter((cell) => cell !== "").join(" ")).join("\n"),
    );
  });

  it("keeps labels beside what they name", async () => {
    const rows = [
      ["Languages:", "Python, Go, Rust"],
      ["Serving:", "KServe, Triton, Ray"],
      ["Tracking:", "MLflow, Kubeflow"],
      ["Clouds:", "Hetzner and AWS"],
    ];
    expect(await textOf(table(rows, [60, 180], "row"))).toBe(rows.map((row) => row.join(" ")).join("\n"));
  });

  it("reads a table of three columns row by row", async () => {
    const rows = [
      ["Tool", "Years", "Where"],
      ["KServe", "4", "Larkspur Freight"],
      ["MLflow", "3", "Ockham Bank"],
      ["Ray", "2", "Larkspur Freight"],
    ];
    expect(await textOf(table(rows, [60, 180, 300], "row"))).toBe(
      rows.map((row) => row.join(" ")).join("\n"),
    );
  });

  it("reads a table row by row when its cells begin with small letters", async () => {
    const rows = [
      ["English", "fluent"],
      ["German", "native"],
      ["French", "basic"],
      ["Tool", "all three"],
    ];
    expect(await textOf(table(rows, [60, 180], "row"))).toBe(rows.map((row) => row.join(" ")).join("\n"));
  });

  it("keeps bullets with the lines that wrap after them", async () => {
    const bullets = [
      "Ran 14 models on KServe",
      "Cut p99 from 900 ms to",
      "180 ms in a quarter",
      "Primary on-call",
    ];
    const content = bullets
      .map((text, n) => (n === 2 ? "" : line("\x95", 60, 740 - n * 16)) + line(text, 84, 740 - n * 16))
      .join("");
    expect(await textOf(content)).toBe(
      "• Ran 14 models on KServe\n• Cut p99 from 900 ms to\n180 ms in a quarter\n• Primary on-call",
    );
  });
});

describe("words", () => {
  /** Where the letters of KServe start in Helvetica of 11 points. */
  const STARTS = [0, 7.34, 14.67, 20.79, 24.45, 29.95];
  const sign = (letter: string, x: number, y = 740) => line(letter, x, y);
  it("are parted by gaps when no spaces are drawn", async () => {
    const moved =
      "BT /F1 11 Tf 60 740 Td [(Ran) -300 (14) -260 (models) -250 (in) -240 (production)] TJ ET\n";
    expect(await textOf(moved)).toBe("Ran 14 models in production");
  });

  it("are whole when each letter is drawn alone, and from the last to the first", async () => {
    const letters = [..."KServe"].map((letter, n) => sign(letter, 60 + (STARTS[n] ?? 0)));
    expect(await textOf(letters.join(""))).toBe("KServe");
    expect(await textOf(letters.reverse().join(""))).toBe("KServe");
  });

  it("keep what stands higher, and are not torn by a change of font", async () => {
    expect(
      await textOf(`BT /F1 11 Tf 60 740 Td (10) Tj 4 Ts /F1 7 Tf (2) Tj 0 Ts /F2 11 Tf ( users) Tj ET`),
    ).toBe("102 users");
  });

  it.each([
    [
      "by the spacing of letters",
      "BT /F1 11 Tf 2.4 Tc 60 740 Td (Ran 14 models in production on KServe) Tj ET",
    ],
    [
      "by typed spaces",
      "BT /F1 11 Tf 60 740 Td (R a n   1 4   m o d e l s   i n   p r o d u c t i o n   o n   K S e r v e) Tj ET",
    ],
    [
      "by moves",
      "BT /F1 11 Tf 60 740 Td [(R)-200(a)-200(n)-900(1)-200(4)-900(m)-200(o)-200(d)-200(e)-200(l)-200(s)] TJ ET",
    ],
  ])("that are spaced out %s are joined", async (how, content) => {
    const { pages, warnings } = await read(content);
    expect(pages[0]).toBe(how === "by moves" ? "Ran 14 models" : "Ran 14 models in production on KServe");
    expect(warnings).toEqual([]);
  });

  it("that are spaced out without any wider gap are read with a warning", async () => {
    const spaced = [..."Ran14modelsinproductiononKServe011"].join(" ");
    expect(await read(`BT /F1 11 Tf 60 740 Td (${spaced}) Tj ET`)).toMatchObject({
      warnings: ["letter_spaced"],
    });
  });

  it("without any spaces are read with a warning", async () => {
    const runTogether =
      "RanfourteenmodelsinproductiononKServewithaprimaryoncallrotationofoneinfiveweeks".repeat(2);
    expect(await read(line(runTogether, 20, 740, { size: 5 }))).toMatchObject({ warnings: ["no_spaces"] });
  });

  it("that are printed over others stay whole", async () => {
    const over = line("Ran 14 models", 60, 740) + line("on call", 90, 740);
    expect(await textOf(over)).toBe("Ran 14 models on call");
  });

  it("that are turned are read in their own direction", async () => {
    const content = `${lines(["Ran 14 models", "On call"], 60, 740)}BT /F1 11 Tf 0 1 -1 0 40 300 Tm (Curriculum vitae) Tj ET\n`;
    expect(await textOf(content)).toBe("Ran 14 models\nOn call\nCurriculum vitae");
    expect(await textOf({ content: lines(["Ran 14 models", "On call"], 60, 740), rotate: 90 })).toBe(
      "Ran 14 models\nOn call",
    );
  });
});
