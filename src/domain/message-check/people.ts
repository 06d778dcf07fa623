import { linksIn } from "./links.ts";
import { type Rule, textOf, wordsOfName } from "./rule.ts";

const GREETING =
  /^[ \t]*(?:hello|hi|hey|dear|greetings|good (?:morning|afternoon|evening))[ \t,]+((?:(?:mr|mrs|ms|mx|dr|prof)\.?[ \t]+)*[^\n,:!.;?–—]{1,80})/gim;
const NOT_A_NAME = new Set(["mr", "mrs", "ms", "mx", "dr", "prof", "again", "there", "and", "once", "more"]);
const ADDRESS = /[^\s@<>"'(),;:[\]]{1,64}@[\p{L}\p{N}.-]{1,253}/gu;
const ADDRESS_LINE = /^[ \t]*(?:to|cc|bcc)[ \t]*:.{0,200}/gim;

/** Who is greeted, where that is not the recipient: a part of the recipient's own name is fine. */
function strangersGreeted(body: string, recipient: string): string[] {
  const own = new Set(wordsOfName(recipient));
  return [...body.matchAll(GREETING)].flatMap(([, greeted = ""]) => {
    const name = (greeted.split(" - ")[0] ?? "").trim();
    const words = wordsOfName(name).filter((word) => !NOT_A_NAME.has(word));
    return words.some((word) => !own.has(word)) ? [name] : [];
  });
}

/** Other candidates who are named, in full or by first and last name; a first name alone is shared too often. */
function othersNamed(text: string, names: readonly string[], recipient: string): string[] {
  const said = ` ${wordsOfName(text).join(" ")} `;
  const own = wordsOfName(recipient).join(" ");
  return names.filter((name) => {
    const words = wordsOfName(name);
    const [first = "", last = ""] = [words[0], words.at(-1)];
    if (words.length === 0 || words.join(" ") === own) return false;
    if (words.length === 1)
      return new RegExp(
        `(?<![\\p{L}\\p{N}])${name.trim().replace(/[^\p{L}\p{N}]/gu, "\\$&")}(?![\\p{L}\\p{N}])`,
        "u",
      ).test(text);
    return (
      `${first} ${last}` !== own && [words.join(" "), `${first} ${last}`].some((n) => said.includes(` ${n} `))
    );
  });
}

function addressesIn(text: string, known: readonly string[]): string[] {
  const own = new Set(known.map((address) => address.toLowerCase()));
  const found = (text.match(ADDRESS) ?? []).map((address) => address.replace(/[.-]+$/, ""));
  return found.filter((address) => /\.\p{L}{2,}$/u.test(address) && !own.has(address.toLowerCase()));
}

/** Whether the message is for its recipient alone, and leads nowhere else. */
export const PEOPLE_RULES: readonly Rule[] = [
  {
    id: "wrong_name",
    severity: "error",
    why: "It greets somebody who is not the recipient.",
    find: ({ body }, { recipientName }) => strangersGreeted(body, recipientName),
  },
  {
    id: "other_candidate",
    severity: "error",
    why: "It names another candidate of this role: what is known of one is nobody else's business.",
    find: (draft, { otherCandidates, recipientName }) =>
      othersNamed(textOf(draft), otherCandidates, recipientName),
  },
  {
    id: "several_recipients",
    severity: "warning",
    why: "It holds an address that is neither the sender's nor the candidate's; a message goes to one person.",
    find: (draft, { addresses = [] }) => [
      ...addressesIn(textOf(draft), addresses),
      ...(textOf(draft).match(ADDRESS_LINE) ?? []),
    ],
  },
  {
    id: "link_host",
    severity: "error",
    why: "It links to a host that is not on the list of allowed ones, or by something other than the web.",
    find: (draft, { allowedHosts }) => linksIn(textOf(draft), allowedHosts),
  },
];
