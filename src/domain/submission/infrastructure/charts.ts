import type { SourceFile } from "./manifests.ts";

const CHART = /^(?:(.*)\/)?Chart\.ya?ml$/;

/** The folders of Helm charts: those with a `Chart.yaml`. The root is the empty text. */
export const chartFolders = (files: readonly Pick<SourceFile, "path">[]): string[] =>
  files.flatMap(({ path }) => {
    const chart = CHART.exec(path);
    return chart ? [chart[1] ?? ""] : [];
  });

/**
 * Whether a path is a part of a Helm chart. A chart at the root of the repository owns its known files only (docs of
 * Helm: "The Chart File Structure"), because the repository holds more beside it.
 */
export function isInChart(files: readonly Pick<SourceFile, "path">[]): (path: string) => boolean {
  const folders = chartFolders(files);
  if (folders.length === 0) return () => false;
  return (path) =>
    folders.some((folder) =>
      folder === ""
        ? /^(?:templates|charts|crds)\/|^(?:Chart|values[\w.-]*|requirements)\.(?:ya?ml|lock|json)$/.test(
            path,
          )
        : path.startsWith(`${folder}/`),
    );
}
