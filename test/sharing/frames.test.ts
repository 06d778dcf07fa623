import { describe, expect, it } from "vitest";
import {
  createFrameReader,
  greetingFrame,
  messageFrame,
  readGreeting,
  readMessage,
} from "../../src/sharing/frames.ts";

const LIMIT = 64 * 1024 * 1024;
const reader = (limit = LIMIT) => createFrameReader(() => limit);

describe("frames", () => {
  it("keep dates, bytes, maps and what is undefined", () => {
    const message = {
      at: new Date("2026-11-24T09:00:00Z"),
      bytes: new Uint8Array([0, 255, 10]),
      gone: undefined,
      list: [undefined, null, 1n],
      map: new Map([["a", new Set([1])]]),
      text: "Inês \u{1f600} \u0000",
    };
    const [body] = reader()(messageFrame(message));
    expect(body && readMessage(body)).toStrictEqual(message);
  });

  it("are found again however they are cut into pieces", () => {
    const stream = Buffer.concat([
      greetingFrame({ hello: 1 }),
      messageFrame({ id: 1, text: "a" }),
      messageFrame({}),
    ]);
    for (let size = 1; size <= stream.length; size += 1) {
      const read = reader();
      const bodies: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size) bodies.push(...read(stream.subarray(at, at + size)));
      const [first, second, third] = bodies;
      expect(first && readGreeting(first)).toEqual({ hello: 1 });
      expect(second && readMessage(second)).toEqual({ id: 1, text: "a" });
      expect(third && readMessage(third)).toEqual({});
      expect(bodies).toHaveLength(3);
    }
  });

  it("carry a message of 30 MB in pieces of 64 KB without copying it again and again", () => {
    const frame = messageFrame({ text: "x".repeat(30_000_000) });
    const read = reader();
    const bodies: Buffer[] = [];
    for (let at = 0; at < frame.length; at += 65_536) bodies.push(...read(frame.subarray(at, at + 65_536)));
    expect(bodies).toHaveLength(1);
    expect((readMessage(bodies[0] ?? Buffer.alloc(0)) as { text: string }).text).toHaveLength(30_000_000);
  });

  it("that say they are longer than the limit are refused before they arrive", () => {
    expect(() => reader()(Buffer.from([255, 255, 255, 255]))).toThrow(/4294967295 bytes/);
    expect(() => reader(10)(messageFrame({ text: "longer than ten bytes" }))).toThrow(/over the limit/);
  });

  it("of bytes that are none of ours are an error, not a value", () => {
    const bodies = reader()(Buffer.from([0, 0, 0, 4, 1, 2, 3, 4]));
    expect(() => readMessage(bodies[0] ?? Buffer.alloc(0))).toThrow();
    expect(() => readGreeting(bodies[0] ?? Buffer.alloc(0))).toThrow();
  });
});
