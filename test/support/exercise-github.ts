import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { pushAnswer } from "../../examples/github/repository.ts";
import { type GithubSetup, type LocalGithub, startGithub } from "../../examples/github/server.ts";
import { type Operation, responseSchema } from "../../examples/github/shapes.ts";
import type { SubmissionSnapshot } from "../../src/domain/submission/snapshot.ts";
import type { SubmissionRef } from "../../src/domain/submission/url.ts";
import { createGithub, type Github } from "../../src/github/client.ts";

export const KITS = fileURLToPath(new URL("../../examples/exercises/", import.meta.url));
export const OWNER = "acme-hiring";
const AUTHOR = "zed-handle";

export type ExerciseGithub = LocalGithub & {
  /** Pushes a kit's answer to a repository and opens the pull request for it; gives its address. */
  handIn(repo: string, kit: string, answer: "good" | "bad", branch?: string): string;
};

/** A loopback GitHub with both kits as templates, every answer of which must fit GitHub's own schema. */
export async function startExerciseGithub(setup: GithubSetup = {}): Promise<ExerciseGithub> {
  const ajv = new Ajv({ strict: false });
  const known = new Map<Operation, ReturnType<typeof ajv.compile>>();
  const local = await startGithub({
    templates: Object.fromEntries(
      ["broken-retraining-pipeline", "overprovisioned-serving"].map((kit) => [
        `${OWNER}/${kit}`,
        `${KITS}${kit}/starter`,
      ]),
    ),
    answered(operation, body) {
      const fits = known.get(operation) ?? ajv.compile(responseSchema(operation));
      known.set(operation, fits);
      if (!fits(body))
        throw new Error(`${operation} does not fit GitHub's schema: ${ajv.errorsText(fits.errors)}`);
    },
    ...setup,
  });
  return {
    ...local,
    handIn(repo, kit, answer, branch = "answer") {
      const at = "2026-11-26T18:00:00Z";
      const who = `Zed Candidate <zed@example.test>`;
      const message = "Answer\n\nSigned-off-by: Zed Candidate <zed@example.test>";
      pushAnswer(local.bare(OWNER, repo), `${KITS}${kit}/answers/${answer}`, {
        branch,
        at,
        author: who,
        message,
      });
      return local.openPull({
        owner: OWNER,
        repo,
        number: 1,
        title: "My answer",
        body: `By @${AUTHOR}`,
        author: AUTHOR,
        base: "main",
        head: branch,
        created_at: at,
        updated_at: "2026-11-27T09:00:00Z",
        force_pushes: 1,
        checks: [
          {
            name: "manifests",
            app: "GitHub Actions",
            status: "completed",
            conclusion: "success",
            completed_at: at,
          },
        ],
        runs: [
          { workflow: "ci", commit: 0, conclusion: "success", created_at: "2026-11-26T18:05:00Z" },
          { workflow: "ci", commit: 0, conclusion: "failure", created_at: "2026-11-26T18:02:00Z" },
        ],
      });
    },
  };
}

export const clientFor = (local: LocalGithub, hasToken = true) =>
  createGithub({
    token: hasToken ? "for-the-loopback" : undefined,
    apiUrl: local.url,
    deadlineMs: 300_000,
  });

/** The snapshot of what an address names; fails where a person would have to choose. */
export async function snapshotOf(
  github: Github,
  ref: SubmissionRef,
  ask: Parameters<Github["readAnswer"]>[2],
  startSha?: string,
): Promise<SubmissionSnapshot> {
  const answer = await github.readAnswer(ref, startSha, ask);
  if ("choices" in answer) throw new Error(`${answer.choices.length} may be the answer`);
  return answer;
}
