import type { Readable } from "node:stream";
import { type Entry, openPromise, type ZipFile } from "yauzl";

/** A file in an archive, by what the archive's directory says of it. */
type Entered = { readonly name: string; readonly bytes: number; readonly why?: string };

/** An opened archive, or why it is not opened. `read` gives an entry's bytes. */
export type Archive = {
  readonly entries: readonly Entered[];
  readonly read: (name: string) => Promise<Buffer>;
  readonly close: () => void;
};

/** More than the largest exports unpack to. */
const MAX_UNPACKED_BYTES = 5_000_000_000;
const MAX_ENTRIES = 200_000;
const FILE_TYPE_BITS = 0o170000;
const LINK_TYPE = 0o120000;

/** Why an archive or one of its entries is left alone, as the end of a sentence that begins with its name. */
export class ArchiveFault extends Error {}

/**
 * Opens a zip by its directory; nothing is unpacked. An entry has no more bytes than the directory says, or reading it fails.
 * @throws ArchiveFault where it is no whole archive, or unpacks to more than any export.
 */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openPromise(path, {
    autoClose: false,
    lazyEntries: true,
    validateEntrySizes: true,
  }).catch(() => {
    throw new ArchiveFault("is no whole archive");
  });
  try {
    const entries = await entriesOf(zip);
    return {
      entries: [...entries].map(([name, entry]) => describe(name, entry)),
      read: (name) => readEntry(zip, entries.get(name)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (total > MAX_UNPACKED_BYTES)
        throw new ArchiveFault(`unpacks to more than ${MAX_UNPACKED_BYTES / 1_000_000_000} GB`);
      if (entries.size >= MAX_ENTRIES) throw new ArchiveFault(`holds more than ${MAX_ENTRIES} files`);
      if (!entry.fileName.endsWith("/")) entries.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof ArchiveFault) throw error;
    // The parser also refuses names that lead out of the archive.
    throw new ArchiveFault("is damaged, or holds a path that leads out of it");
  }
  return entries;
}

function describe(name: string, entry: Entry): Entered {
  const { uncompressedSize: bytes } = entry;
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE_BITS) === LINK_TYPE)
    return { name, bytes, why: "is a link, and is not followed" };
  if (entry.isEncrypted()) return { name, bytes, why: "is protected by a password" };
  if (!entry.canDecodeFileData()) return { name, bytes, why: "is packed in a way that is not read" };
  return { name, bytes };
}

async function readEntry(zip: ZipFile, entry: Entry | undefined): Promise<Buffer> {
  if (entry === undefined) throw new ArchiveFault("is not in the archive");
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    throw new ArchiveFault("cannot be unpacked: it is damaged, or larger than the archive says");
  }
}
