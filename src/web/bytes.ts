import type { IncomingMessage, ServerResponse } from "node:http";

/** Reads the body of a request; undefined where it is longer than so many bytes. */
export type ReadBytes = (max: number) => Promise<Uint8Array | undefined>;

/**
 * Hands a request of Node's server on with a body of bytes, which is read when it is asked for. The SDK's adapter reads
 * every body first, and as text.
 */
export function toByteHandler(answer: (request: Request, readBytes: ReadBytes) => Promise<Response>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    send(request, response, await answer(headOf(request, response), (max) => bytesOf(request, max)));
}

/** A request without its body, of which nothing is read: for what is decided before a stranger is listened to. */
export function headOf(request: IncomingMessage, response: ServerResponse): Request {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(request.headersDistinct))
    for (const value of values) headers.append(name, value);
  const url = new URL(request.url ?? "/", "http://localhost");
  const { method = "GET" } = request;
  return new Request(url, { method, headers, signal: gone.signal });
}

/** Answers a request whose body may not have been read. */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  made: Response,
): Promise<void> {
  const body = Buffer.from(await made.arrayBuffer());
  response.writeHead(made.status, Object.fromEntries(made.headers)).end(body);
  // What nobody read of the body is let pass, or a browser that still sends would not see the answer.
  request.resume();
}

async function bytesOf(request: IncomingMessage, max: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers["content-length"]) > max) return undefined;
  const parts: Buffer[] = [];
  let received = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    received += part.length;
    if (received > max) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
