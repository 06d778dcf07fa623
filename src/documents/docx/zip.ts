import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { Unreadable } from "../unreadable.ts";

const INFLATED_BYTES = 50_000_000;

/**
 * The wanted entries of an archive, as text. The declared sizes are limited, and yauzl checks that no entry exceeds its
 * own.
 */
export function unzip(bytes: Buffer, isWanted: (name: string) => boolean): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(error);
      const parts = new Map<string, string>();
      let total = 0;
      zip.on("error", reject);
      zip.on("end", () => resolve(parts));
      zip.on("entry", (entry: Entry) => {
        total += entry.uncompressedSize;
        if (total > INFLATED_BYTES) return reject(new Unreadable("inflated"));
        if (!isWanted(entry.fileName)) return zip.readEntry();
        readEntry(zip, entry).then((text) => {
          parts.set(entry.fileName, text);
          zip.readEntry();
        }, reject);
      });
      zip.readEntry();
    });
  });
}

function readEntry(zip: ZipFile, entry: Entry): Promise<string> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", reject);
      stream.on("end", () => resolve(textOf(Buffer.concat(chunks))));
    });
  });
}

/** A part is UTF-8 unless its first bytes say that it is UTF-16. */
function textOf(bytes: Buffer): string {
  const mark = bytes.length > 1 ? bytes.readUInt16LE(0) : 0;
  if (mark === 0xfeff) return bytes.subarray(2).toString("utf16le");
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}
