import type { Lexicon } from "../../text/lexicon.ts";
import { firstClaim } from "../../text/negation.ts";
import type { Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";

const LEAST = 2;

/** Duties and what speaks like one, of the hire and not of others. */
function workOf(lexicon: Lexicon, post: JobPost): Passage[] {
  const listed =
    post.duties.length >= 2
      ? post.duties
      : post.passages.filter((p) => lexicon.has("of_the_work", p) || lexicon.has("task", p));
  return [...new Set([...listed, ...post.mustHaves])].filter(
    (p) =>
      !lexicon.has("others_model", p) &&
      p.section !== "heading" &&
      p.section !== "pay" &&
      p.section !== "nice" &&
      p.section !== "waived" &&
      p.section !== "loop",
  );
}

export const modelerDescription: Rule = {
  id: "modeler_description",
  severity: "error",
  where: "duties",
  why: "It reads like a data science job: it will bring a data scientist, and the production pain stays.",
  fix: "Describe what is kept running: serving, releases, monitoring, incidents, cost.",
  scoping: true,
  mistake: "modeler_hired",
  find(post, { template, lexicon }) {
    if (template.rubric.profile?.expects !== "operator") return [];
    const lines = workOf(lexicon, post);
    const modelling = lines.filter((p) => firstClaim(lexicon, "modelling", p));
    const operating = lines.filter((p) => !modelling.includes(p) && firstClaim(lexicon, "operating", p));
    const counted = modelling.length + operating.length;
    const mostly = lines.some((p) => lexicon.has("mostly", p) && lexicon.has("modelling", p));
    if (!mostly && (modelling.length < LEAST || modelling.length <= operating.length)) return [];
    const first = modelling[0];
    if (!first) return [];
    const share = Math.round((modelling.length / counted) * 100);
    const others = modelling.slice(1, 4).map((p) => JSON.stringify(p.text.slice(0, 80)));
    const also = others.length > 0 ? `, also ${others.join(", ")}` : "";
    return [
      {
        quote: first.text,
        where: first.where,
        why:
          `${modelling.length} of ${counted} lines about the work are modelling (${share}%)${also}: ` +
          "it will bring a modeler, and the production pain stays.",
      },
    ];
  },
};
