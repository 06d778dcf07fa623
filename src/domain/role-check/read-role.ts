import type { Role } from "../roles/role.ts";
import { sentenceOf } from "../text/finder.ts";
import type { JobPost, Passage, Section } from "./job-post.ts";

/** A role as rules look at it: its fields are passages, and `where` names the field. */
export function readRole(role: Role): JobPost {
  const passages = (field: string, section: Section, texts: readonly string[]): Passage[] =>
    texts.map((text) => ({ ...sentenceOf(text), section, where: field }));
  const mustHaves = passages("must_haves", "must", role.mustHaves);
  const outcomes = passages("outcomes", "outcomes", role.outcomes);
  const rounds = role.stages.filter((stage) => stage.kind === "interview" || stage.kind === "exercise");
  const loop = rounds.map(({ id, name, minutes, kind }): Passage => {
    const what = kind === "exercise" ? `${name} (${id}, real work)` : `${name} (${id})`;
    return {
      ...sentenceOf(minutes === undefined ? what : `${what}, ${minutes} min`),
      section: "loop",
      where: "stages",
    };
  });
  const minutes = rounds.reduce((sum, stage) => sum + (stage.minutes ?? 0), 0);
  const longest = rounds.reduce(
    (best, stage, n) => ((stage.minutes ?? 0) > (rounds[best]?.minutes ?? 0) ? n : best),
    0,
  );
  return {
    source: "role",
    title: role.title,
    passages: [
      { ...sentenceOf(role.title), section: "about", where: "title" },
      ...outcomes,
      ...mustHaves,
      ...passages("nice_to_haves", "nice", role.niceToHaves),
      ...loop,
      ...passages("on_call", "on_call", role.onCall === null ? [] : [role.onCall]),
    ],
    mustHaves,
    duties: outcomes,
    outcomes,
    loop:
      loop.length === 0 ? null : { passages: loop, minutes: minutes || null, longest: loop[longest] ?? null },
    onCall: role.onCall !== null,
    pay: payOf(role),
    oddPay: null,
    isPayUnclear: false,
    lane: role.lane,
  };
}

/** Half a range is no range: both ends are needed before it counts as stated. */
function payOf({ compMin, compMax, currency }: Role): JobPost["pay"] {
  if (compMin === null || compMax === null) return null;
  return {
    min: compMin,
    max: compMax,
    currency,
    quote: `${currency} ${compMin} to ${compMax}`,
    period: "year",
  };
}
