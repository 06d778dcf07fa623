import type { Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";
import { firstClaim } from "../negation.ts";

const MODELLING =
  /\b(?:(?:research|design|develop|train|fine-?tune|build|invent|compare|prototype)\b(?: and \w+)?[^.;,]{0,40}\b(?:models?|architectures?|networks?|rankers?|algorithms?|features)\b|feature engineering|hyper-?parameter|(?:offline|model) evaluation|exploratory (?:data )?analysis|publish|publications?|published work|error analysis|model accuracy|accuracy of (?:our|the)|compare architectures|statistical model\w*)/gi;
const OPERATING =
  /\b(?:operat\w+|on[- ]?call|pager|incidents?|outages?|latency|p99|p95|availab\w+|uptime|autoscal\w+|dashboards?|monitor\w*|deploy\w*|releases?|rollbacks?|roll(?:ed)? back|pipelines?|registry|retrain\w*|CI\/CD|kubernetes|endpoints?|serving|platform|self-service|infrastructure|terraform|airflow|argo|mlflow|kserve|triton|sagemaker|vertex|databricks|templates|runbooks?|gpu|cost)\b/gi;
const OTHERS =
  /\b(?:data scientists?|model teams?|they|researchers|our scientists|teams?) (?:\w+ ){0,2}(?:train|build|develop|own|design|make)/i;
const LEAST = 2;

/** Duties and what speaks like one, of the hire and not of others. */
function workOf(post: JobPost): Passage[] {
  const listed = post.duties.length >= 2 ? post.duties : post.passages.filter((p) => /\byou\b/i.test(p.text));
  return [...new Set([...listed, ...post.mustHaves])].filter(
    (p) => !OTHERS.test(p.text) && p.section !== "nice" && p.section !== "waived" && p.section !== "loop",
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
  find(post, { template }) {
    if (template.rubric.profile.expects !== "operator") return [];
    const lines = workOf(post);
    const modelling = lines.filter((p) => firstClaim(p.text, MODELLING));
    const operating = lines.filter((p) => !modelling.includes(p) && firstClaim(p.text, OPERATING));
    const counted = modelling.length + operating.length;
    if (modelling.length < LEAST || modelling.length <= operating.length) return [];
    const first = modelling[0];
    if (!first) return [];
    const share = Math.round((modelling.length / counted) * 100);
    const more = modelling.slice(1, 4).map((p) => JSON.stringify(p.text.slice(0, 80)));
    return [
      {
        quote: first.text,
        where: first.where,
        why: `${modelling.length} of ${counted} lines about the work are modelling (${share}%)${more.length > 0 ? `, also ${more.join(", ")}` : ""}: it will bring a modeler, and the production pain stays.`,
      },
    ];
  },
};
