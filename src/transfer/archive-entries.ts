import { type Entry, open, type ZipFile } from "yauzl";

/**
 * Entries of a zip by name, read one after another. What is over the limit is told by its size alone; an entry that is not
 * there is missing from the answer. yauzl refuses an entry that unpacks to more than it says.
 */
export async function readEntries(
  path: string,
  names: ReadonlySet<string>,
  maxBytes: number,
): Promise<Map<string, Buffer | "too_large">> {
  const zip = await openZip(path);
  const read = new Map<string, Buffer | "too_large">();
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      zip.close();
      reject(error);
    };
    zip.on("error", fail);
    zip.on("end", () => resolve(read));
    zip.on("entry", (entry: Entry) => {
      if (!names.has(entry.fileName)) return zip.readEntry();
      if (entry.uncompressedSize > maxBytes) {
        read.set(entry.fileName, "too_large");
        return zip.readEntry();
      }
      bytesOf(zip, entry).then((bytes) => {
        read.set(entry.fileName, bytes);
        if (read.size === names.size) {
          zip.close();
          resolve(read);
        } else zip.readEntry();
      }, fail);
    });
    zip.readEntry();
  });
}

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(path, { lazyEntries: true }, (error, zip) => (zip ? resolve(zip) : reject(error)));
  });

const bytesOf = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (!stream) return reject(error);
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("error", reject);
      stream.on("end", () => resolve(Buffer.concat(parts)));
    });
  });
