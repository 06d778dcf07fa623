/** As MCP over HTTP refuses a request: an error that belongs to no message, and that nobody keeps. */
export const refusal = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  Response.json(
    { jsonrpc: "2.0", id: null, error: { code: -32001, message } },
    { status, headers: { "cache-control": "no-store", ...headers } },
  );
