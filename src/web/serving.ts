import type { Server, ServerOptions } from "node:http";

/** How long and how much this server bears of who is slow or sends too much. */
export type Bounds = {
  /** Time for the head of a request to arrive. */
  readonly headMs: number;
  /** Time for a whole request to arrive. */
  readonly requestMs: number;
  /** How often it is looked whether these times are over. */
  readonly checkEveryMs: number;
  readonly headBytes: number;
  readonly connections: number;
};

/**
 * The head of a request is a few lines, and arrives at once or is held back on purpose. A body may be files from a phone
 * in a train: 10 MB in five minutes. Each earlier client keeps one connection open, so a thousand are a large company.
 */
const BOUNDS: Bounds = {
  headMs: 15_000,
  requestMs: 300_000,
  checkEveryMs: 5_000,
  headBytes: 16 * 1024,
  connections: 1_000,
};

/** The options of a server with these bounds. */
export const serverOptions = ({
  headMs,
  requestMs,
  checkEveryMs,
  headBytes,
}: Bounds = BOUNDS): ServerOptions => ({
  headersTimeout: headMs,
  requestTimeout: requestMs,
  connectionsCheckingInterval: checkEveryMs,
  maxHeaderSize: headBytes,
});

/** Bounds how many may be connected. Who comes after them is turned away at once, and may come again. */
export function boundConnections(server: Server, { connections }: Bounds = BOUNDS): void {
  server.maxConnections = connections;
}
