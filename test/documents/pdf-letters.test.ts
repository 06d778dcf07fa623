import { describe, expect, it } from "vitest";
import { lettersOf } from "../../src/documents/pdf/letters.ts";
import { readPdf } from "../../src/documents/pdf/read.ts";
import { isGarbled } from "../../src/documents/pdf/warnings.ts";
import { line, lines, type PdfPage, pdfOf } from "../support/pdf.ts";

const read = async (page: PdfPage) => readPdf(pdfOf(page));
const TILDE = 126;
/** A line in a font of which the tilde stands for something else. */
const withTilde = (text: string, tilde: string, dict?: string) =>
  read({
    content: line(text, 60, 740, { font: "F3" }),
    fonts: { F3: { map: { [TILDE]: tilde }, ...(dict && { dict }) } },
  });

describe("a sign that stands for letters", () => {
  it.each([
    ["a ligature", "ML~ow 2.9", "\ufb02", "MLflow 2.9"],
    ["several letters", "produc~on", "ti", "production"],
    ["a soft hyphen that is printed", "on~call, 1~in~5", "\u00ad", "on-call, 1-in-5"],
    ["a ligature that Ghostscript wrote one byte off", "pla~orm", "\u7400\u6600", "platform"],
    ["a wide kind of space", "Ran~14", "\u00a0", "Ran 14"],
  ])("is read when it is %s", async (_name, drawn, tilde, text) => {
    expect(await withTilde(drawn, tilde)).toEqual({
      pages: [text],
      hidden: [],
      signs_without_letter: 0,
      warnings: [],
    });
  });

  it("is read with an accent that is drawn over it", async () => {
    const drawn = (text: string) =>
      pdfOf({ content: `${line("\xb4", 60.6, 740)}${line("e", 60, 740)}${line(text, 66.2, 740)}` });
    expect((await readPdf(drawn("tudes"))).pages).toEqual(["\u00e9tudes"]);
    expect((await read({ content: line("5\xb4 e", 60, 740) })).pages).toEqual(["5\u00b4 e"]);
  });

  it.each(["t_i", "ti", "uni00740069", "t_i.alt"])("is read by its name %s", async (name) => {
    const dict = `/BaseFont /Helvetica /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [${TILDE} /${name}] >>`;
    expect(await withTilde("produc~on", "\0", dict)).toMatchObject({
      pages: ["production"],
      signs_without_letter: 0,
    });
  });
});

describe("a sign that stands for no letter", () => {
  it.each(["\0", "\ue123", "\ufffd"])("is marked within a word and counted (%j)", async (code) => {
    expect(await withTilde("Pla~orm produc~on", code)).toEqual({
      pages: ["Pla\ufffdorm produc\ufffdon"],
      hidden: [],
      signs_without_letter: 2,
      warnings: [],
    });
  });

  it("is left out where it stands alone, as icons do, and accuses nobody", async () => {
    const icons = { F3: { map: { [TILDE]: "\uf095" }, dict: "/BaseFont /FontAwesome" } };
    const content =
      line("~", 60, 740, { font: "F3" }) +
      line("+351 555 0100", 80, 740) +
      line("~", 200, 740, { font: "F3" }) +
      line("noor@example.test", 210, 740);
    expect(await read({ content, fonts: icons })).toEqual({
      pages: ["+351 555 0100 noor@example.test"],
      hidden: [],
      signs_without_letter: 2,
      warnings: [],
    });
    const white = `q 1 g ${line("~~~", 60, 700, { font: "F3" })}Q\n`;
    expect(await read({ content: content + white, fonts: icons })).toMatchObject({ hidden: [] });
  });

  it("is the bullet that Word draws with it", async () => {
    const fonts = { F3: { map: { [TILDE]: "\uf0b7" }, dict: "/BaseFont /SymbolMT" } };
    const content = line("~", 60, 740, { font: "F3" }) + line("Ran 14 models", 80, 740);
    expect(await read({ content, fonts })).toMatchObject({
      pages: ["• Ran 14 models"],
      signs_without_letter: 0,
    });
  });

  it("is a text that no sign could show", async () => {
    const said = "Ran 40 models in production on KServe";
    expect(await withTilde("Led a ~ team", said)).toMatchObject({
      pages: ["Led a team"],
      signs_without_letter: 1,
    });
  });

  it("is one that the font says nothing of", () => {
    const font = { name: "ABCDEF+Inter", isMapped: () => false, signName: () => undefined };
    expect(lettersOf(37, "%", font)).toBeUndefined();
    expect(lettersOf(37, "%", { ...font, isMapped: () => true })).toBe("%");
  });
});

describe("a font that maps its letters to others", () => {
  const rows = [
    "Noor Haddad",
    "Ran 14 models in production on KServe 0.11",
    "Primary on-call, 1-in-5 weekly rotation, about 3 pages a week",
  ];
  it("is read with a warning", async () => {
    const keys = [..."qwertyuiopasdfghjklzxcvbnm"];
    const map = Object.fromEntries(keys.map((key, n) => [97 + n, key]));
    const content = rows.map((row, n) => line(row, 60, 740 - n * 16, { font: "F3" })).join("");
    expect(await read({ content, fonts: { F3: { map } } })).toMatchObject({ warnings: ["garbled"] });
    expect(await read({ content: lines(rows, 60, 740) })).toMatchObject({ warnings: [] });
  });

  it.each([
    [
      "English with code",
      "Owned pgvector, nginx, kubectl and vLLM rollouts; wrote async gRPC handlers in Rust and xgboost pipelines on AWS",
    ],
    [
      "German",
      "Verantwortlich für den Betrieb von vierzehn Modellen; Bereitschaftsdienst im Wechsel, Kostensenkung und Qualitätssicherung",
    ],
    [
      "Polish",
      "Odpowiedzialny za wdrożenie czternastu modeli; dyżury co pięć tygodni, oszczędności i przyspieszenie przetwarzania",
    ],
    [
      "French",
      "Responsable de quatorze modèles en production ; astreinte une semaine sur cinq, réduction des coûts d'infrastructure",
    ],
    [
      "Turkish",
      "Üretimde on dört modelin işletilmesinden sorumlu; haftalık nöbet, maliyetlerin düşürülmesi ve gecikmenin azaltılması",
    ],
    [
      "Finnish",
      "Vastasin neljäntoista mallin tuotantokäytöstä ja päivystyksestä sekä kustannusten vähentämisestä ja laadunvarmistuksesta",
    ],
    [
      "Hungarian",
      "Tizennégy modell üzemeltetéséért feleltem, ügyeleti beosztásban, valamint a költségek csökkentéséért és a fejlesztésért",
    ],
    [
      "Vietnamese",
      "Chịu trách nhiệm vận hành mười bốn mô hình, trực hàng tuần, giảm chi phí và cải thiện chất lượng hệ thống",
    ],
    [
      "Chinese",
      "负责十四个模型的生产部署与运维，每五周轮值一次，降低成本并提高系统质量，使用 KServe 和 MLflow",
    ],
    [
      "Japanese",
      "本番環境で十四のモデルを運用し、五週に一度のオンコールを担当。コスト削減と品質向上に取り組んだ。",
    ],
    [
      "Russian",
      "Отвечал за эксплуатацию четырнадцати моделей, дежурства раз в пять недель, снижение затрат и качество",
    ],
  ])("is not suspected in %s", (_language, text) => {
    expect(isGarbled(text)).toBe(false);
  });

  it("is suspected where signs stand for letters", () => {
    expect(isGarbled("$%& ()* +,-. /:;<= >?@[ ]^_` {|}~ !\"#$ %&'( )*+, -./: ;<=> ?@[] ^_`{ |}~!")).toBe(
      true,
    );
  });
});
