/** What kind of thing a file is, by its path. The first rule that fits decides. */
export const AREAS = [
  "lock_files",
  "vendored",
  "generated",
  "tests",
  "infrastructure",
  "configuration",
  "docs",
  "binary",
  "source",
] as const;
export type Area = (typeof AREAS)[number];

const RULES: readonly (readonly [Area, RegExp])[] = [
  [
    "lock_files",
    /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|go\.sum|Gemfile\.lock|composer\.lock)$/,
  ],
  ["vendored", /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|\.venv)\//],
  [
    "generated",
    /(?:^|\/)(?:dist|build|__pycache__|\.mypy_cache)\/|\.(?:min\.js|min\.css|pb\.go|pyc|map)$|_pb2\.py$/,
  ],
  [
    "tests",
    /(?:^|\/)(?:tests?|__tests__|spec|e2e)\/|(?:^|\/)(?:test_[^/]+|[^/]+_test|[^/]+\.(?:test|spec))\.[^/]+$|(?:^|\/)conftest\.py$/i,
  ],
  [
    "infrastructure",
    /(?:^|\/)\.github\/|(?:^|\/)(?:k8s|kubernetes|manifests|deploy|deployments?|helm|charts|kustomize|terraform|infra|serving)\/.*\.(?:ya?ml|tf|tfvars|json|tpl)$|(?:^|\/)(?:Dockerfile|docker-compose[^/]*|Jenkinsfile|\.gitlab-ci\.yml|kustomization\.ya?ml)|\.(?:tf|tfvars)$/i,
  ],
  ["docs", /(?:^|\/)(?:docs?\/|README|NOTES|CHANGELOG|LICENSE|CONTRIBUTING)|\.(?:md|mdx|rst|adoc|txt)$/i],
  [
    "binary",
    /\.(?:png|jpe?g|gif|webp|ico|pdf|zip|gz|tgz|whl|jar|so|dll|bin|onnx|pt|pth|pkl|joblib|h5|parquet|npy|npz|safetensors|mp4|woff2?)$/i,
  ],
  [
    "configuration",
    /\.(?:ya?ml|toml|ini|cfg|conf|json|properties|env)$|(?:^|\/)\.[^/]+$|(?:^|\/)(?:Makefile|requirements[^/]*)$/i,
  ],
];

export function areaOf(path: string): Area {
  return RULES.find(([, pattern]) => pattern.test(path))?.[0] ?? "source";
}

/** A glob with `*`, `**` and literal text, as exercises name paths. */
export function globMatcher(glob: string): (path: string) => boolean {
  const parts = glob.split("/");
  return (path) => matchParts(parts, path.split("/"));
}

function matchParts(glob: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = glob;
  if (first === undefined) return path.length === 0;
  if (first === "**") return path.some((_, n) => matchParts(rest, path.slice(n))) || matchParts(rest, []);
  const [head, ...tail] = path;
  return head !== undefined && matchName(first, head) && matchParts(rest, tail);
}

/** One name against one part of a glob: the pieces between stars, each after the one before. */
function matchName(glob: string, name: string): boolean {
  const pieces = glob.split("*");
  const [first = "", last = ""] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return glob === name;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= name.length - last.length;
}
