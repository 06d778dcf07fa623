import type { RoleTemplate } from "../../roles/role-template.ts";
import type { Rule } from "../finding.ts";
import type { Passage } from "../job-post.ts";
import { firstClaim, isDenied } from "../negation.ts";
import { anyOf, has } from "../words.ts";

type Credential = RoleTemplate["credentials"][number];

const CERTIFICATE = anyOf(
  "certifi(?:ed|cates?|cations?)",
  "certs?",
  "ckad?|cks|comptia|security\\+|cissp|aws mls|mls c01|accredit\\w+",
);
const DEMANDED = anyOf(
  "must(?! haves?)|required|requires?|mandatory|need(?:ed|s)?|essential|obligatory|compulsory|prerequisite|minimum|non negotiable|we (?:expect|insist|demand|ask)|expected|(?:you|candidates|applicants|engineers) (?:will |must |should )?(?:hold|have|carry|possess)|you are|only|a condition|please attach|at least one|holders?",
);
const WELCOME = anyOf(
  "welcome|(?:a|an) (?:\\w+ )?(?:plus|bonus|advantage|asset)|bonus|optional|nice|preferred|ideally|desirable|appreciated|not (?:strictly )?(?:required|needed|necessary|essential|mandatory)|never required|n't (?:required|needed|necessary|ask*|need|require|care)|helps|helpful|tie-?breaker|counts? (?:as|for) (?:little|nothing|a)|pays? for|budget|sponsor*|reimburse*|we(?:'ll| will) (?:pay|fund|cover|help)|iso|soc ?2|hipaa|b corp",
);

/**
 * A credential's name as people write it: "Certified", dashes and what is in brackets may be missing, the words may be
 * linked by a few others; or one of its other names.
 */
const patterns = new WeakMap<Credential, RegExp>();
function patternOf(credential: Credential): RegExp {
  const known = patterns.get(credential);
  if (known) return known;
  const words = credential.name
    .replace(/\(.*?\)/g, "")
    .split(/[\s–-]+/)
    .filter((word) => word !== "" && !/^certified$/i.test(word))
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const others = (credential.also ?? []).map((name) =>
    name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/[\s-]+/g, "[\\s–—-]+"),
  );
  const between = "[\\s–—:,(-]+(?:(?:certified|certification|certificate)[\\s–—:,(-]+)?";
  const made = new RegExp(`(?<!\\w)(?:${[words.join(between), ...others].join("|")})(?!\\w)`, "gi");
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
  find(post, { template }) {
    return post.passages
      .filter((p) => {
        if (isWaived(p) || p.section === "nice" || p.section === "loop") return false;
        const named = [CERTIFICATE, ...template.credentials.map(patternOf)].some((name) =>
          firstClaim(p.text, name),
        );
        if (!named || has(p.text, WELCOME)) return false;
        return (
          p.section === "must" || [...p.text.matchAll(DEMANDED)].some((m) => !isDenied(p.text, m.index, 0))
        );
      })
      .map((p) => ({ quote: p.text, where: p.where }));
  },
};

/** A post that itself says that it is gone asks nobody for it. */
const KNOWN = anyOf(
  "retired|no longer|n't count|(?:does|do) not count|discontinued|expired|withdrawn|counts for nothing",
);

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
        const match =
          isWaived(p) || has(p.text, KNOWN) ? undefined : firstClaim(p.text, patternOf(credential));
        if (match) {
          const why = `${credential.name} could last be earned on ${credential.valid_until}. ${credential.advice}`;
          return [{ quote: match[0], where: p.where, why }];
        }
      }
      return [];
    });
  },
};
