import type { Places } from "../jurisdictions/place-names.ts";
import type { Level } from "../roles/role.ts";
import type { RoleTemplate } from "../roles/role-template.ts";
import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { JobPost, Passage, Section, StatedPay } from "./job-post.ts";
import { laneNamedIn } from "./lanes.ts";
import { passagesOf } from "./passages.ts";
import {
  levelNamed,
  type StatedLevel,
  type StatedMode,
  statedLevel,
  statedMode,
  statedPlaces,
  titleIn,
} from "./post-metadata.ts";
import type { HeldReading, ReadingField } from "./post-reading.ts";
import { readPost } from "./read-post.ts";
import { statedOutcomes } from "./rules/outcomes.ts";
import { statedPay } from "./stated-pay.ts";

/** What a post says of something, with its own words; null where the caller said it. */
type Stated<T> = { readonly value: T; readonly quote: string | null };

/** What a caller knows of a post beside its text. */
export type Given = {
  readonly level?: Level | null | undefined;
  readonly location?: string | null | undefined;
  readonly remote?: boolean | undefined;
};

/** What was read of a post: each with the words that say it, absent where none were found. A value of null: words that are not understood. */
export type PostFacts = {
  readonly title?: string | undefined;
  readonly level?: Stated<Level | null> | undefined;
  readonly lane?: Stated<string | null> | undefined;
  /** Every place, each in its own words. */
  readonly location: readonly string[];
  readonly remote?: Stated<StatedMode["mode"] | null> | undefined;
  readonly pay?: Stated<StatedPay | null> | undefined;
  readonly outcomes: readonly string[];
  readonly must_haves: readonly string[];
  readonly nice_to_haves: readonly string[];
  readonly loop: readonly string[];
  readonly on_call: readonly string[];
  /** What a reader said, whether the post has it or not. */
  readonly settled: ReadonlySet<ReadingField>;
};

type Known = {
  readonly lexicon: Lexicon;
  readonly places: Places;
  readonly template: RoleTemplate | null;
};

const SECTIONS = {
  outcomes: "outcomes",
  must_haves: "must",
  nice_to_haves: "nice",
  loop: "loop",
  on_call: "on_call",
} as const satisfies Partial<Record<ReadingField, Section>>;

/** A post as rules look at it and what was read of it; a reader's quotes stand in the place of what the rules made out. */
export function readFacts(
  text: string,
  { lexicon, places, template }: Known,
  { quotes }: HeldReading,
): { post: JobPost; facts: PostFacts } {
  const made = readPost(corrected(passagesOf(lexicon, text), quotes), lexicon, new Set(sectionsOf(quotes)));
  const first = (field: ReadingField) => quotes.get(field)?.[0];
  const said = <T>(
    field: ReadingField,
    read: () => T | undefined,
    of: (quote: string) => T,
  ): T | undefined => {
    if (!quotes.has(field)) return read();
    const quote = first(field);
    return quote === undefined ? undefined : of(quote);
  };
  const pay = said<Stated<StatedPay | null>>(
    "pay",
    () => (made.pay && { value: made.pay, quote: made.pay.quote }) || undefined,
    (quote) => ({ value: payIn(lexicon, quote), quote }),
  );
  const lane = said<Stated<string | null>>(
    "lane",
    () => laneNamedIn(lexicon, template, made.passages),
    (quote) => ({ value: laneNamedIn(lexicon, template, [asPassage(quote, "about")])?.value ?? null, quote }),
  );
  const facts: PostFacts = {
    title: titleIn(text),
    level: said<Stated<Level | null>>(
      "level",
      () => levelOf(statedLevel(lexicon, text)),
      (quote) => levelOf(levelNamed(lexicon, quote)) ?? { value: null, quote },
    ),
    lane,
    location: quotes.get("location") ?? statedPlaces(places, text).map((place) => place.quote),
    remote: said<Stated<StatedMode["mode"] | null>>(
      "remote",
      () => modeOf(statedMode(lexicon, text)),
      (quote) => modeOf(statedMode(lexicon, quote)) ?? { value: null, quote },
    ),
    pay,
    outcomes: quotes.get("outcomes") ?? statedOutcomes(lexicon, made),
    must_haves: texts(made.mustHaves),
    nice_to_haves: texts(made.passages.filter(({ section }) => section === "nice")),
    loop: texts(made.loop?.passages ?? []),
    on_call: texts(
      made.passages.filter(
        (p) => p.section === "on_call" || (!quotes.has("on_call") && lexicon.has("on_call", p)),
      ),
    ),
    settled: new Set(quotes.keys()),
  };
  const odd = quotes.has("pay") ? null : made.oddPay;
  return {
    post: {
      ...made,
      ...{ pay: pay?.value ?? null, oddPay: odd, isPayUnclear: pay !== undefined && pay.value === null },
      lane: quotes.has("lane") ? (lane?.value ?? null) : null,
    },
    facts,
  };
}

const levelOf = (stated: StatedLevel | null) =>
  stated === null ? undefined : { value: stated.level, quote: stated.quote };
const modeOf = (stated: StatedMode | null) =>
  stated === null ? undefined : { value: stated.mode, quote: stated.quote };

const texts = (passages: readonly Passage[]): string[] => passages.map(({ text }) => text);

const asPassage = (quote: string, section: Section): Passage => ({
  ...sentenceOf(quote),
  ...{ section, where: "reading" },
});

const payIn = (lexicon: Lexicon, quote: string): StatedPay | null =>
  statedPay(lexicon, [asPassage(quote, "pay")]).pay;

const sectionsOf = (quotes: HeldReading["quotes"]): Section[] =>
  Object.entries(SECTIONS).flatMap(([field, section]) =>
    quotes.has(field as ReadingField) ? [section] : [],
  );

/** The passages of a post with those of a reader in the sections that they speak of. */
function corrected(passages: readonly Passage[], quotes: HeldReading["quotes"]): readonly Passage[] {
  const sections = new Set(sectionsOf(quotes));
  if (sections.size === 0) return passages;
  const added = Object.entries(SECTIONS).flatMap(([field, section]) =>
    (quotes.get(field as ReadingField) ?? []).map((quote) => asPassage(quote, section)),
  );
  const isRead = (p: Passage) => added.some(({ text }) => text.includes(p.text) || p.text.includes(text));
  const others = passages.filter((p) => !isRead(p));
  return [
    ...others.map((p) => (sections.has(p.section) ? { ...p, section: "about" as const } : p)),
    ...added,
  ];
}
