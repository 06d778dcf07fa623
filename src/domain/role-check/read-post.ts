import { minutesIn } from "./durations.ts";
import type { JobPost, Loop, Passage } from "./job-post.ts";
import { passagesOf } from "./passages.ts";
import { statedPay } from "./stated-pay.ts";
import { anyOf, has } from "./words.ts";

/** Words by which a sentence outside a list asks for something. */
const DEMAND = anyOf(
  "you (?:also |absolutely |really )?(?:must|need|know|should|have (?:a |run|built|held|owned|led|kept|experience|deep|solid|strong|hands)|bring|will need|will have|are (?:fluent|comfortable|expert|proficient|experienced))",
  "you'll (?:need|have|bring)",
  "you've (?:run|built|operated|owned|kept|shipped|deployed|got|put|worked|used)",
  "must have",
  "must (?:know|be|bring)",
  "(?:we|i) (?:would like you to|need you to|want you to|expect you to|require|need (?:someone|somebody|a person|an engineer|people))",
  "that you have",
  "(?:someone|somebody|people|a person|an engineer|engineers|anyone|candidates?) (?:who|that|with)",
  "(?:is|are) (?:mandatory|required|a must|essential|non negotiable|needed|expected)",
  "\\((?:required|mandatory|must have|essential)\\)",
  "looking for",
  "(?:strong|deep|solid|proven|hands on|extensive|good) (?:\\w+ )?(?:experience|knowledge|skills|background|command|grasp)",
  "experience (?:with|in|of|running|operating|building)",
  "required",
);
/** What says by itself that a sentence is about how people are hired. */
const PROCESS = anyOf(
  "(?:interview|hiring|selection|recruitment|recruiting|our|the|application) process",
  "selection (?:consists|is|has|takes|involves)|we interview|interviewing|hiring (?:goes|works|is|takes|runs|consists|happens|has)",
  "(?:the )?interviews? (?:has|have|consists?|is|are|takes?|includes?|involves?|runs?|loop|rounds?|plan|stages?|days?)",
  "(?:two|three|four|five|six|seven|\\d) (?:\\w+ )?(?:interviews|conversations|rounds|steps|stages|calls)",
  "how we hire",
  "(?:leetcode|leet code|hackerrank|hacker rank|codility|codesignal|coderpad)",
  "(?:we|we'll) hire (?:by|with|through|via|in)",
  "to (?:interview|hire) (?:you|people)",
  "onsite interviews?",
);
/** A step of a hiring process. */
const STEP = anyOf(
  "(?:one|two|three|four|five|six|seven|\\d) (?:\\w+ )?(?:conversations|interviews|meetings|rounds|(?:phone|video) calls|stages|sessions|talks)",
  "(?:intro*|recruiter|screening|phone|video|first|short|initial|chemistry|informal|founder|ceo|cto|hiring manager|manager|technical|final|culture|team|quick|minute|min|hour|reference) (?:\\w+ )?(?:call|chat|screen|screening|talk|conversation|interview|round|session|meeting|discussion|panel|coffee|lunch)",
  "(?:call|chat|talk|conversation|interview|session|meeting|discussion|coffee|lunch) with (?:the|our|a|me|us|your|two|three|\\w+ (?:from|of))",
  "take home*",
  "pair(?:ing|ed)?(?: programming)?(?: session)?",
  "(?:incident|outage|postmortem|post mortem|debugging|system design|architecture|coding|live coding|design) (?:\\w+ )?(?:review|walkthrough|deep dive|discussion|interview|round|session|exercise|talk|test|challenge|conversation|retrospective|screen|hour|whiteboard|retro)",
  "(?:online|coding|programming|technical|algorithm*) (?:assessment|test|challenge|exercise|task|quiz|screen|round)",
  "whiteboard*",
  "on-?site",
  "(?:interview|panel|screen|screening|exercise)",
  "(?:walk|talk) us through",
  "work sample",
  "trial day",
  "reference (?:check|call)s?",
  "panel",
  "debrief",
  "debug*",
  "(?:offer|decision) (?:within|in|by|call)",
  "(?:leetcode|hackerrank|codility)",
  "brain-?teasers?",
);
const ON_CALL = anyOf(
  "on-?call",
  "pagers?",
  "pager-?duty",
  "paged",
  "pages (?:a|per|at|you|anyone|anybody|us)",
  "(?:two|three|\\d|few|no|zero|rare|night) pages",
  "rota",
  "out of (?:hours|office hours)",
  "outside (?:of )?(?:business|working|office) hours",
  "after hours",
  "off hours",
  "stand-?by",
  "(?:follow|chase) the sun",
  "(?:nobody|no one|not be|never|nobody is|get|being|be) (?:\\w+ )?(?:woken|wakes?|called) (?:up|at night|at 3|out|in the night)?",
  "wakes? (?:you|anyone|anybody|people|nobody|us)",
  "(?:support|shift|weekend|night|duty|escalation|incident) (?:rota*|rotation|shifts?|duty|duties|cover|coverage|support)",
  "(?:one|1) week in (?:\\w+)",
  "bleep",
  "(?<!(?:key|job|credential|secret|team|log|certificate) )rotation(?! (?:program*|of keys|through))",
  "alerts? (?:reach*|go to|page|wake*|come to|find)",
  "(?:has|have|hold|holds|carry|carries|carrying|keep*) the (?:phone|pager|bleep)",
  "(?:called|phoned|rung|paged|woken|contacted) (?:at|after|in the|out|up|during)",
  "(?:at|in the) nights?",
  "24/7 (?:support|cover|coverage|rotation)",
  "night shifts?|(?:evening|weekend|night)s?(?: and \\w+)? (?:calls?|work|support|shifts?|cover*)|(?:level|tier|l) ?[123] support|rotating (?:basis|support|duty|shifts?)|reachable (?:by|at|on|in|out)",
);
/** Where a post says what is to be reached; among its demands only as what you will do. */
const RESULTS: ReadonlySet<Passage["section"]> = new Set(["outcomes", "about", "heading", "duties"]);
const PROMISED = anyOf("you'll|you will|you would|you'd");
const LOOP_AT_LEAST = 2; // steps in one sentence, before prose counts as a process

/** Reads a pasted job post: what it demands, promises, pays, and how it hires. Every passage is verbatim. */
export function readPost(text: string): JobPost {
  const passages = passagesOf(text);
  const loop = loopPassages(passages);
  const rest = passages.filter((p) => !loop.has(p));
  const { pay, odd } = statedPay(rest);
  return {
    source: "post",
    title: titleOf(passages),
    passages,
    mustHaves: rest.filter((p) => p.section === "must" || (isProse(p) && has(p.text, DEMAND))),
    duties: rest.filter((p) => p.section === "duties"),
    outcomes: rest.filter((p) => RESULTS.has(p.section) || (p.section === "must" && has(p.text, PROMISED))),
    loop: loopOf([...loop]),
    onCall: passages.some((p) => p.section === "on_call" || has(p.text, ON_CALL)),
    pay,
    oddPay: odd,
    lane: null,
  };
}

const isProse = ({ section }: Passage): boolean => section === "about" || section === "duties";

const titleOf = (passages: readonly Passage[]): string =>
  passages.find((p) => /engineer|scientist|developer/i.test(p.text))?.text ?? passages[0]?.text ?? "";

/** How many steps of a process a text names, and how long they take. */
const steps = (text: string): number =>
  (has(text, STEP) ? [...text.matchAll(STEP)].length : 0) + minutesIn(text).count;

/** The passages about how people are hired: under such a heading, or by what they say, and what runs on from there. */
function loopPassages(passages: readonly Passage[]): Set<Passage> {
  const found = new Set<Passage>();
  let running = false;
  for (const p of passages) {
    if (p.section === "loop") found.add(p);
    const prose = p.section !== "nice" && p.section !== "heading";
    const named = prose ? steps(p.text) : 0;
    const told = named > LOOP_AT_LEAST || (named > 0 && has(p.text, PROCESS));
    const runsOn = running && named > 0;
    if (told || runsOn) found.add(p);
    running = found.has(p) && p.section !== "loop";
  }
  return found;
}

/** The interview loop of some passages; null where nothing is told but that there is one. */
function loopOf(passages: readonly Passage[]): Loop | null {
  if (!passages.some((p) => steps(p.text) > 0)) return null;
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
