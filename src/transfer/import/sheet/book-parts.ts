import type { Readable } from "node:stream";
import { Parser } from "htmlparser2";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { DomainError } from "../../../domain/errors.ts";

/** The parts of a workbook. Each is read as it is unpacked, and together they may not be larger than a limit. */
export type BookParts = {
  readonly names: readonly string[];
  /** Runs through a part, telling the elements in it without the prefixes of their names. Nothing where there is no such part. */
  readonly walk: (name: string, on: XmlEvents) => Promise<void>;
};

export type XmlEvents = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

const MAX_INFLATED_BYTES = 400_000_000;
const MAX_PARTS = 10_000;

/**
 * Opens the archive of a workbook.
 * @throws DomainError `invalid` where it is none, or unpacks to more than the limit.
 */
export async function openParts(bytes: Uint8Array): Promise<BookParts> {
  const zip = await opened(bytes);
  const entries = await listed(zip);
  let inflated = 0;
  return {
    names: [...entries.keys()],
    walk: async (name, on) => {
      const entry = entries.get(name.toLowerCase());
      if (entry === undefined) return;
      if (inflated + entry.uncompressedSize > MAX_INFLATED_BYTES) throw tooLarge();
      const parser = parserFor(on);
      let decode: ((data: Buffer) => string) | undefined;
      try {
        for await (const chunk of await streamOf(zip, entry)) {
          const data = Buffer.from(chunk);
          inflated += data.length;
          if (inflated > MAX_INFLATED_BYTES) throw tooLarge();
          decode ??= decoderFor(data);
          parser.write(decode(data));
        }
        parser.end();
      } catch (error) {
        throw error instanceof DomainError ? error : broken(error);
      }
    },
  };
}

const tooLarge = (): DomainError =>
  new DomainError(
    "invalid",
    "The workbook unpacks to more than a sheet of people can need.",
    "Save the sheet of people as CSV.",
  );

const broken = (cause?: unknown): DomainError =>
  new DomainError("invalid", "The workbook is damaged, or cut off.", "Save it once more, as XLSX or CSV.", {
    cause,
  });

function opened(bytes: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      { lazyEntries: true, autoClose: false, validateEntrySizes: true },
      (error, zip) => (error ? reject(broken(error)) : resolve(zip)),
    );
  });
}

/** By names in lower case: some programs write them in another case than they refer to them. */
function listed(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on("error", (error) => reject(broken(error)));
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: Entry) => {
      if (entries.size >= MAX_PARTS) return reject(tooLarge());
      entries.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function streamOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(broken(error)) : resolve(stream)));
  });
}

function decoderFor(start: Buffer): (data: Buffer) => string {
  const decoder = new TextDecoder(start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : "utf-8");
  return (data) => decoder.decode(data, { stream: true });
}

function parserFor({ open, text, close }: XmlEvents): Parser {
  const bare = (name: string) => name.slice(name.indexOf(":") + 1);
  return new Parser(
    {
      onopentag: (name, attributes) => open?.(bare(name), attributes),
      ontext: (data) => text?.(data),
      onclosetag: (name) => close?.(bare(name)),
    },
    { xmlMode: true, decodeEntities: true },
  );
}
