import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { conversation } from "./conversation.ts";
import { picture } from "./picture.ts";
import { demoDirectory, startSession } from "./session.ts";
import { type Event, linesOf, record } from "./transcript.ts";

const README = fileURLToPath(new URL("../../README.md", import.meta.url));
const PICTURE = fileURLToPath(new URL("../../docs/conversation.svg", import.meta.url));
const BLOCK = /(<!-- transcript: [^>]*-->\n)[\s\S]*?(<!-- end of transcript -->)/;

/** Plays the README's conversation on the built program, with its data in a directory of its own. */
export async function playConversation(dataDir: string): Promise<Event[]> {
  const session = await startSession({ githubApiUrl: "http://127.0.0.1:9", smtpUrl: "", dataDir });
  try {
    return (await record(() => conversation(session))).map(withSteadyTimes);
  } finally {
    await session.close();
  }
}

/** Moments, which differ from run to run, as one that does not. */
const withSteadyTimes = (event: Event): Event => ({
  ...event,
  lines: event.lines.map((line) => line.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "2026-11-30T09:00:00Z")),
});

/** The README with the conversation as it was played. */
export function withTranscript(readme: string, events: readonly Event[]): string {
  const text = events.flatMap(linesOf).join("\n").trim();
  return readme.replace(
    BLOCK,
    (_, start: string, end: string) => `${start}\n\`\`\`\n${text}\n\`\`\`\n\n${end}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dataDir = demoDirectory(false);
  const events = await playConversation(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  writeFileSync(README, withTranscript(readFileSync(README, "utf8"), events));
  writeFileSync(PICTURE, picture(events));
}
