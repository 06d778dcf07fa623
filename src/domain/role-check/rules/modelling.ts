import type { Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";
import { firstClaim } from "../negation.ts";
import { anyOf, has } from "../words.ts";

/** Making models: what a modeller does all day. */
const MODELLING = anyOf(
  "(?:(?:research|design|develop|train|build|invent|explore|experiment|propos|select|apply|benchmark|prototyp|compar|creat|devis|implement|improv|tun|fine-?tun|evaluat|try|research on|work on)(?:e|es|s|ing|y|ying)?)(?: and \\w+)? (?:[^.;,]{0,40} )?(?:models?(?! (?:serving|servers?|deploy*|registry|registries|platform|pipelines?|monitoring|releases?|endpoints?|hosting|gateway|training pipelines?|training jobs?|training infrastructure|delivery|life ?cycle|rollout|inference|teams?|store|cards?))|architectures?|networks?|rankers?|classifiers?|recommenders?|embeddings|algorithms?|features?(?! stores?| pipelines?| flags?)|losses|loss functions?|ensembles?|transformers|llms?(?! (?:serving|inference|gateway|platform|endpoints?|infrastructure)))",
  "feature (?:engineering|selection|design)",
  "hyper-?parameter*",
  "(?:model|modelling|modeling) (?:development|research|design|building|experiments?|ideas?)",
  "research (?:on|into|in)",
  "(?:write|writing|writes|author|authoring) (?:papers|articles|patents)",
  "patents?",
  "(?:offline|model) (?:evaluation|experiments|accuracy|quality|selection|performance metrics)",
  "exploratory (?:data )?analys[ie]s",
  "eda",
  "publish*",
  "publications?",
  "(?:academic|research|conference|published) (?:papers?|work|track record|record|output|conferences|publications?|talks)",
  "papers?",
  "neurips|icml|iclr|kdd|cvpr|acl|emnlp",
  "error analysis",
  "accuracy",
  "auc",
  "f1(?: score)?",
  "(?:precision|recall) (?:of|on|and)",
  "statistical (?:\\w+ )?(?:model*|analysis|methods|inference|learning|tests?)",
  "statistics",
  "a-b tests? (?:of|for) models?",
  "(?:deep|reinforcement|self supervised|representation|causal|machine) learning (?:models?|research*|theory|architectures?|methods|techniques|algorithms?|approaches)",
  "novel (?:[^.;,]{0,30} )?(?:approaches|methods|techniques|models?|algorithms?|losses|architectures?)",
  "state of the art",
  "(?:pytorch|tensorflow|scikit learn|xgboost|lightgbm|keras|jax)",
  "phd|doctorate",
  "notebooks?(?= (?:exploring|to explore|analysis))",
  "(?:mathematical|bayesian|probabilistic|predictive) (?:modell?ing|models?|foundations?)",
  "modell?ing",
  "hypothes[ie]s",
  "data science",
  "label(?:l)?ing|annotation guidelines",
);
/** Keeping them running. */
const OPERATING = anyOf(
  "operat*|on-?call|pagers?|incidents?|outages?|latency|p99|p95|availab*|uptime|autoscal*|dashboards?|monitor*|observability|alert*|slos?|post-?mortems?",
  "deploy*|releases?|rollbacks?|roll(?:ed)? back|rollout*|canary|shadow|pipelines?|registry|retrain*|ci-?/?cd|ci|kubernetes|k8s|eks|gke|docker|containers?|helm|endpoints?|serv(?:e|ing)|platform|self-service|infrastructure|infra|terraform|iac",
  "airflow|argo|mlflow|kserve|triton|bentoml|ray|vllm|torchserve|seldon|kubeflow|prefect|dagster|sagemaker|vertex|databricks|prometheus|grafana|templates|runbooks?|gpus?|cost*|capacity|throughput|production|reliab*|automat*|orchestrat*|schedul*|lineage|feature stores?|golden path*|paved road*|tooling|cluster*|scal(?:e|ing)|drift|data quality|upgrades?|sre|cloud|migrat*",
);
const OTHERS = anyOf(
  "(?:data scientists?|model teams?|they|researchers|our scientists|scientists|modell?ers|teams?|research team|science team|colleagues) (?:who )?(?:\\w+ ){0,2}(?:train|trains|build|builds|develop|develops|own|owns|design|designs|make|makes|improve|tune|research|write|do|does|handle)",
  "(?:you|you'll|you will) (?:do not|don't|will not|won't|never|not be) (?:\\w+ )?(?:train|build|develop|design|tune|research)*",
  "trained by|built by|models of (?:others|our|the)|models that (?:\\w+ ){1,4}(?:train|build)",
);
/** What speaks of the work where no list does. */
const OF_THE_WORK = anyOf(
  "you|you'(?:ll|d)|your|will|the (?:engineer|hire|role|job|work|person|holder)|assignment|mission|roughly|mostly|mainly|primarily|main(?:ly)? focus|day to day|duties|responsib*|\\d\\d ?%",
);

/** A line that tells a task by beginning with its verb. */
const TASK =
  /^(?:research|design|train|develop|build|publish|invent|explore|prototype|write|own|run|operate|maintain|deploy|monitor|support|keep|lead|manage|automate|improve|scale|serve|ship|debug|evaluate|analy[sz]e|fine-?tune)\b/i;

const LEAST = 2;

/** Duties and what speaks like one, of the hire and not of others. */
function workOf(post: JobPost): Passage[] {
  const listed =
    post.duties.length >= 2
      ? post.duties
      : post.passages.filter((p) => has(p.text, OF_THE_WORK) || TASK.test(p.text));
  return [...new Set([...listed, ...post.mustHaves])].filter(
    (p) =>
      !has(p.text, OTHERS) &&
      p.section !== "heading" &&
      p.section !== "pay" &&
      p.section !== "nice" &&
      p.section !== "waived" &&
      p.section !== "loop",
  );
}

/** The share told outright. */
const MOSTLY = anyOf(
  "(?:[6-9]\\d ?%|(?:two|three) thirds|three quarters|most of (?:your|the) (?:time|week|work|job)|majority|mostly|mainly|primarily|the bulk) (?:is|are|will be|of (?:it|your time|the work) (?:is|goes)|goes (?:to|into)|on|spent|about)?",
);

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
    const mostly = lines.some((p) => has(p.text, MOSTLY) && has(p.text, MODELLING));
    if (!mostly && (modelling.length < LEAST || modelling.length <= operating.length)) return [];
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
