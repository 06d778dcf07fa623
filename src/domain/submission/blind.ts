import { BLIND, type SubmissionFacts } from "./facts.ts";

const EMAIL = /[^\s@<>()]{1,64}@[^\s@<>()]{1,255}/g;
const HANDLE = /(?<![\w/])@[A-Za-z0-9-]{1,39}/g;
const TRAILER = /^(?:Signed-off-by|Co-authored-by):.*$/gim;

/** Another person's account, as it is named beside the work. */
const OTHER = / by [\w-]{1,39}, who(?= is not the candidate)/g;

/** Shorter names are not removed, because they occur inside ordinary text. */
const SHORTEST = 3;

/** Branches that say nothing about anybody, and are words of our own texts. */
const TRUNK = /^(?:origin\/)?(?:main|master|develop|trunk|HEAD)$/;

/** Fields that are never blinded: our own words, and values that other code compares. */
const KEPT = new Set(["status", "state", "kind", "system", "area", "id", "conclusion", "text"]);

/**
 * Makes a function that removes names, handles and addresses from a text.
 * @param names whole names and handles, removed in any case, with any mark between their words;
 *   the single words of a name are removed only as they are
 *   written.
 */
export function hiding(names: readonly string[]): (text: string) => string {
  const whole = [...new Set(names)].filter((name) => name.length >= SHORTEST);
  const words = whole.flatMap((name) => name.split(/\s+/)).filter((word) => word.length >= SHORTEST);
  const anyCase = oneOf(whole, "giu");
  const asWritten = oneOf(words, "gu");
  return (text) => {
    const bare = text.replace(TRAILER, BLIND).replace(EMAIL, BLIND).replace(HANDLE, BLIND);
    return [anyCase, asWritten].reduce((left, names) => (names ? left.replace(names, BLIND) : left), bare);
  };
}

/** A pattern for any of the names, longest first, only as whole words. */
function oneOf(names: readonly string[], flags: string): RegExp | undefined {
  if (names.length === 0) return undefined;
  const escaped = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "[\\s._-]{0,2}"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, flags);
}

/** The facts with each text changed: paths, checks and jobs too, because they can hold what is to be left out. */
export const withTexts = (facts: SubmissionFacts, hide: (text: string) => string): SubmissionFacts => ({
  ...(without(facts, hide) as SubmissionFacts),
  // The texts of notes were blinded before they were marked as untrusted.
  notes: facts.notes.map((note) => ({ ...note, source: hide(note.source) })),
});

/** The facts of an earlier snapshot that was not blind, blinded now. */
export function blindedLater(facts: SubmissionFacts, names: readonly string[]): SubmissionFacts {
  const { identity, notes, coverage } = facts;
  if (identity.repository === BLIND) return facts;
  const branch = TRUNK.test(identity.branch) ? [] : [identity.branch];
  const hide = hiding([...names, identity.repository.split("/")[0] ?? "", ...branch]);
  const quoted = notes.map((note) => ({ ...note, text: hide(note.text) }));
  const linked = coverage.map((c) => ({ ...c, evidence: c.evidence.map(({ url, ...place }) => place) }));
  const beside = (facts.beside ?? []).map((text) => text.replace(OTHER, ` by ${BLIND}, who`));
  const left = { ...identity, repository: BLIND, branch: BLIND };
  return withTexts({ ...facts, identity: left, beside, notes: quoted, coverage: linked }, hide);
}

function without(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === "string") return hide(value);
  if (Array.isArray(value)) return value.map((entry) => without(entry, hide));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, KEPT.has(key) ? entry : without(entry, hide)]),
  );
}
