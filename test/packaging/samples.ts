import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Document, Packer, Paragraph } from "docx";
import { PDFDocument, StandardFonts } from "pdf-lib";

/** A PDF of one page with one line. */
export async function pdf(line: string): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([600, 800]).drawText(line, { x: 50, y: 740, size: 11, font });
  return document.save();
}

/** A DOCX with one paragraph. */
export const docx = (line: string): Promise<Uint8Array> =>
  Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(line)] }] }));

/**
 * Puts something in a folder that behaves as Electron does: it is Node only when the environment says so.
 * @returns the options with which Node starts a program so that it takes itself to run inside of that
 */
export function electronIn(folder: string): string[] {
  const app = join(folder, "electron");
  writeFileSync(
    app,
    `#!/bin/sh\n[ "$ELECTRON_RUN_AS_NODE" = 1 ] || exit 9\nexec '${process.execPath}' "$@"\n`,
  );
  chmodSync(app, 0o755);
  const preload = join(folder, "electron.mjs");
  const versions =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, electron: "37.0.0" } });';
  writeFileSync(preload, `${versions}\nprocess.execPath = ${JSON.stringify(app)};\n`);
  return ["--import", pathToFileURL(preload).href];
}
