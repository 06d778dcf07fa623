import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { playConversation, withTranscript } from "../../examples/demo/docs.ts";
import { picture } from "../../examples/demo/picture.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

it("the conversation in the README and its picture are what the program answers today (npm run docs)", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "greenflag-readme-"));
  const events = await playConversation(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  expect(withTranscript(read("README.md"), events)).toBe(read("README.md"));
  expect(picture(events)).toBe(read("docs/conversation.svg"));
});
