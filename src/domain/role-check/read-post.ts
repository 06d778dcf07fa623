import { countDurations, minutesIn } from "./durations.ts";
import type { JobPost, Loop, Passage } from "./job-post.ts";
import { isDenied } from "./negation.ts";
import { passagesOf } from "./passages.ts";
import { statedPay } from "./stated-pay.ts";

const DEMAND =
  /\b(?:you (?:also )?(?:must|need|know|should|have (?:a |run|built|held|owned|led|kept))|must have|we would like you to have|that you have|someone who (?:has|knows)|is (?:mandatory|required)|\((?:required|mandatory)\))/i;
const LOOP =
  /\b(?:we interview|the interview (?:has|consists)|(?:two|three|four|five|six|seven|\d) (?:interviews|conversations|rounds|steps)|interview loop)\b/i;
const ON_CALL = /\bon[- ]?call\b|\bpagers?\b|\bpaged\b|\brota(?:tion)?\b/i;
const STEP_WORD = /\b(?:talk|call|incident|outage|pair|debug\w*|repo\w*|exercise|screen|session)\b/i;

/** Reads a pasted job post: what it demands, promises, pays, and how it hires. Every passage is verbatim. */
export function readPost(text: string): JobPost {
  const passages = passagesOf(text);
  const inLoop = (p: Passage) =>
    p.section === "loop" || LOOP.test(p.text) || (countDurations(p.text) >= 2 && STEP_WORD.test(p.text));
  const loop = passages.filter(inLoop);
  const rest = passages.filter((p) => !loop.includes(p));
  return {
    source: "post",
    title: titleOf(passages),
    passages,
    mustHaves: rest.filter((p) => p.section === "must" || (isProse(p) && DEMAND.test(p.text))),
    duties: rest.filter((p) => p.section === "duties"),
    outcomes: rest.filter((p) => ["outcomes", "about", "heading", "duties"].includes(p.section)),
    loop: loopOf(loop),
    onCall: passages.some((p) => {
      const match = ON_CALL.exec(p.text);
      return match !== null && (p.section !== "waived" || !isDenied(p.text, match.index, match[0].length));
    }),
    pay: statedPay(rest),
    lane: null,
  };
}

const isProse = ({ section }: Passage): boolean => section === "about" || section === "duties";

const titleOf = (passages: readonly Passage[]): string =>
  passages.find((p) => /engineer|scientist|developer/i.test(p.text))?.text ?? passages[0]?.text ?? "";

/** The interview loop of some passages; null when there is none. */
function loopOf(passages: readonly Passage[]): Loop | null {
  if (passages.length === 0) return null;
  let [total, sum, most] = [null as number | null, 0, 0];
  let longest: Passage | null = null;
  for (const passage of passages) {
    const named = minutesIn(passage.text);
    if (named.total !== null) total = (total ?? 0) + named.total;
    sum += named.sum;
    if (named.longest > most) [most, longest] = [named.longest, passage];
  }
  const minutes = total ?? (sum > 0 ? sum : null);
  return { passages, minutes, longest };
}
