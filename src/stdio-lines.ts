import { Transform } from "node:stream";

/** What is answered to a line that is no message. `id` is null where the line names none. */
export type Refusal = {
  readonly id: string | number | null;
  readonly code: -32700 | -32600;
  readonly message: string;
};

type Limits = { readonly maxBytes: number; readonly refuse: (refusal: Refusal) => void };

const LINE_END = 0x0a;
const MAX_EDGE_BYTES = 300;
const OPENING_ID = /^\s*\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*(\d{1,15}|"[^"\\]{0,100}")\s*,/;
const CLOSING_ID = /,\s*"id"\s*:\s*(\d{1,15}|"[^"\\]{0,100}")\s*\}\s*$/;

/**
 * Hands on the lines that are messages and refuses the others. The SDK drops a line that is none without an answer, and
 * stops reading for good at one that is too long; a caller would wait for ever.
 */
export function onlyMessages({ maxBytes, refuse }: Limits): Transform {
  let parts: Buffer[] = [];
  let bytes = 0;
  let edges: Edges | undefined; // of a line that is too long and is not kept
  const take = (piece: Buffer): void => {
    bytes += piece.length;
    if (edges === undefined && bytes > maxBytes) {
      edges = createEdges();
      for (const part of parts) edges.add(part);
      parts = [];
    }
    if (edges) edges.add(piece);
    else parts.push(piece);
  };
  const endLine = (): Buffer | undefined => {
    const [line, cut] = [Buffer.concat(parts), edges];
    [parts, bytes, edges] = [[], 0, undefined];
    const refusal = cut ? tooLong(cut.id(), maxBytes) : faultOf(line.toString("utf8"));
    if (refusal) refuse(refusal);
    return refusal ? undefined : line;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let from = 0;
      for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
        take(chunk.subarray(from, end));
        from = end + 1;
        const line = endLine();
        if (line && line.length > 0) this.push(Buffer.concat([line, Buffer.from([LINE_END])]));
      }
      take(chunk.subarray(from));
      done();
    },
  });
}

const tooLong = (id: Refusal["id"], maxBytes: number): Refusal => ({
  id,
  code: -32600,
  message: `The line is longer than ${maxBytes} bytes, which is the most that is read. Send less in one message.`,
});

/** Why a line is no message of JSON-RPC 2.0; an empty one is nothing at all. */
function faultOf(line: string): Refusal | undefined {
  if (line.trim() === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, code: -32700, message: "The line is not JSON." };
  }
  const invalid = (message: string, id: Refusal["id"] = null): Refusal => ({ id, code: -32600, message });
  if (Array.isArray(value)) return invalid("Batches are not read: send each message on a line of its own.");
  if (typeof value !== "object" || value === null) return invalid("The line is no JSON-RPC message.");
  const { jsonrpc, id, method, params }: Record<string, unknown> = { ...value };
  const isId = typeof id === "string" || (typeof id === "number" && Number.isInteger(id));
  const toAnswer = isId ? id : null;
  if (jsonrpc !== "2.0") return invalid('jsonrpc: must be "2.0".', toAnswer);
  if (id !== undefined && !isId) return invalid("id: must be a string or a whole number.");
  if (method === undefined) return undefined; // an answer of the client's
  if (typeof method !== "string") return invalid("method: must be a string.", toAnswer);
  const isRecord = typeof params === "object" && params !== null && !Array.isArray(params);
  return params === undefined || isRecord ? undefined : invalid("params: must be an object.", toAnswer);
}

type Edges = { add(part: Buffer): void; id(): Refusal["id"] };

/** The beginning and the end of a line, which is where clients write the id of a request. */
function createEdges(): Edges {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  return {
    add(part) {
      if (head.length < MAX_EDGE_BYTES) head = Buffer.concat([head, part.subarray(0, MAX_EDGE_BYTES)]);
      tail = Buffer.concat([tail, part.subarray(-MAX_EDGE_BYTES)]).subarray(-MAX_EDGE_BYTES);
    },
    id() {
      const text = OPENING_ID.exec(head.toString("utf8"))?.[1] ?? CLOSING_ID.exec(tail.toString("utf8"))?.[1];
      return text === undefined ? null : (JSON.parse(text) as string | number);
    },
  };
}
