// The process in which a hostile file is opened: bytes on standard input, JSON on standard output, nothing else.
import { Unreadable } from "./unreadable.ts";

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const bytes = new Uint8Array(Buffer.concat(chunks));

try {
  const read =
    process.argv.at(-1) === "pdf" ? (await import("./pdf.ts")).readPdf : (await import("./docx.ts")).readDocx;
  process.stdout.write(JSON.stringify(await read(bytes)));
} catch (error) {
  process.stdout.write(JSON.stringify({ reason: error instanceof Unreadable ? error.reason : "broken" }));
}
