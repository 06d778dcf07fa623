import { describe, expect, it } from "vitest";
import { onlyMessages, type Refusal } from "../src/stdio-lines.ts";

const MAX_BYTES = 1_000;

/** What comes through of some input in pieces, and what is refused. */
async function through(...chunks: string[]): Promise<{ lines: string[]; refused: Refusal[] }> {
  const refused: Refusal[] = [];
  const messages = onlyMessages({ maxBytes: MAX_BYTES, refuse: (refusal) => refused.push(refusal) });
  for (const chunk of chunks) messages.write(Buffer.from(chunk));
  messages.end();
  const text = (await messages.toArray()).map(String).join("");
  return { lines: text.split("\n").slice(0, -1), refused };
}

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const long = (open: string, close: string) => `${open}"params":{"x":"${"y".repeat(5_000)}"}${close}`;

describe("the lines of a client", () => {
  it("come through unchanged when they are messages, however they are cut", async () => {
    const answer = '{"jsonrpc":"2.0","id":7,"result":{}}';
    const note = '{"jsonrpc":"2.0","method":"notifications/initialized"}\r';
    const text = `${PING}\n\n${answer}\n${note}\n`;
    for (const chunks of [[text], [...text]])
      expect(await through(...chunks)).toEqual({ lines: [PING, answer, note], refused: [] });
  });

  it.each([
    ["not json", null, -32700],
    ["[]", null, -32600],
    [`[${PING}]`, null, -32600],
    ["5", null, -32600],
    ['{"jsonrpc":"1.0","id":"a","method":"ping"}', "a", -32600],
    ['{"jsonrpc":"2.0","id":null,"method":"ping"}', null, -32600],
    ['{"jsonrpc":"2.0","id":2,"method":5}', 2, -32600],
    ['{"jsonrpc":"2.0","id":2,"method":"ping","params":[1]}', 2, -32600],
  ])("are refused when they are none: %s", async (line, id, code) => {
    const { lines, refused } = await through(`${line}\n${PING}\n`);
    expect(lines).toEqual([PING]);
    expect(refused).toEqual([expect.objectContaining({ id, code })]);
  });

  it.each([
    [7, long('{"jsonrpc":"2.0","id":7,"method":"m",', "}")],
    ["a-1", long('{"method":"m",', ',"jsonrpc":"2.0","id":"a-1"}')],
    [null, long('{"jsonrpc":"2.0","method":"m",', ',"z":{"id":8}}')],
  ])("are refused under their id, %j, when they are too long, and the next one is read", async (id, line) => {
    for (const chunks of [
      [`${line}\n${PING}\n`],
      [line.slice(0, 700), `${line.slice(700)}\n`, `${PING}\n`],
    ]) {
      const { lines, refused } = await through(...chunks);
      expect(lines).toEqual([PING]);
      expect(refused).toEqual([
        { id, code: -32600, message: expect.stringMatching(/longer than 1000 bytes/) },
      ]);
    }
  });
});
