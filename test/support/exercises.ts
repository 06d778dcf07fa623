import { execFileSync } from "node:child_process";
import { afterEach } from "vitest";
import type { GithubSetup } from "../../examples/github/server.ts";
import { useDatabase } from "./database.ts";
import { clientFor, type ExerciseGithub, OWNER, startExerciseGithub } from "./exercise-github.ts";
import { startWithCandidate } from "./record.ts";

/** What gives the serving kit to the candidate of these tests, and the repository that is made for it. */
export const SERVING = {
  ...{ application: "MLE-1", exercise: "overprovisioned-serving", github_username: "zed-handle" },
};
export const REPO = "overprovisioned-serving-mle-1";

export const git = (folder: string, ...args: string[]): string =>
  execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" }).trim();

/** A candidate on record and a loopback GitHub with both kits, for each test its own. */
export function useExercises() {
  const database = useDatabase();
  const open: ExerciseGithub[] = [];
  afterEach(async () => {
    for (const github of open.splice(0)) await github.close();
  });
  return {
    async begin(setup: GithubSetup = {}, options: { token?: boolean; owner?: boolean } = {}) {
      const local = await startExerciseGithub(setup);
      open.push(local);
      const greenflag = await startWithCandidate({
        store: await database.workspace(),
        github: clientFor(local, options.token),
        ...(options.owner === false ? {} : { githubOwner: OWNER }),
        allowFiles: true,
      });
      return { local, greenflag };
    },
  };
}
