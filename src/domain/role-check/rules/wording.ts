import type { Rule } from "../finding.ts";
import { firstClaim } from "../negation.ts";

type Wording = { readonly pattern: RegExp; readonly why: string; readonly fix: string };

/** Wording that keeps people away, with what it says to them. */
const WORDINGS: readonly Wording[] = [
  {
    pattern:
      /\b(?:rock ?stars?|gurus?|unicorns?|superheroe?s?|wizards?|(?:coding|code|devops|mlops|ml|data|cloud|kubernetes|infra|an?) ninjas?)\b/gi,
    why: "Hero titles turn away people who judge themselves soberly, women more than men.",
    fix: "Name the work and the level.",
  },
  {
    pattern:
      /\b(?:young(?:,)?(?: and| &)? (?:dynamic|energetic|hungry)(?: \w+)?|young team|youthful|digital natives?|recent graduates? only|(?:recent|new) graduates? (?:preferred|only))\b/gi,
    why: "It speaks of age, and older people read that they are not meant.",
    fix: "Say what the work needs.",
  },
  {
    pattern: /\b(?:native (?:\w+ )?speakers?|native[- ]level (?:english|german|french)|mother tongue)\b/gi,
    why: "It asks for an origin, not for a skill.",
    fix: "Name the level the work needs, such as clear English in writing.",
  },
  {
    pattern:
      /\b(?:he|she) (?:will|must|should|has to|is expected|reports|can|needs)\b[^.;\n]{0,60}|\b(?:salesman|chairman|manpower|guys)\b/gi,
    why: "It takes the hire to be of one sex.",
    fix: "Address the reader: you.",
  },
  {
    pattern:
      /\b(?:work hard,? (?:and )?play hard|no[- ]?snowflakes|thick[- ]skinned|(?:must|can) handle (?:extreme )?pressure|24\/7 mindset|we are a family|full heart)\b/gi,
    why: "It announces long hours to whoever has duties at home.",
    fix: "State hours and on-call as they are.",
  },
];

export const exclusionaryWording: Rule = {
  id: "exclusionary_wording",
  severity: "warning",
  where: "wording",
  why: "It keeps people away for no reason of the work.",
  fix: "Say what the work needs.",
  scoping: false,
  find: (post) =>
    WORDINGS.flatMap(({ pattern, why, fix }) => {
      for (const p of post.passages) {
        const match = p.section === "waived" ? undefined : firstClaim(p.text, pattern);
        if (match) return [{ quote: match[0].trim(), where: p.where, why, fix }];
      }
      return [];
    }),
};

/** Protected attributes, and what stands in for them. */
const ATTRIBUTES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "age",
    pattern:
      /\b(?:(?:aged? )?between \d\d and \d\d(?: years(?: old)?)?|\d\d\s?(?:-|–|to)\s?\d\d years old|(?:under|over|below|younger than|older than|not older than) \d\d(?: years)?(?: old| of age)|maximum age|age limit|(?:birth year|year of birth|date of birth)|born (?:after|before|in) \d{4})\b/gi,
  },
  {
    what: "where people live, a proxy for origin (Illinois HB 3773 names ZIP codes)",
    pattern:
      /\b(?:residen(?:ce|t|ts|cy)|live|living|lives|located|based|home)\b[^.;\n]{0,30}\b(?:zip|postal) codes?\b[^.;\n]{0,40}|\b(?:zip|postal) codes? (?:of|where) (?:the )?(?:candidates?|applicants?|residence)\b|\bcandidates?'?s? (?:zip|postal) codes?\b/gi,
  },
  {
    what: "school ranking, a proxy for origin",
    pattern:
      /\b(?:degree|graduate|graduated|education|alumn\w+|phd|msc)\b[^.;\n]{0,40}\b(?:top[- ]?(?:\d{1,3}|tier|ranked)|elite|ivy league|tier[- ]?1|prestigious)\b[^.;\n]{0,30}|\b(?:ivy league|(?:top[- ]?\d{1,3}|top[- ]tier|elite|tier[- ]?1|prestigious) (?:universit\w+|schools?|colleges?)|(?:school|university|college) rank\w*)\b/gi,
  },
  {
    what: "looks, and with them origin, sex and age",
    pattern:
      /\b(?:cv|r[ée]sum[ée]|application)\b[^.;\n]{0,30}\b(?:photo|photograph|picture|headshot)\b|\b(?:recent|passport) photo(?:graph)?\b/gi,
  },
  {
    what: "family, health or faith",
    pattern:
      /\b(?:marital status|unmarried|no children|childless|able[- ]bodied|perfect health|physically fit|pregnan\w+|religious affiliation|christian values)\b/gi,
  },
  {
    what: "citizenship or origin",
    pattern:
      /\b(?:(?:us|u\.s\.|american|german|eu) (?:citizens?|nationals?) only|citizenship (?:is )?required|no foreigners|local candidates only)\b/gi,
  },
  { what: "sex", pattern: /\b(?:male|female|men|women) (?:candidates?|applicants?|only|preferred)\b/gi },
];

export const protectedAttribute: Rule = {
  id: "protected_attribute",
  severity: "error",
  where: "requirements",
  why: "It asks for a protected attribute or what stands in for one.",
  fix: "Take it out. Guidance, not legal advice: where the law itself requires it, name the law.",
  scoping: false,
  find: (post) =>
    ATTRIBUTES.flatMap(({ what, pattern }) => {
      for (const p of post.passages) {
        if (p.section === "waived" || /\bequal opportunity\b/i.test(p.text)) continue;
        const match = firstClaim(p.text, pattern);
        if (match) return [{ quote: match[0].trim(), where: p.where, why: `This selects by ${what}.` }];
      }
      return [];
    }),
};
