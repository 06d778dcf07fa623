// Calls one tool so many times over HTTP, by the 2026-07-28 protocol, with a token where one is given. Of several
// addresses, with a comma between them, each is called in its turn.
const [addresses, count, token] = process.argv.slice(2);
const urls = addresses.split(",");
const _meta = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1" },
};
const headers = {
  ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
  ...{ "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "find_candidates" },
  ...(token ? { authorization: `Bearer ${token}` } : {}),
};
for (let id = 0; id < Number(count); id += 1) {
  const params = { name: "find_candidates", arguments: { query: `person ${id % 100}` }, _meta };
  const body = JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params });
  const text = await (await fetch(urls[id % urls.length], { method: "POST", headers, body })).text();
  if (!text.includes('"total"')) throw new Error(`an answer without a total: ${text.slice(0, 300)}`);
}
