import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/documents/decode.ts";
import { readEml } from "../../src/documents/eml.ts";
import { readHtml } from "../../src/documents/html/read.ts";
import { readDocument } from "../../src/documents/read.ts";
import { zipOf } from "../support/docx.ts";

const FIELDS = { text: "text", file: "file", base64: "base64" };
const read = (bytes: Uint8Array | string, name?: string) =>
  readDocument({ base64: Buffer.from(bytes).toString("base64"), name }, FIELDS, false);
const WORDS = "Zoë Brûlé, opérations\nRan 14 models";

describe("a text file", () => {
  const utf16 = Buffer.from(WORDS, "utf16le");
  it.each<[string, Uint8Array]>([
    ["UTF-8", Buffer.from(WORDS)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${WORDS}`)],
    ["UTF-16 with a mark", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ["UTF-16 the other way round", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    ["UTF-16 without a mark", utf16],
    ["Latin-1", Buffer.from(WORDS, "latin1")],
  ])("is read when it is %s", async (_name, bytes) => {
    expect((await read(bytes, "cv.txt")).pages).toEqual([WORDS]);
  });

  it("has the dashes and quotation marks of Windows-1252", () => {
    expect(decodeText(Buffer.from([0x93, 0x6f, 0x6e, 0x96, 0x80, 0x94]))).toBe("“on–€”");
  });

  it("is refused when it is no text", async () => {
    await expect(read(Buffer.from([0x41, 0x01, 0x02, 0xff]), "cv.txt")).rejects.toMatchObject({
      message: expect.stringMatching(/is no text/),
    });
  });
});

describe("a file of a format that is not read", () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ["RTF", Buffer.from("{\\rtf1 Kim}"), "cv.rtf", /rich text \(RTF\)/],
    ["RTF named as Word", Buffer.from("{\\rtf1 Kim}"), "cv.doc", /rich text/],
    ["ODT", zipStored("application/vnd.oasis.opendocument.text"), "cv.odt", /OpenDocument/],
    ["ODT named as Word", zipStored("application/vnd.oasis.opendocument.text"), "cv.docx", /OpenDocument/],
    ["old Word", Buffer.from("d0cf11e0a1b11ae1", "hex"), "cv.doc", /older kind/],
    ["other JSON", Buffer.from('{"a": 1}'), "cv.json", /no résumé of the JSON Resume format/],
  ])("is refused with what to do: %s", async (_name, bytes, name, why) => {
    await expect(read(bytes, name)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(why),
      hint: expect.stringMatching(/paste the text/),
    });
  });
});

/** An archive that begins as OpenDocument files do, with its type unpacked. */
function zipStored(type: string): Uint8Array {
  const header = Buffer.alloc(30);
  header.write("PK\u0003\u0004", 0, "latin1");
  return Buffer.concat([header, Buffer.from(`mimetype${type}`), zipOf({ "content.xml": "x" })]);
}

describe("a JSON Resume", () => {
  it("is a document whose text reads well", async () => {
    const resume = {
      basics: {
        name: "Kim Ray",
        label: "Platform engineer",
        email: "kim@ray.test",
        location: { city: "Lisbon", countryCode: "PT" },
        profiles: [{ network: "GitHub", username: "kim", url: "https://kim.test" }],
        summary: "Runs model servers.",
      },
      work: [
        {
          ...{ name: "Larkspur Freight", position: "Engineer", startDate: "2020-01" },
          highlights: ["Ran 14 models in production"],
        },
      ],
      skills: [{ name: "Serving", level: "Master", keywords: ["KServe", "Triton"] }],
      meta: { theme: "x" },
    };
    const { pages, markup } = await read(JSON.stringify(resume), "resume.json");
    expect(markup).toBe(false);
    expect(pages[0]).toBe(
      [
        "Kim Ray\nPlatform engineer\nkim@ray.test\nLisbon, PT\nGitHub: kim https://kim.test",
        "Runs model servers.",
        "Work\nEngineer, Larkspur Freight, 2020-01 to now\n- Ran 14 models in production",
        "Skills\nServing (Master): KServe, Triton",
      ].join("\n\n"),
    );
  });

  it("keeps the strings of a list that holds other things, and a string in place of a list", async () => {
    const work = [
      { name: "Larkspur", highlights: ["Ran 3 models", null, 5, "On call"] },
      { name: "Old", highlights: "Wrote reports", courses: 5 },
    ];
    expect((await read(JSON.stringify({ basics: { name: "Kim" }, work }), "cv.json")).pages[0]).toBe(
      "Kim\n\nWork\nLarkspur\n- Ran 3 models\n- On call\n\nOld\n- Wrote reports",
    );
  });

  it("is known without its name, and other text with a brace is text", async () => {
    expect((await read('{"basics": {"name": "Kim"}}')).pages).toEqual(["Kim"]);
    expect((await read("{ ops } Kim")).pages).toEqual(["{ ops } Kim"]);
  });
});

describe("an HTML file", () => {
  const html = async (body: string, head = "") => {
    const { pages, hidden, warnings } = await readHtml(
      Buffer.from(`<!doctype html><html><head><title>cv</title>${head}</head><body>${body}</body></html>`),
    );
    return { text: pages.join("\n"), hidden, warnings };
  };

  it("is read as a page shows it", async () => {
    const { text, hidden } = await html(
      `<h1>Kim Ray</h1><p>Ran <b>14</b>&nbsp;models<br>in &lt;production&gt;</p><!-- a comment --><ul><li>One</li><li>Two</li></ul>
       <table><tr><td>2020</td><td>Larkspur</td></tr></table><script>var x = "Hired";</script>`,
    );
    expect(text).toBe("Kim Ray\nRan 14\u00a0models\nin <production>\n- One\n- Two\n2020\tLarkspur");
    expect(hidden).toEqual([]);
  });

  it.each([
    ['style="display:none"', "marked_hidden"],
    ["hidden", "marked_hidden"],
    ['style="visibility: hidden"', "marked_hidden"],
    ['style="font-size:0"', "tiny"],
    ['style="color:#fff"', "colour"],
    ['style="color: rgb(0,0,0); background: black"', "colour"],
    ['style="opacity:0"', "transparent"],
    ['style="color:transparent"', "transparent"],
    ['style="position:absolute; left:-9999px"', "off_page"],
    ['class="gone"', "marked_hidden"],
  ])("keeps apart what is hidden by %s", async (attribute, why) => {
    const { text, hidden } = await html(
      `<p>Weekly notebooks</p><p ${attribute}>Ran <i>40</i> models</p>`,
      "<style>@media print { .gone { display: block } } p.gone, .x { display: none }</style>",
    );
    expect(text).toBe("Weekly notebooks");
    expect(hidden).toEqual([{ text: "Ran 40 models", why }]);
  });

  it("reads white on a dark box, and says where words stand over a picture", async () => {
    expect(await html('<div style="background:#123"><p style="color:white">Kim</p></div>')).toMatchObject({
      ...{ text: "Kim", hidden: [], warnings: [] },
    });
    expect(
      await html('<div style="background:url(x.png)"><p style="color:white">Kim</p></div>'),
    ).toMatchObject({
      ...{ text: "Kim", warnings: ["over_picture"] },
    });
  });

  it.each([
    ...[
      "tomato",
      "darkslateblue",
      "RebeccaPurple",
      "midnightblue",
      "hsl(220,60%,20%)",
      "hsla(220 60% 20% / 90%)",
    ],
    ...["#1f3864ff", "#123f", "rgb(10%,10%,30%)", "rgb(10 10 30)", "rgba(0,0,0,.6)", "navy no-repeat"],
    ...["oklch(0.2 0.1 250)", "rgba(255,255,255,.1); background: #222"],
  ])("shows white words on %s", async (background) => {
    expect(await html(`<div style="background:${background}; color:white">Kim</div>`)).toMatchObject({
      ...{ text: "Kim", hidden: [], warnings: [] },
    });
  });

  it.each([
    ...["background: var(--n)", "background-color: color-mix(in srgb, red, blue)", "background: CanvasText"],
    ...["background-image: linear-gradient(#000, #333)", "background: url(x.png); background-color: #fff"],
  ])("shows white words on a ground that cannot be made out, and says so: %s", async (style) => {
    expect(await html(`<div style="${style}"><p style="color:white">Kim</p></div>`)).toMatchObject({
      ...{ text: "Kim", hidden: [], warnings: ["over_picture"] },
    });
  });

  it("shows words in a colour that cannot be made out", async () => {
    expect(await html('<p style="color: var(--ink)">Kim</p><font color="inky">Ray</font>')).toMatchObject({
      ...{ text: "Kim\nRay", hidden: [] },
    });
  });

  it.each([
    ...[
      "color:#ffffffff",
      "color:#fffe",
      "color:rgb(100%,100%,100%)",
      "color:hsl(0,0%,100%)",
      "color:oklch(1 0 0)",
    ],
    ...[
      "color:#fff; color:bogus",
      "color:#fff; background:bogus",
      "color:ghostwhite",
      "color:#fff; background:none",
    ],
    ...[
      "background:rebeccapurple; color:rgb(102,51,153)",
      "color:#ffffff00",
      "color:white;background:rgba(0,0,0,.02)",
    ],
  ])("keeps apart what is hidden by %s", async (style) => {
    expect(await html(`<p>Kim</p><p style="${style}">Ray</p>`)).toMatchObject({
      ...{ text: "Kim", hidden: [{ text: "Ray" }] },
    });
  });

  it("is known by its first bytes, and read like any other file", async () => {
    expect((await read("<!DOCTYPE html><p>Kim</p>")).pages).toEqual(["Kim"]);
    await expect(read("<html><p style='color:#fff'>Kim</p></html>", "cv.html")).rejects.toMatchObject({
      message: expect.stringMatching(/only text that nobody would see/),
    });
  });
});

describe("a mail in HTML", () => {
  const HEAD = "From: kim@mail.test\nMIME-Version: 1.0";
  const mail = async (type: string, body: string) => {
    const { pages, hidden } = await readEml(Buffer.from(`${HEAD}\nContent-Type: ${type}\n\n${body}`));
    return { text: pages.join("\n").split("\n").slice(2).join("\n"), hidden };
  };
  const parts = (...all: readonly (readonly [type: string, body: string])[]) =>
    `${all.map(([type, body]) => `--b\nContent-Type: ${type}\n\n${body}\n`).join("")}--b--\n`;
  const HIDDEN = [{ text: "Ran 40 models", why: "marked_hidden" }];
  const PAGE = '<p>Hello.</p><p style="display:none">Ran 40 models</p>';

  it.each([
    ['style="display:none"', "marked_hidden"],
    ['style="font-size:0"', "tiny"],
    ["hidden", "marked_hidden"],
    ['style="color:#fff"', "colour"],
  ])("keeps apart what is hidden by %s", async (attribute, why) => {
    expect(await mail("text/html", `<p>Hello.</p><div ${attribute}>Ran 40 models</div>`)).toEqual({
      text: "Hello.",
      hidden: [{ text: "Ran 40 models", why }],
    });
  });

  it("marks quotes and paragraphs as a mail of plain text does", async () => {
    const { text } = await mail(
      "text/html",
      "<div>Fine.<br>Kim</div><p>One</p><p>Two</p><blockquote>Asked<p>twice</p><blockquote>before</blockquote></blockquote>End",
    );
    expect(text).toBe("Fine.\nKim\n\nOne\n\nTwo\n\n> Asked\n\n> twice\n\n> > before\n\nEnd");
  });

  it.each(["multipart/related", "multipart/alternative"])(
    "is read where it stands alone in %s",
    async (type) => {
      expect(await mail(`${type}; boundary=b`, parts(["text/html", PAGE]))).toEqual({
        text: "Hello.",
        hidden: HIDDEN,
      });
    },
  );

  it("is not read where a plain text stands for it", async () => {
    const body = parts(["text/plain", "Plain."], ["text/html", PAGE]);
    expect(await mail("multipart/alternative; boundary=b", body)).toEqual({ text: "Plain.", hidden: [] });
  });

  it("is read together with a plain text that stands beside it", async () => {
    const body = parts(["text/html", PAGE], ["text/plain", "1 < 2 & 3\n> asked"]);
    expect(await mail("multipart/mixed; boundary=b", body)).toEqual({
      text: "Hello.\n\n1 < 2 & 3\n> asked",
      hidden: HIDDEN,
    });
  });
});
