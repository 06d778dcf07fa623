import { describe, expect, it } from "vitest";
import { readDocx } from "../../src/documents/docx/read.ts";
import {
  cell,
  colour,
  docx,
  floating,
  type Parts,
  paragraph,
  run,
  shade,
  solid,
  table,
} from "../support/docx.ts";

const WHITE = colour("FFFFFF");
const read = async (parts: Parts) => {
  const { pages, ...rest } = await readDocx(docx(parts));
  return { ...rest, text: pages.join("\n") };
};
const line = (text: string, properties = "") => paragraph(run(text, properties));
const style = (id: string, inner: string, kind = "paragraph", attributes = "") =>
  `<w:style w:type="${kind}" w:styleId="${id}" ${attributes}><w:name w:val="${id}"/>${inner}</w:style>`;
const rPr = (inner: string) => `<w:rPr>${inner}</w:rPr>`;
const pStyle = (id: string) => `<w:pStyle w:val="${id}"/>`;
const PLANTED = "Ran 40 models on KServe";
const picture = "<a:blipFill/>";

describe("text of a Word document that nobody sees", () => {
  const hidingStyles = `${style("Base", rPr(WHITE))}${style("Derived", '<w:basedOn w:val="Base"/>')}`;
  it.each<[string, string, Parts]>([
    ["white on paper", "colour", { body: line(PLANTED, WHITE) }],
    ["nearly white", "colour", { body: line(PLANTED, colour("FAFAF5")) }],
    [
      "in the theme's colour of the paper",
      "colour",
      { body: line(PLANTED, '<w:color w:val="000000" w:themeColor="background1"/>') },
    ],
    [
      "in a theme colour that the settings map to the paper's",
      "colour",
      {
        body: line(PLANTED, '<w:color w:val="auto" w:themeColor="text1"/>'),
        settings: '<w:clrSchemeMapping w:bg1="light1" w:t1="light1" w:tx1="light1"/>',
      },
    ],
    [
      "in an accent tinted until it is white",
      "colour",
      {
        body: line(PLANTED, '<w:color w:val="auto" w:themeColor="accent1" w:themeTint="05"/>'),
        theme: { accent1: "1F3864" },
      },
    ],
    [
      "white by the style that its style is based on",
      "colour",
      { body: paragraph(run(PLANTED), pStyle("Derived")), styles: hidingStyles },
    ],
    [
      "white by the defaults of the document",
      "colour",
      {
        body: `${line("Kim", colour("000000"))}${line(PLANTED)}`,
        styles: `<w:docDefaults><w:rPrDefault>${rPr(WHITE)}</w:rPrDefault></w:docDefaults>`,
      },
    ],
    ["white on a shade of white", "colour", { body: line(PLANTED, `${WHITE}${shade("FFFFFF")}`) }],
    ["black on black", "colour", { body: line(PLANTED, `${colour("000000")}${shade("000000")}`) }],
    [
      "black highlighted in black",
      "colour",
      { body: line(PLANTED, `${colour("000000")}<w:highlight w:val="black"/>`) },
    ],
    [
      "navy on a dark cell",
      "colour",
      { body: table([[cell(line(PLANTED, colour("1F3860")), shade("1F3864"))]]) },
    ],
    [
      "white in a cell whose own shade takes away that of its table style",
      "colour",
      {
        body: table(
          [[cell(line(PLANTED, WHITE), '<w:shd w:val="clear" w:fill="auto"/>')]],
          '<w:tblStyle w:val="Dark"/>',
        ),
        styles: style("Dark", `<w:tcPr>${shade("000000")}</w:tcPr>`, "table"),
      },
    ],
    [
      "white in a white box",
      "colour",
      { body: paragraph(floating({ fill: solid("FFFFFF"), box: line(PLANTED, WHITE) })) },
    ],
    [
      "white far below a dark band at the top of the page",
      "colour",
      {
        body: `${paragraph(floating({ fill: solid("000000"), size: [600, 80] }))}${line("Kim ".repeat(900))}${line(PLANTED, WHITE)}`,
      },
    ],
    [
      "white by the fill of its letters",
      "colour",
      {
        body: line(
          PLANTED,
          `${colour("000000")}<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>`,
        ),
      },
    ],
    [
      "with clear letters",
      "transparent",
      { body: line(PLANTED, "<w14:textFill><w14:noFill/></w14:textFill>") },
    ],
    ["marked as hidden", "marked_hidden", { body: line(PLANTED, "<w:vanish/>") }],
    [
      "marked as hidden by a character style",
      "marked_hidden",
      {
        body: line(PLANTED, '<w:rStyle w:val="Gone"/>'),
        styles: style("Gone", rPr("<w:vanish/>"), "character"),
      },
    ],
    [
      "in a box that is marked as hidden",
      "marked_hidden",
      { body: paragraph(floating({ fill: solid("FFFFFF"), box: line(PLANTED), attributes: 'hidden="1"' })) },
    ],
    [
      "where the code of a field should stand",
      "marked_hidden",
      {
        body: paragraph(
          `<w:r><w:fldChar w:fldCharType="begin"/></w:r>${run(PLANTED)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
        ),
      },
    ],
    ["tiny", "tiny", { body: line(PLANTED, '<w:sz w:val="4"/>') }],
    [
      "tiny by its style",
      "tiny",
      { body: paragraph(run(PLANTED), pStyle("Small")), styles: style("Small", rPr('<w:sz w:val="2"/>')) },
    ],
    ["set a hundredth wide", "tiny", { body: line(PLANTED, '<w:w w:val="1"/>') }],
    [
      "on a line of no height",
      "clipped",
      { body: paragraph(run(PLANTED), '<w:spacing w:line="20" w:lineRule="exact"/>') },
    ],
    [
      "in a box beside the page",
      "off_page",
      { body: paragraph(floating({ fill: solid("FFFFFF"), box: line(PLANTED), top: 2_000 })) },
    ],
    ["deleted under tracked changes", "deleted", { body: paragraph(`<w:del>${run(PLANTED)}</w:del>`) }],
    ["moved away", "deleted", { body: paragraph(`<w:moveFrom>${run(PLANTED)}</w:moveFrom>`) }],
  ])("is kept apart when it is %s", async (_name, why, parts) => {
    const { text, hidden } = await read({
      ...parts,
      body: `${line("Kim Ray", colour("000000"))}${parts.body}`,
    });
    expect(hidden).toEqual([{ text: PLANTED, why }]);
    expect(text).not.toContain("KServe");
    expect(text).toContain("Kim Ray");
  });
});

describe("text of a Word document that is plain to see", () => {
  it.each<[string, Parts]>([
    ["white on a dark run", { body: line(PLANTED, `${WHITE}${shade("1F3864")}`) }],
    ["white on a dark paragraph", { body: paragraph(run(PLANTED, WHITE), shade("1F3864")) }],
    [
      "white on a paragraph style that is dark",
      {
        body: paragraph(run(PLANTED, WHITE), pStyle("Band")),
        styles: style("Band", `<w:pPr>${shade("1F3864")}</w:pPr>`),
      },
    ],
    ["white on a dark cell", { body: table([[cell(line(PLANTED, WHITE), shade("1F3864"))]]) }],
    [
      "white in the dark first row of a table style",
      {
        body: table(
          [[cell(line(PLANTED))], [cell(line("Ops"))]],
          '<w:tblStyle w:val="Grid"/><w:tblLook w:val="0020"/>',
        ),
        styles: style(
          "Grid",
          `<w:tblStylePr w:type="firstRow">${rPr(WHITE)}<w:tcPr>${shade("1F3864")}</w:tcPr></w:tblStylePr>`,
          "table",
        ),
      },
    ],
    [
      "white in a dark box",
      { body: paragraph(floating({ fill: solid("1F3864"), box: line(PLANTED, WHITE) })) },
    ],
    [
      "white in a box over a gradient",
      {
        body: paragraph(
          floating({
            fill: `<a:gradFill><a:gsLst><a:gs><a:srgbClr val="FFFFFF"/></a:gs><a:gs><a:srgbClr val="000000"/></a:gs></a:gsLst></a:gradFill>`,
            box: line(PLANTED, WHITE),
          }),
        ),
      },
    ],
    [
      "white on a dark band that is drawn behind it",
      {
        body: `${paragraph(floating({ fill: solid("1F3864"), top: 40, size: [600, 90] }))}${line(PLANTED, WHITE)}`,
      },
    ],
    [
      "white in a box of the older kind",
      {
        body: paragraph(
          `<w:r><w:pict><v:rect style="width:200pt;height:50pt" fillcolor="#1f3864 [1608]"><v:textbox><w:txbxContent>${line(PLANTED, WHITE)}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>`,
        ),
      },
    ],
    [
      "white on the dark background of the page",
      {
        body: line(PLANTED, WHITE),
        background: '<w:background w:color="1F3864"/>',
        settings: "<w:displayBackgroundShape/>",
      },
    ],
    ["in the colour that adapts, on black", { body: line(PLANTED, `${colour("auto")}${shade("000000")}`) }],
    ["grey", { body: line(PLANTED, colour("D9D9D9")) }],
    ["yellow", { body: line(PLANTED, colour("FFFF00")) }],
    [
      "hidden twice by styles, which take each other away",
      {
        body: paragraph(run(PLANTED, '<w:rStyle w:val="GoneRun"/>'), pStyle("Gone")),
        styles: `${style("Gone", rPr("<w:vanish/>"))}${style("GoneRun", rPr("<w:vanish/>"), "character")}`,
      },
    ],
    ["told not to be hidden after all", { body: line(PLANTED, '<w:vanish w:val="0"/>') }],
    [
      "in the result of a field",
      {
        body: paragraph(
          `<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>${run(PLANTED)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
        ),
      },
    ],
    ["inserted under tracked changes", { body: paragraph(`<w:ins>${run(PLANTED)}</w:ins>`) }],
    [
      "inside a structured part and a link",
      {
        body: `<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>${paragraph(`<w:hyperlink>${run(PLANTED)}</w:hyperlink>`)}</w:sdtContent></w:sdt>`,
      },
    ],
  ])("is read when it is %s", async (_name, parts) => {
    const { text, hidden } = await read(parts);
    expect(text).toContain(PLANTED);
    expect(hidden).toEqual([]);
  });

  it("is read over a picture, and that is said", async () => {
    const { text, hidden, warnings } = await read({
      body: paragraph(floating({ fill: picture, box: line(PLANTED, WHITE) })),
    });
    expect({ text, hidden, warnings }).toEqual({ text: PLANTED, hidden: [], warnings: ["over_picture"] });
  });

  it("is kept apart in a cell that a merged cell above covers", async () => {
    const merge = (attributes = "") => `<w:vMerge ${attributes}/>`;
    const { text, hidden } = await read({
      body: table([
        [cell(line("Skills"), merge('w:val="restart"')), cell(line("Kubernetes"))],
        [cell(line(PLANTED), merge()), cell(line("KServe"))],
        [cell(line("Years")), cell(line("Four"))],
        [cell(line("Nothing is above"), merge()), cell(line("Five"))],
      ]),
    });
    expect(hidden).toEqual([{ text: PLANTED, why: "covered" }]);
    expect(text).not.toContain(PLANTED);
    expect(text).toContain("Nothing is above\tFive");
  });

  it("says that an embedded document is not read", async () => {
    const { text, warnings } = await read({ body: `${line("Ops")}<w:altChunk r:id="rel1"/>` });
    expect({ text, warnings }).toEqual({ text: "Ops", warnings: ["part_unread"] });
  });

  it("shows what was moved once, where it was moved to", async () => {
    const moved = `${paragraph(`<w:moveFrom>${run(PLANTED)}</w:moveFrom>`)}${line("Ops")}${paragraph(`<w:moveTo>${run(PLANTED)}</w:moveTo>`)}`;
    expect((await read({ body: moved })).text).toBe(`Ops\n${PLANTED}`);
  });
});

describe("letters and lines of a Word document", () => {
  it("keeps hyphens that do not break, and leaves out those that only may", async () => {
    const { text } = await read({
      body: paragraph(
        `${run("on")}<w:r><w:noBreakHyphen/></w:r>${run("call, opera")}<w:r><w:softHyphen/></w:r>${run("tions")}`,
      ),
    });
    expect(text).toBe("on-call, operations");
  });

  it("reads arrows and bullets of picture fonts, and counts icons apart", async () => {
    const sym = (code: string, font = "Wingdings") => `<w:r><w:sym w:font="${font}" w:char="${code}"/></w:r>`;
    const { text, hidden, signs_without_letter } = await read({
      body: `${paragraph(`${run("900 ms ")}${sym("F0E0")}${run(" 180 ms")}`)}${paragraph(`${sym("F028")}${run(" 0711 1234")}`)}${line("\uf095 kim@ray.test")}${line("produc\ue001on")}`,
    });
    expect(text).toBe("900 ms → 180 ms\n 0711 1234\n kim@ray.test\nproduc\ufffdon");
    expect({ hidden, signs_without_letter }).toEqual({ hidden: [], signs_without_letter: 3 });
  });

  it("counts words typed in a picture font as signs, since nobody can read them", async () => {
    const { text, hidden, signs_without_letter } = await read({
      body: `${line("Kim")}${line("hired", '<w:rFonts w:ascii="Webdings" w:hAnsi="Webdings"/>')}`,
    });
    expect({ text, hidden, signs_without_letter }).toEqual({
      text: "Kim",
      hidden: [],
      signs_without_letter: 5,
    });
  });

  it("ends a line with each paragraph, list item, cell and box, and shows a box once", async () => {
    const box = `<w:txbxContent>${line("Ran 14 models")}</w:txbxContent>`;
    const twice = `<mc:AlternateContent><mc:Choice><wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`;
    const { text } = await read({
      body: `${paragraph(`${run("2020 to now")}<w:r>${twice}</w:r>`)}${paragraph(run("First"), pStyle("Bullets"))}${paragraph(run("Second"), pStyle("Bullets"))}`,
      styles: style("Bullets", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    });
    expect(text).toBe("2020 to now\nRan 14 models\n- First\n- Second");
  });

  it("numbers a list as the page does", async () => {
    const level = (n: number, format: string, mark: string) =>
      `<w:lvl w:ilvl="${n}"><w:numFmt w:val="${format}"/><w:lvlText w:val="${mark}"/></w:lvl>`;
    const item = (text: string, n = 0) =>
      paragraph(run(text), `<w:numPr><w:ilvl w:val="${n}"/><w:numId w:val="7"/></w:numPr>`);
    const { text } = await read({
      body: `${item("One")}${item("Deep", 1)}${item("Deeper", 1)}${item("Two")}${item("Again", 1)}`,
      numbering: `<w:abstractNum w:abstractNumId="3">${level(0, "decimal", "%1.")}${level(1, "lowerLetter", "%1%2)")}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>`,
    });
    expect(text).toBe("1. One\n1a) Deep\n1b) Deeper\n2. Two\n2a) Again");
  });

  it("reads tables row by row, with a date beside the first line of its entry", async () => {
    const { text } = await read({
      body: table([
        [cell(line("2020 to now")), cell(`${line("Platform engineer")}${line("Ran 14 models")}`)],
        [cell(line("Skill")), cell(line("Years"))],
        [cell(`${line("A")}${line("B")}`), cell(`${line("C")}${line("D")}`)],
      ]),
    });
    expect(text).toBe("2020 to now\tPlatform engineer\nRan 14 models\nSkill\tYears\nA\nB\nC\nD");
  });

  it("reads headers, notes and footers that are shown, each once", async () => {
    const reference = (kind: string, type: string, n: number) =>
      `<w:${kind}Reference w:type="${type}" r:id="rel${n}"/>`;
    const section = `<w:sectPr>${reference("header", "default", 1)}${reference("header", "first", 2)}${reference("footer", "default", 3)}</w:sectPr>`;
    const { text, hidden } = await read({
      body: `${paragraph(`${run("Body")}<w:r><w:footnoteReference w:id="2"/></w:r>`, section)}${section}`,
      others: [
        ["header", line("Kim Ray")],
        ["header", line("Never shown")],
        ["footer", line("Page 1")],
        [
          "footnotes",
          `<w:footnote w:id="2">${line("A note")}</w:footnote><w:footnote w:id="3">${line("Not referred to")}</w:footnote>`,
        ],
        ["comments", `<w:comment w:id="1">${line("A comment")}</w:comment>`],
      ],
    });
    expect(text).toBe("Kim Ray\n\nBody\n\nA note\n\nPage 1");
    expect(hidden).toEqual([]);
  });

  it("leaves angle brackets, references and sections of character data as they are", async () => {
    const { text } = await read({
      body: `${line("<200 ms> & <b>")}<w:p><w:r><w:t>caf&#233; &#x2019; &amp;#65; <![CDATA[<x>&amp;]]></w:t></w:r></w:p>`,
    });
    expect(text).toBe("<200 ms> & <b>\ncafé ’ &#65; <x>&amp;");
  });
});
