import { deserialize, serialize } from "node:v8";

const LENGTH_BYTES = 4;

/** The version of V8's serialization format that this process writes. Processes with different ones do not connect. */
export const WIRE = serialize(null)[1] ?? 0;

/** Greetings are JSON, which every release can read. Messages use V8's format, which keeps dates, bytes and undefined. */
export const greetingFrame = (message: object): Buffer => frame(Buffer.from(JSON.stringify(message)));
export const readGreeting = (body: Buffer): unknown => JSON.parse(body.toString("utf8"));

export const messageFrame = (message: object): Buffer => frame(serialize(message));
export const readMessage = (body: Buffer): unknown => deserialize(body);

function frame(body: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/**
 * Cuts what arrives, in pieces of any size, into the bodies of frames.
 * @param limit the longest body allowed now. The returned function throws at the header of a longer one.
 */
export function createFrameReader(limit: () => number): (piece: Buffer) => Buffer[] {
  let pieces: Buffer[] = [];
  let waiting = 0;
  const take = (bytes: number): Buffer => {
    const all = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    pieces = [all.subarray(bytes)];
    waiting -= bytes;
    return all.subarray(0, bytes);
  };
  let length: number | undefined;
  return (piece) => {
    pieces.push(piece);
    waiting += piece.length;
    const bodies: Buffer[] = [];
    for (;;) {
      if (length === undefined) {
        if (waiting < LENGTH_BYTES) return bodies;
        length = take(LENGTH_BYTES).readUInt32BE();
        if (length > limit()) throw new Error(`a frame of ${length} bytes is over the limit`);
      }
      if (waiting < length) return bodies;
      bodies.push(take(length));
      length = undefined;
    }
  };
}
