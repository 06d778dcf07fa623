import type { SourceFile } from "./manifests.ts";

const CHART = /^(?:(.*)\/)?Chart\.ya?ml$/;
/** What a chart at the root of a repository owns (docs of Helm: "The Chart File Structure"): more than it stands there. */
const AT_ROOT = /^(?:templates|charts|crds)\/|^(?:Chart|values[\w.-]*|requirements)\.(?:ya?ml|lock|json)$/;

/** The folder of the Helm chart that a path is a part of, the innermost of several. The root is the empty text. */
export function chartOf(paths: readonly string[]): (path: string) => string | undefined {
  const folders = paths.flatMap((path) => {
    const chart = CHART.exec(path);
    return chart ? [chart[1] ?? ""] : [];
  });
  const deepestFirst = [...new Set(folders)].sort((a, b) => b.length - a.length);
  return (path) =>
    deepestFirst.find((folder) => (folder === "" ? AT_ROOT.test(path) : path.startsWith(`${folder}/`)));
}

export function isInChart(files: readonly Pick<SourceFile, "path">[]): (path: string) => boolean {
  const chart = chartOf(files.map(({ path }) => path));
  return (path) => chart(path) !== undefined;
}
