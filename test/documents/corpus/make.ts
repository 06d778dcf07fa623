import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { handDocxOf, handHtmlOf } from "./make/by-hand.ts";
import { handPdfOf, pdfLibOf } from "./make/drawn.ts";
import { fodtOf } from "./make/fodt.ts";
import { groffOf } from "./make/groff.ts";
import { htmlOf } from "./make/html.ts";
import { type Face, latexOf } from "./make/latex.ts";
import { typstOf } from "./make/typst.ts";
import { wordOf } from "./make/word.ts";
import { type Block, typedLines, typedTexts } from "./typed.ts";

/**
 * Makes the files of the corpus: `npx tsx test/documents/corpus/make.ts [WRITER ...]`. `make/writers.sh` installs the
 * programs. The same text gives the same words, not the same bytes: look at what was made before it is committed.
 */
type Make = (blocks: readonly Block[]) => Uint8Array | string | Promise<Uint8Array | string>;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FILES = here("files/");
const room = mkdtempSync(join(tmpdir(), "corpus-"));
const inRoom = (name: string) => join(room, name);

/** Runs a program that writes `out`, and gives what it wrote. */
function made(command: string, args: readonly string[], out: string, input = ""): Uint8Array {
  execFileSync(command, args, { cwd: room, input, stdio: ["pipe", "ignore", "pipe"] });
  return readFileSync(inRoom(out));
}

/** A program of ours that takes a text on its standard input and the file to write as its argument. */
const script = (command: string, name: string, input: string) =>
  made(command, [here(`make/${name}`), inRoom("out.pdf")], "out.pdf", input);

function written(name: string, text: string): string {
  writeFileSync(inRoom(name), text);
  return inRoom(name);
}

const latex =
  (face: Face): Make =>
  (blocks) => {
    written("text.tex", latexOf(blocks, face));
    const args = ["-interaction=nonstopmode", "-halt-on-error", "text.tex"];
    const engine = face === "xelatex" ? "xelatex" : "pdflatex";
    made(engine, args, "text.pdf"); // the second time puts notes and tables where the first found them to belong
    return made(engine, args, "text.pdf");
  };

const chromium: Make = (blocks) => {
  const page = written(
    "text.html",
    htmlOf(blocks, { face: "Carlito, 'Droid Sans Fallback'", hyphens: isJustified(blocks) }),
  );
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    `--print-to-pdf=${inRoom("text.pdf")}`,
  ];
  return made("chromium", [...args, `file://${page}`], "text.pdf");
};

const weasyprint: Make = (blocks) =>
  made(
    "weasyprint",
    [
      written("text.html", htmlOf(blocks, { face: "'DejaVu Serif'", hyphens: isJustified(blocks) })),
      "text.pdf",
    ],
    "text.pdf",
  );

const isJustified = (blocks: readonly Block[]) =>
  blocks.filter(({ kind }) => kind === "paragraph").length > 2;

const libreoffice =
  (format: string, extension: string): Make =>
  (blocks) => {
    const source = written("text.fodt", fodtOf(blocks, "Carlito"));
    const profile = `-env:UserInstallation=file://${inRoom("profile")}`;
    return made(
      "soffice",
      [profile, "--headless", "--convert-to", format, "--outdir", room, source],
      `text.${extension}`,
    );
  };

/** What Ghostscript makes of a PDF of another writer. */
const distilled =
  (make: Make): Make =>
  async (blocks) => {
    writeFileSync(inRoom("from.pdf"), await make(blocks));
    return made(
      "gs",
      ["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", "-sOutputFile=out.pdf", "from.pdf"],
      "out.pdf",
    );
  };

/** Lines of plain text, in an encoding that old programs write. */
const plain =
  (encode: (text: string) => Uint8Array): Make =>
  (blocks) =>
    encode(`${typedLines(blocks, "").join("\r\n")}\r\n`);

const WINDOWS = new Map(
  [..."€‚„…–—‘’“”•™"].map((sign, n) => [
    sign,
    [0x80, 0x82, 0x84, 0x85, 0x96, 0x97, 0x91, 0x92, 0x93, 0x94, 0x95, 0x99][n] ?? 0,
  ]),
);
const windows1252 = (text: string) =>
  Uint8Array.from(text, (sign) => WINDOWS.get(sign) ?? sign.charCodeAt(0));
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

/** Each writer with the kind of its files and the texts that it can set. */
const WRITERS: Readonly<Record<string, { extension: string; texts: string; make: Make }>> = {
  pdflatex: { extension: "pdf", texts: "plain dates justified", make: latex("pdflatex") },
  "pdflatex-cm": { extension: "pdf", texts: "framed", make: latex("computerModern") },
  xelatex: { extension: "pdf", texts: "plain letters scripts justified", make: latex("xelatex") },
  libreoffice: {
    extension: "pdf",
    texts: "plain dates letters scripts framed justified",
    make: libreoffice("pdf", "pdf"),
  },
  chromium: { extension: "pdf", texts: "plain sidebar dates letters scripts framed", make: chromium },
  weasyprint: { extension: "pdf", texts: "plain sidebar dates framed justified", make: weasyprint },
  typst: {
    extension: "pdf",
    texts: "plain letters framed justified",
    make: (blocks) => script("node", "typst.mjs", typstOf(blocks)),
  },
  groff: {
    extension: "pdf",
    texts: "plain dates framed justified",
    make: (blocks) => made("sh", ["-c", "groff -t -ms -k -Tpdf > out.pdf"], "out.pdf", groffOf(blocks)),
  },
  ghostscript: { extension: "pdf", texts: "plain letters", make: distilled(chromium) },
  "ghostscript-latex": { extension: "pdf", texts: "justified", make: distilled(latex("pdflatex")) },
  pdfkit: {
    extension: "pdf",
    texts: "plain dates",
    make: (blocks) => script("node", "pdfkit.mjs", JSON.stringify(blocks)),
  },
  reportlab: {
    extension: "pdf",
    texts: "plain sidebar dates justified",
    make: (blocks) => script("/usr/bin/python3", "platypus.py", JSON.stringify(blocks)),
  },
  tcpdf: {
    extension: "pdf",
    texts: "plain",
    make: (blocks) => script("php", "tcpdf.php", handHtmlOf(blocks)),
  },
  "pdf-lib": { extension: "pdf", texts: "plain sidebar dates", make: pdfLibOf },
  "by-hand": { extension: "pdf", texts: "plain sidebar", make: handPdfOf },
  "docx-by-hand": { extension: "docx", texts: "plain letters framed", make: handDocxOf },
  docx: { extension: "docx", texts: "plain sidebar dates letters framed", make: wordOf },
  "docx-libreoffice": {
    extension: "docx",
    texts: "plain sidebar dates scripts framed",
    make: libreoffice("docx", "docx"),
  },
  "odt-libreoffice": { extension: "odt", texts: "plain", make: libreoffice("odt", "odt") },
  html: { extension: "html", texts: "plain sidebar dates letters", make: handHtmlOf },
  "utf-16-le": { extension: "txt", texts: "scripts", make: plain(utf16) },
  "utf-16-be": { extension: "txt", texts: "letters", make: plain((text) => utf16(text).swap16()) },
  "windows-1252": { extension: "txt", texts: "dates", make: plain(windows1252) },
  "latin-1": { extension: "txt", texts: "plain", make: plain((text) => Buffer.from(text, "latin1")) },
};

const wanted = process.argv.slice(2);
const texts = typedTexts();
mkdirSync(FILES, { recursive: true });
for (const [writer, { extension, texts: names, make }] of Object.entries(WRITERS)) {
  if (wanted.length > 0 && !wanted.includes(writer)) continue;
  for (const name of names.split(" ")) {
    const bytes = await make(texts[name] ?? []);
    writeFileSync(join(FILES, `${writer}-${name}.${extension}`), bytes);
    console.log(writer, name, bytes.length);
  }
}
rmSync(room, { recursive: true });
