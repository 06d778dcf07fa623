import type { RoleTemplate } from "../../role-template.ts";
import type { Rule } from "../finding.ts";
import type { Passage } from "../job-post.ts";
import { isDenied } from "../negation.ts";

type Credential = RoleTemplate["credentials"][number];

const CERTIFICATE = /\bcertifi(?:ed|cates?|cations?)\b/gi;
const DEMANDED = /\b(?:must|required|mandatory|need(?:ed)?|essential|(?:you|candidates) (?:hold|have))\b/gi;
const WELCOME = /\b(?:welcome|a plus|bonus|optional|nice|not (?:required|needed)|never required|helps)\b/i;

/** A credential's name as people write it: "Certified", dashes and what is in brackets may be missing. */
const patterns = new WeakMap<Credential, RegExp>();
function patternOf(credential: Credential): RegExp {
  const known = patterns.get(credential);
  if (known) return known;
  const words = credential.name
    .replace(/\(.*?\)/g, "")
    .split(/[\s–-]+/)
    .filter((word) => word !== "" && !/^certified$/i.test(word))
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const made = new RegExp(words.join("[\\s–—-]+(?:certified[\\s–—-]+)?"), "gi");
  patterns.set(credential, made);
  return made;
}

const isWaived = (p: Passage): boolean => p.section === "waived";

export const certificationRequired: Rule = {
  id: "certification_required",
  severity: "warning",
  where: "must_haves",
  why: "A certificate is a tiebreaker, never proof: three deployed models and no certificate beat three certificates and no production.",
  fix: "Move it to nice_to_haves, and ask for what was run.",
  scoping: true,
  find(post) {
    return post.passages
      .filter((p) => {
        if (isWaived(p) || p.section === "nice" || p.section === "loop") return false;
        const named = [...p.text.matchAll(CERTIFICATE)].some((m) => !isDenied(p.text, m.index, m[0].length));
        if (!named || WELCOME.test(p.text)) return false;
        return (
          p.section === "must" || [...p.text.matchAll(DEMANDED)].some((m) => !isDenied(p.text, m.index, 0))
        );
      })
      .map((p) => ({ quote: p.text, where: p.where }));
  },
};

export const certificationRetired: Rule = {
  id: "certification_retired",
  severity: "error",
  where: "must_haves, nice_to_haves",
  why: "It can no longer be earned.",
  fix: "Take it out, or name its successor as a nice-to-have.",
  scoping: false,
  find(post, { template, today }) {
    const retired = template.credentials.filter((c) => c.valid_until !== undefined && c.valid_until < today);
    return retired.flatMap((credential) => {
      for (const p of post.passages) {
        const match = isWaived(p) ? undefined : p.text.matchAll(patternOf(credential)).next().value;
        if (match) {
          const why = `${credential.name} could last be earned on ${credential.valid_until}. ${credential.advice}`;
          return [{ quote: match[0], where: p.where, why }];
        }
      }
      return [];
    });
  },
};
