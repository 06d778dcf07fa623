import type { Section } from "./job-post.ts";

/** Headings by what they announce, as posts have them. Tried in order on the heading in lower case, without marks. */
const HEADINGS: readonly (readonly [Section, RegExp])[] = [
  [
    "waived",
    /^(?:not needed|not required|(?:what )?(?:we|you) (?:do not|don'?t) (?:ask|need).*|don'?t need)$/,
  ],
  [
    "nice",
    /^(?:(?:the )?nice[- ]to[- ]haves?|(?:what is |it is )?nice|preferred(?: qualifications?| skills)?|desired|desirable|welcome.*|good if you have it|bonus(?: points)?|(?:pleasant )?extras|pluses|it helps.*|(?:it )?would be (?:great|nice))$/,
  ],
  [
    "must",
    /^(?:(?:the |our )?must[- ]?haves?|you must have|(?:basic|minimum|essential|key)? ?(?:required|requirements?|qualifications?)(?: skills| qualifications)?|what (?:we|you)(?:'ll| will)? (?:need|expect|bring|must have|ask for|have)(?: from you)?|what i look for|you (?:need|have|bring|must have)|we (?:expect|require|look for)|your profile|needed|need|mandatory|(?:required )?skills|who you are|essential)$/,
  ],
  [
    "outcomes",
    /^(?:what (?:success looks like|you will have reached.*|we want to reach|has to be achieved.*|we want from you.*)|(?:results|outcomes)(?: expected)?|expected (?:results|outcomes)|(?:your |our |the |what )?(?:goals?|targets?|mission)(?: (?:in|for|of) .*)?|measures? of success|by the end of .*|in (?:your|the) first (?:year|months?).*|the (?:result|mission) .*)$/,
  ],
  ["on_call", /^(?:on[- ]?call(?: and .*)?|(?:the )?pager|support duty)$/],
  [
    "pay",
    /^(?:(?:the |base )?(?:pay|salary)(?: range)?|base|compensation(?: and benefits)?|remuneration|rate|benefits|what (?:we offer|you get)|we (?:offer|give)(?: you)?|you get|conditions)$/,
  ],
  [
    "loop",
    /^(?:(?:(?:our|the) )?(?:interviews?|(?:interview|hiring|selection|application)? ?(?:process|loop|rounds?)|selection|steps)(?: \(.*\))?|how (?:we (?:hire|interview)|it goes on))$/,
  ],
  [
    "duties",
    /^(?:what you(?:'ll| will)? (?:do|own)|(?:your |the |key )?(?:responsibilities|duties|tasks?|work|day|role)|essential functions|(?:in this role )?you will|day to day)$/,
  ],
  [
    "about",
    /^(?:about.*|who we are|the (?:company|team|situation)|title|company|location|good to know|how to apply|purpose.*|working conditions|position|employer)$/,
  ],
];

/** The section that a heading or label announces; undefined when it is none. */
export function sectionOf(heading: string): Section | undefined {
  const plain = heading
    .replace(/[^\p{L}\p{N}\s'(),&-]/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
  return HEADINGS.find(([, pattern]) => pattern.test(plain))?.[0];
}
