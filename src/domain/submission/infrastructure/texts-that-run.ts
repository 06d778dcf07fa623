import { changedTexts } from "../changed-texts.ts";
import type { FileKinds } from "../file-kinds.ts";
import type { SubmissionSnapshot } from "../snapshot.ts";
import { isAirflow } from "./airflow.ts";
import { isKubeflow } from "./kfp.ts";
import type { SourceFile } from "./manifests.ts";

type Texts = { readonly before: readonly SourceFile[]; readonly after: readonly SourceFile[] };

/** JSON of a Kubernetes object, of a JSON patch, or of a compiled pipeline. */
const RUNS_IN_JSON = /"(?:apiVersion|op|deploymentSpec)"\s*:/;

/**
 * The texts that say what would run: those of the usual paths, JSON elsewhere that says so itself, and changed Python
 * elsewhere that makes pipelines.
 */
export function textsThatRun(
  snapshot: Pick<SubmissionSnapshot, "files" | "before" | "after">,
  { isReadWhole, areaOf }: Pick<FileKinds, "isReadWhole" | "areaOf">,
): Texts {
  const isJson = ({ path, text }: SourceFile) => /\.json$/i.test(path) && RUNS_IN_JSON.test(text);
  const side = (files: readonly SourceFile[]) =>
    files.filter((file) => isReadWhole(file.path) || isJson(file));
  const textsOf = changedTexts(snapshot);
  const python = snapshot.files.flatMap((file) => {
    const { path, previousPath = path } = file;
    if (!path.endsWith(".py") || isReadWhole(path) || areaOf(path) !== "source") return [];
    const texts = textsOf(file);
    const [before, after] = [fileOf(previousPath, texts?.before), fileOf(path, texts?.after)];
    return [...before, ...after].some((one) => isAirflow(one) || isKubeflow(one)) ? [{ before, after }] : [];
  });
  return {
    before: [...side(snapshot.before), ...python.flatMap(({ before }) => before)],
    after: [...side(snapshot.after), ...python.flatMap(({ after }) => after)],
  };
}

const fileOf = (path: string, text: string | undefined): SourceFile[] =>
  text === undefined ? [] : [{ path, text }];
