import { plainLine } from "../../untrusted.ts";
import type { FileKinds } from "../file-kinds.ts";
import { addedLines, removedLines, withoutSecrets } from "../patch.ts";
import type { ChangedFile } from "../snapshot.ts";
import { chartOf } from "./charts.ts";
import type { LineToSee } from "./facts.ts";

const MAX_LINE = 160;

/**
 * Changed files that say what runs and of which no figures are computed, as `Compose file docker-compose.yml`.
 * @param paths every path that is known, to find the charts among them.
 */
export function notComputed(
  files: readonly ChangedFile[],
  paths: readonly string[],
  { notComputed: whatIs, areaOf }: FileKinds,
): string[] {
  const chart = chartOf(paths);
  const names = files.flatMap((file) =>
    [file.path, file.previousPath].flatMap((path) => {
      if (path === undefined || areaOf(path) === "vendored" || path.endsWith(".md")) return [];
      const what = whatIs(path);
      if (what !== undefined) return [`${what} ${plainLine(path)}`];
      const folder = chart(path);
      return folder === undefined ? [] : [`Helm chart ${plainLine(folder) || "."}/: templates were not rendered`];
    }),
  );
  return [...new Set(names)];
}

/** Added lines that let a CI run pass in spite of a failure. A line that was only moved is not told. */
export function linesThatEaseCi(files: readonly ChangedFile[], { isCi, easesCi }: FileKinds): LineToSee[] {
  return files.flatMap(({ path, patch = "" }) => {
    if (!isCi(path)) return [];
    const before = removedLines(patch).map(({ text }) => text.trim());
    return addedLines(patch).flatMap(({ line, text }) => {
      if (!easesCi(text)) return [];
      const moved = before.indexOf(text.trim());
      if (moved >= 0) {
        before.splice(moved, 1);
        return [];
      }
      return [{ path: plainLine(path), line, text: plainLine(withoutSecrets(text), MAX_LINE) }];
    });
  });
}
