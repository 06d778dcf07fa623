import { plainLine } from "../../untrusted.ts";
import { changedTexts } from "../changed-texts.ts";
import type { FileKinds } from "../file-kinds.ts";
import { addedLines, removedLines } from "../patch.ts";
import type { ChangedFile, SubmissionSnapshot } from "../snapshot.ts";
import { chartOf } from "./charts.ts";
import type { InfrastructureChange, LineToSee } from "./facts.ts";
import { valueChanges } from "./helm.ts";

const MAX_LINE = 160;

/** What of a change is named or quoted, beside what is computed. */
export type Beyond = Pick<InfrastructureChange, "values_changed" | "not_computed" | "eases_ci">;

/** What a change does to files of which no figures are computed. */
export const beyondFigures = (
  { files, before, after, tree }: Pick<SubmissionSnapshot, "files" | "before" | "after" | "tree">,
  kinds: FileKinds,
): Beyond => ({
  values_changed: valueChanges(before, after),
  not_computed: notComputed(
    files,
    [...before, ...after, ...files, ...tree].map(({ path }) => path),
    { kinds, textsOf: changedTexts({ before, after }) },
  ),
  eases_ci: linesThatEaseCi(files, kinds),
});

/**
 * Changed files that say what runs and of which no figures are computed, as `Compose file docker-compose.yml`.
 * @param paths every path that is known, to find the charts among them.
 */
function notComputed(
  files: readonly ChangedFile[],
  paths: readonly string[],
  { kinds, textsOf }: { readonly kinds: FileKinds; readonly textsOf: ReturnType<typeof changedTexts> },
): string[] {
  const chart = chartOf(paths);
  const names = files.flatMap((file) => {
    const { before, after } = textsOf(file) ?? {};
    return [file.path, file.previousPath].flatMap((path) => {
      if (path === undefined || path.endsWith(".md")) return [];
      const area = kinds.areaOf(path);
      if (area === "vendored") return [];
      const text = after ?? before;
      const byText = text === undefined || area === "tests" ? undefined : kinds.notComputedByText(path, text);
      const what = kinds.notComputed(path) ?? byText;
      if (what !== undefined) return [`${what} ${plainLine(path)}`];
      const folder = chart(path);
      return folder === undefined
        ? []
        : [`Helm chart ${plainLine(folder) || "."}/: templates were not rendered`];
    });
  });
  return [...new Set(names)];
}

/** Added lines that let a CI run pass in spite of a failure. A line that was only moved is not told. */
function linesThatEaseCi(files: readonly ChangedFile[], { isCi, easesCi, secrets }: FileKinds): LineToSee[] {
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
      return [{ path: plainLine(path), line, text: plainLine(secrets.without(text), MAX_LINE) }];
    });
  });
}
