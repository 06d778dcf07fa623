// The process in which an untrusted file is opened. It reads bytes from standard input and writes only JSON to standard
// output.
import { Unreadable } from "./unreadable.ts";

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const bytes = new Uint8Array(Buffer.concat(chunks));

try {
  const [format = "", name = ""] = process.argv.slice(2);
  const readers: Record<string, () => Promise<(bytes: Uint8Array) => Promise<unknown>>> = {
    pdf: async () => (await import("./pdf/read.ts")).readPdf,
    docx: async () => (await import("./docx/read.ts")).readDocx,
    html: async () => (await import("./html/read.ts")).readHtml,
    eml: async () => (await import("./eml.ts")).readEml,
    attachment: async () => {
      const { readAttachment } = await import("./eml.ts");
      return (mail) => readAttachment(mail, name);
    },
  };
  const read = await readers[format]?.();
  process.stdout.write(JSON.stringify(await read?.(bytes)));
} catch (error) {
  process.stdout.write(JSON.stringify({ reason: error instanceof Unreadable ? error.reason : "broken" }));
}
