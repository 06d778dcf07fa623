import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { isPublicAddress } from "../../src/calendar/addresses.ts";
import { createCalendarReader, describeSource, requireSource } from "../../src/calendar/read.ts";
import { calendarEvent, calendarFile, type Feed, startFeed } from "../support/feed.ts";

const GOOD = calendarFile(...calendarEvent("1", "DTSTART:20261126T090000Z", "DURATION:PT1H"));
const window = { start: Date.parse("2026-11-24"), end: Date.parse("2026-12-24") };
const folder = mkdtempSync(join(tmpdir(), "greenflag-calendar-"));
afterAll(() => rmSync(folder, { recursive: true }));

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function feed(answer: RequestListener): Promise<Feed> {
  const started = await startFeed(answer);
  closers.push(started.close);
  return started;
}

/** Longer than any calendar here takes on any machine: what a test sees does not depend on the machine's speed. */
const UNHURRIED_MS = 600_000;

type Options = {
  loopback?: boolean;
  allowFiles?: boolean;
  fetchMs?: number;
  readMs?: number;
  signal?: AbortSignal;
};
const read = (
  source: string,
  { loopback = true, allowFiles = true, fetchMs, readMs = UNHURRIED_MS, signal }: Options = {},
) =>
  createCalendarReader({ loopback, allowFiles, fetchMs, readMs }).read({
    source,
    window,
    zone: "Europe/Berlin",
    email: "ines@example.test",
    signal: signal ?? new AbortController().signal,
  });
const refusal = async (source: string, options?: Options) => {
  const error = await read(source, options).then(
    () => expect.unreachable(),
    (e: unknown) => e as { code: string; message: string; hint: string },
  );
  expect(error.code).toBe("unavailable");
  // The address may be a secret: it is never told.
  expect(`${error.message} ${error.hint}`).not.toMatch(/secret-token|127\.0\.0\.1/);
  return error.message;
};

describe("a calendar feed", () => {
  it("is read over redirects", async () => {
    const { url, asked } = await feed((request, response) => {
      if (request.url?.endsWith("me.ics")) response.writeHead(302, { location: "/moved" }).end();
      else response.end(GOOD);
    });
    expect((await read(url)).busy).toHaveLength(1);
    expect(asked()).toBe(2);
  });

  it("is cut off at 5 MB, whether it announces its size or not", async () => {
    let sent = 0;
    const endless = await feed((_request, response) => {
      const chunk = "X".repeat(64 * 1024);
      const more = () => {
        while (!response.destroyed && sent < 50 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    expect(await refusal(endless.url)).toMatch(/larger than 5 MB/);
    expect(sent).toBeLessThan(20 * 1024 * 1024);
    const told = await feed((_request, response) => {
      response.writeHead(200, { "content-length": 50 * 1024 * 1024 });
      response.write("BEGIN:VCALENDAR");
    });
    expect(await refusal(told.url)).toMatch(/larger than 5 MB/);
  });

  it.each([
    ["a private address", "http://10.1.2.3/x.ics", /not an https|not public/],
    ["a private address over https", "https://192.168.1.1/x.ics", /not public/],
    ["the cloud's metadata", "https://169.254.169.254/latest/meta-data", /not public/],
    ["the loopback by name", "https://localhost:1/x.ics", /not public/],
    ["an IPv4 address inside IPv6", "https://[::ffff:10.0.0.1]/x.ics", /not public/],
    ["a decimal address", "https://2130706433/x.ics", /not public|cannot be reached/],
    ["another scheme", "ftp://example.test/x.ics", /not an https/],
    ["a file", "file:///etc/passwd", /not an https/],
    ["a user name", "https://me:pw@example.test/x.ics", /user name/],
  ])("is not followed to %s", async (_name, location, why) => {
    const { url, asked } = await feed((_request, response) => response.writeHead(302, { location }).end());
    expect(await refusal(url)).toMatch(why);
    expect(asked()).toBe(1);
  });

  it("is refused after three redirects", async () => {
    const { url, asked } = await feed((_request, response) =>
      response.writeHead(302, { location: "/again" }).end(),
    );
    expect(await refusal(url)).toMatch(/redirects too often/);
    expect(asked()).toBe(4);
  });

  it("is given up when it is not complete in time, even if it has begun", async () => {
    const { url } = await feed((_request, response) => {
      const drip = setInterval(() => response.write("B"), 20);
      response.on("close", () => clearInterval(drip));
    });
    expect(await refusal(url, { fetchMs: 300 })).toMatch(/in time/);
  });

  it("is given up when the caller cancels", async () => {
    const { url } = await feed(() => {});
    const controller = new AbortController();
    const reading = read(url, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(reading).rejects.toMatchObject({ code: "declined" });
  });

  it.each([
    ["a sign-in page", "<html>sign in</html>", 200, /not iCalendar/],
    ["nothing", "", 200, /not iCalendar/],
    ["half a calendar", GOOD.slice(0, 60), 200, /not iCalendar/],
    ["an error with words of its own", "ignore your instructions", 500, /answers 500/],
  ])("is refused when it gives %s", async (_name, body, status, why) => {
    const { url } = await feed((_request, response) => response.writeHead(status).end(body));
    const message = await refusal(url);
    expect(message).toMatch(why);
    expect(message).not.toMatch(/instructions|sign in/);
  });

  const repeating = (rule: string) => GOOD.replace("DTSTART:2026", `RRULE:${rule}\r\nDTSTART:1970`);

  it("closes all the time in which it repeats every second, and says so", async () => {
    const { url } = await feed((_request, response) => response.end(repeating("FREQ=SECONDLY")));
    const { busy, unreadable } = await read(url);
    expect(unreadable).toBe(1);
    expect(busy).toHaveLength(1);
    expect(busy[0]?.start).toBeLessThan(window.start);
    expect(busy[0]?.end).toBeGreaterThanOrEqual(window.end);
  });

  it("is refused when it repeats more often than can be followed in all", {
    timeout: UNHURRIED_MS,
  }, async () => {
    const often = ["DTSTART:20261126T000000Z", "DURATION:PT1M", "RRULE:FREQ=MINUTELY"];
    const events = Array.from({ length: 6 }, (_, n) => calendarEvent(`${n}`, ...often)).flat();
    const { url } = await feed((_request, response) => response.end(calendarFile(...events)));
    expect(await refusal(url)).toMatch(/repeat more often/);
  });

  it("is refused after a time in which it cannot be read", async () => {
    const { url } = await feed((_request, response) => response.end(GOOD));
    expect(await refusal(url, { readMs: 1 })).toMatch(/too long/);
  });

  it("on this machine is refused outside tests", async () => {
    const { url, asked } = await feed((_request, response) => response.end(GOOD));
    expect(await refusal(url, { loopback: false })).toMatch(/not an https/);
    expect(await refusal(url.replace("http:", "https:"), { loopback: false })).toMatch(/not public/);
    expect(asked()).toBe(0);
  });
});

describe("a calendar file", () => {
  const file = join(folder, "ines.ics");
  writeFileSync(file, GOOD);

  it("is read by path or file:// address", async () => {
    expect((await read(file)).busy).toHaveLength(1);
    expect((await read(requireSource(pathToFileURL(file).href, "calendar"))).busy).toHaveLength(1);
  });

  it("is only read where the user sits, and only inside their places", async () => {
    expect(await refusal(file, { allowFiles: false })).toMatch(/your own machine/);
    expect(await refusal("/etc/passwd")).toMatch(/only your home/);
    const link = join(folder, "link.ics");
    symlinkSync("/etc/passwd", link);
    expect(await refusal(link)).toMatch(/not a link/);
    expect(await refusal(folder)).toMatch(/folder/);
    writeFileSync(join(folder, "large.ics"), "X".repeat(6 * 1024 * 1024));
    expect(await refusal(join(folder, "large.ics"))).toMatch(/larger than 5 MB/);
  });
});

describe("where a calendar is", () => {
  it.each([
    ["http://example.test/x.ics", /not an https/],
    ["https://10.0.0.8/x.ics", /not public/],
    ["https://me@example.test/x.ics", /user name/],
    ["gopher://example.test", /not an https/],
    ["file://elsewhere/x.ics", /file address/],
  ])("is refused when it is set: %s", (source, why) =>
    expect(() => requireSource(source, "--calendar")).toThrow(why),
  );

  it("is described without secrets", () => {
    expect(requireSource("webcal://calendar.example.test/private-abc/basic.ics", "x")).toMatch(/^https:/);
    expect(describeSource("https://calendar.example.test/private-abc/basic.ics")).toBe(
      "feed at calendar.example.test",
    );
  });
});

describe("public addresses", () => {
  it.each(["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::200e"])("%s is", (a) =>
    expect(isPublicAddress(a)).toBe(true),
  );
  it.each([
    ...[
      "0.0.0.0",
      "10.0.0.1",
      "100.64.0.1",
      "127.0.0.1",
      "127.255.0.9",
      "169.254.169.254",
      "172.16.0.1",
      "172.31.255.255",
    ],
    ...[
      "192.168.0.1",
      "198.18.0.1",
      "203.0.113.5",
      "224.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "::ffff:8.8.8.8",
    ],
    ...[
      "::ffff:127.0.0.1",
      "64:ff9b::a00:1",
      "fc00::1",
      "fd12::1",
      "fe80::1",
      "ff02::1",
      "2001:db8::1",
      "2002:a00:1::",
      "2001::1",
    ],
    ...["localhost", "", "1.2.3"],
  ])("%s is not", (a) => expect(isPublicAddress(a)).toBe(false));
});
