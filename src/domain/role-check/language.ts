// The commonest short words of each language: a text in it is full of them, whatever it is about.
const COMMON: Record<string, string> = {
  English:
    "the and of to a in you we our is for with that your are will have be on as or what not from it who this by at an how",
  German:
    "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus wir ihre sie oder unsere",
  French:
    "le la les de des et en un une du dans est que pour qui sur par plus nous vous au avec ou nos votre notre aux ce",
  Spanish: "el la los las de y en que un una por con para del se es al su nuestro tu como más o nos",
  Portuguese: "o os as de e em que um uma para com do da no na por se mais dos das ao você nosso",
  Italian: "il lo la gli le di e in che un una per con del della dei è nel alla si da i nostro",
  Dutch: "de het een en van in is op te dat voor met zijn aan er om bij je we ons naar als",
  Polish: "w i na z do się że nie o jest to za od jak po przez dla oraz są lub",
};
const SETS = Object.entries(COMMON).map(([name, words]) => [name, new Set(words.split(" "))] as const);

/** Words of English posts that posts in other languages rarely borrow. */
const TRADE = [
  "engineer engineers learning models train training build building deploy experience years skills required requirements",
  "interview interviews salary pay degree speaker hours rounds call production own run research design",
].flatMap((words) => words.split(" "));

const ENOUGH_WORDS = 12;
/** Even a post of bare lists has this share of common words. */
const LEAST_SHARE = 0.06;
const SAMPLE = 20_000;

/**
 * The language of a text when it is one that the rules do not read: its name, "another language" for one not known here,
 * or null for English and for a text too short to tell.
 */
export function foreignLanguage(text: string): string | null {
  const words =
    text
      .slice(0, SAMPLE)
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? [];
  const all = words.reduce((sum, { length }) => sum + length, 0);
  const foreign = words
    .filter((word) => !/^[a-z]*$/.test(word))
    .join("")
    .replace(/\p{Script=Latin}+/gu, "");
  if (foreign.length * 2 > all) return "another language";
  if (words.length < ENOUGH_WORDS) return null;
  const tally = new Map<string, number>();
  for (const word of words) tally.set(word, (tally.get(word) ?? 0) + 1);
  const counts = SETS.map(([name, set]) => {
    let n = 0;
    for (const word of set) n += tally.get(word) ?? 0;
    return { name, n };
  });
  const best = counts.reduce((a, b) => (b.n > a.n ? b : a));
  const english = counts[0]?.n ?? 0;
  if (best.name !== "English" && best.n > english * 1.5 && best.n / words.length >= LEAST_SHARE)
    return best.name;
  // A post of bare lists has few short words, and those of its trade instead.
  const ofTrade = TRADE.reduce((sum, word) => sum + (tally.get(word) ?? 0), 0);
  return (english + ofTrade) / words.length >= LEAST_SHARE ? null : "another language";
}
