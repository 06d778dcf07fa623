import { plainLine } from "../untrusted.ts";
import { addedInWork } from "./added-in-work.ts";
import type { SecretSeen } from "./facts.ts";
import type { DiffLine } from "./patch.ts";
import type { SecretFinder } from "./secrets.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

/** What looks like a credential in the files that the work added or changed, and in their names. Never its value. */
export function secretsInFiles(snapshot: SubmissionSnapshot, finder: SecretFinder): SecretSeen[] {
  const find = (lines: readonly DiffLine[], path: string) => {
    const text = lines.map((line) => line.text).join("\n");
    let [at, n] = [0, 0];
    return finder.inFile(text, path).map(({ kind, value, start }) => {
      for (let end = text.indexOf("\n", at); end >= 0 && end < start; end = text.indexOf("\n", at)) {
        at = end + 1;
        n += 1;
      }
      return { kind, value, line: lines[n]?.line ?? 0 };
    });
  };
  const inFiles = addedInWork(snapshot, { mayHold: finder.mayHold, find });
  const inside = new Set(inFiles.map(({ path }) => path));
  return [...inFiles, ...byName(snapshot, finder).filter(({ path }) => !inside.has(path))];
}

/** Files whose name tells enough, where nothing was seen inside of them. */
function byName({ files, history, headSha }: SubmissionSnapshot, finder: SecretFinder): SecretSeen[] {
  return files.flatMap(({ path, status, binary, patch }) => {
    const isNew = status === "added" || status === "renamed";
    const isEmpty = status === "added" && !binary && patch === "";
    const kind = isNew && !isEmpty ? finder.byName(path, binary || patch !== undefined) : undefined;
    if (kind === undefined) return [];
    const commit = history?.find((one) => one.path === path)?.commit ?? headSha;
    return [{ kind, path: plainLine(path), commit, gone: false }];
  });
}

/** The same in messages. They stay in the history for good, so nothing in one is ever gone. */
export function secretsInMessages(
  { commits, title, body, headSha }: SubmissionSnapshot,
  finder: SecretFinder,
): SecretSeen[] {
  const messages = [
    ...commits.map(({ sha, message }) => ({ text: message, path: "commit message", commit: sha })),
    { text: title, path: "pull request title", commit: headSha },
    { text: body, path: "pull request text", commit: headSha },
  ];
  return messages.flatMap(({ text, path, commit }) =>
    finder.inProse(text).map(({ kind }) => ({ kind, path, commit, gone: false })),
  );
}
