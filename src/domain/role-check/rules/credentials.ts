import { namesOf } from "../../credentials/known.ts";
import type { RoleTemplate } from "../../roles/role-template.ts";
import { createFinder, type Finder, quoteAt } from "../../text/finder.ts";
import type { Lexicon } from "../../text/lexicon.ts";
import type { Span } from "../../text/matcher.ts";
import { firstClaim, isDenied } from "../../text/negation.ts";
import type { GeneralRule } from "../finding.ts";
import type { Passage } from "../job-post.ts";

type Credential = RoleTemplate["credentials"][number];

const finders = new WeakMap<readonly Credential[], Finder<Credential>>();
function finderOf(credentials: readonly Credential[]): Finder<Credential> {
  const known = finders.get(credentials);
  if (known) return known;
  const made = createFinder(credentials.map((one) => [one, [{ phrases: namesOf(one) }]]));
  finders.set(credentials, made);
  return made;
}

/** The credentials that a passage names, and does not deny, each with its first place. */
function namedIn(lexicon: Lexicon, credentials: readonly Credential[], p: Passage): Map<Credential, Span> {
  const named = new Map<Credential, Span>();
  for (const [credential, spans] of finderOf(credentials)(p)) {
    const span = spans.find((place) => !isDenied(lexicon, p, place));
    if (span) named.set(credential, span);
  }
  return named;
}

const NONE: readonly Credential[] = [];
const credentialsOf = (template: RoleTemplate | null): readonly Credential[] => template?.credentials ?? NONE;

/** In a trade that is not known, or whose template says nothing of certificates, the law may ask for one. */
const ASKED = {
  severity: "info",
  why: "Is this certificate required by law for the work, or only taken for proof? As proof it is a tiebreaker at most.",
  fix: "Keep it where the law asks for it; else move it to nice_to_haves.",
} as const;

const isWaived = (p: Passage): boolean => p.section === "waived";

export const certificationRequired: GeneralRule = {
  general: true,
  id: "certification_required",
  severity: "warning",
  where: "must_haves",
  why: "A certificate is a tiebreaker, never proof: what somebody has done with the skill says more than an exam.",
  fix: "Move it to nice_to_haves, and ask for what was done.",
  scoping: true,
  find(post, { template, lexicon }) {
    const asked = credentialsOf(template).length === 0 ? ASKED : {};
    return post.passages
      .filter((p) => {
        if (isWaived(p) || p.section === "nice" || p.section === "loop") return false;
        const named =
          firstClaim(lexicon, "certificate", p) !== undefined ||
          namedIn(lexicon, credentialsOf(template), p).size > 0;
        if (!named || lexicon.has("certificate_welcome", p)) return false;
        if (p.section === "must") return true;
        return lexicon
          .find("certificate_demanded", p)
          .some(({ from }) => !isDenied(lexicon, p, { from, to: from }));
      })
      .map((p) => ({ quote: p.text, where: p.where, ...asked }));
  },
};

export const certificationRetired: GeneralRule = {
  general: true,
  id: "certification_retired",
  severity: "error",
  where: "must_haves, nice_to_haves",
  why: "It can no longer be earned.",
  fix: "Take it out, or name its successor as a nice-to-have.",
  scoping: false,
  find(post, { template, lexicon, today }) {
    const retired = credentialsOf(template).filter(
      (c) => c.valid_until !== undefined && c.valid_until < today,
    );
    return retired.flatMap((credential) => {
      for (const p of post.passages) {
        // A post that itself says that it is gone asks nobody for it.
        const isOut = isWaived(p) || lexicon.has("certificate_gone", p);
        const span = isOut ? undefined : namedIn(lexicon, credentialsOf(template), p).get(credential);
        if (span) {
          const why = `${credential.name} could last be earned on ${credential.valid_until}. ${credential.advice}`;
          return [{ quote: quoteAt(p, span), where: p.where, why }];
        }
      }
      return [];
    });
  },
};
