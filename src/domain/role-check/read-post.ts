import { minutesIn } from "../text/durations.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { JobPost, Loop, Passage } from "./job-post.ts";
import { statedPay } from "./stated-pay.ts";

/** Where a post says what is to be reached; among its demands only as what you will do. */
const RESULTS: ReadonlySet<Passage["section"]> = new Set(["outcomes", "about", "heading", "duties"]);
const LOOP_AT_LEAST = 2; // steps in one sentence, before prose counts as a process

/**
 * Reads the passages of a pasted job post: what it demands, promises, pays, and how it hires. In the sections of `settled`
 * nothing is looked for beside what stands there: a reader has said what belongs to them.
 */
export function readPost(
  passages: readonly Passage[],
  lexicon: Lexicon,
  settled: ReadonlySet<Passage["section"]> = new Set(),
): JobPost {
  const loop = settled.has("loop")
    ? new Set(passages.filter((p) => p.section === "loop"))
    : loopPassages(lexicon, passages);
  const rest = passages.filter((p) => !loop.has(p));
  const { pay, odd } = statedPay(lexicon, rest);
  return {
    source: "post",
    title: titleOf(passages),
    passages,
    mustHaves: rest.filter(
      (p) => p.section === "must" || (!settled.has("must") && isProse(p) && lexicon.has("demand", p)),
    ),
    duties: rest.filter((p) => p.section === "duties"),
    outcomes: rest.filter((p) =>
      settled.has("outcomes")
        ? p.section === "outcomes"
        : RESULTS.has(p.section) || (p.section === "must" && lexicon.has("promised", p)),
    ),
    loop: loopOf(lexicon, [...loop]),
    onCall: passages.some(
      (p) => p.section === "on_call" || (!settled.has("on_call") && lexicon.has("on_call", p)),
    ),
    pay,
    oddPay: odd,
    isPayUnclear: false,
    lane: null,
  };
}

const isProse = ({ section }: Passage): boolean => section === "about" || section === "duties";

const titleOf = (passages: readonly Passage[]): string =>
  passages.find((p) => /engineer|scientist|developer/i.test(p.text))?.text ?? passages[0]?.text ?? "";

/** How many steps of a process a text names, and how long they take. */
const steps = (lexicon: Lexicon, passage: Passage): number =>
  lexicon.find("hiring_step", passage).length + minutesIn(passage.text).count;

/** The passages about how people are hired: under such a heading, or by what they say, and what runs on from there. */
function loopPassages(lexicon: Lexicon, passages: readonly Passage[]): Set<Passage> {
  const found = new Set<Passage>();
  let running = false;
  for (const p of passages) {
    if (p.section === "loop") found.add(p);
    const prose = p.section !== "nice" && p.section !== "heading";
    const named = prose ? steps(lexicon, p) : 0;
    const told = named > LOOP_AT_LEAST || (named > 0 && lexicon.has("hiring_process", p));
    const runsOn = running && named > 0;
    if (told || runsOn) found.add(p);
    running = found.has(p) && p.section !== "loop";
  }
  return found;
}

/** The interview loop of some passages; null where nothing is told but that there is one. */
function loopOf(lexicon: Lexicon, passages: readonly Passage[]): Loop | null {
  if (!passages.some((p) => steps(lexicon, p) > 0)) return null;
  let [total, sum, most] = [null as number | null, 0, 0];
  let longest: Passage | null = null;
  for (const passage of passages) {
    const named = minutesIn(passage.text);
    if (named.total !== null) total = Math.max(total ?? 0, named.total);
    sum += named.sum;
    if (Math.max(named.longest, named.total ?? 0) > most)
      [most, longest] = [Math.max(named.longest, named.total ?? 0), passage];
  }
  const minutes = total ?? (sum > 0 ? sum : null);
  return { passages, minutes, longest };
}
