import { uuidv7 } from "uuidv7";
import type { Catalog } from "../catalog/load.ts";
import { DomainError } from "../domain/errors.ts";
import { type SubmissionFacts, summarize } from "../domain/submission/summarize.ts";
import { parseSubmissionUrl } from "../domain/submission/url.ts";
import type { Github } from "../github/client.ts";
import { type Case, saveApplication } from "../store/applications.ts";
import { newestSubmission, saveSubmission } from "../store/submissions.ts";
import { requireCase } from "./cases.ts";
import type { Begin, Caller, Session } from "./session.ts";

export type SummarizeInput = { readonly application?: string | undefined; readonly url?: string | undefined };
export type Summarized = {
  readonly ref: string | null;
  readonly submission: SubmissionFacts;
  readonly missing: readonly string[];
  readonly stored: boolean;
};

export function createSubmissions({
  begin,
  catalog,
  github,
}: {
  begin: Begin;
  catalog: Catalog;
  github: Github;
}) {
  return {
    /**
     * Reads a pull request and computes its facts. With an application they are kept as its snapshot.
     * GitHub is asked before the transaction begins, so a slow host never holds a row.
     * @throws DomainError for an address that is none of ours, or when the host does not answer.
     */
    async summarize(caller: Caller, input: SummarizeInput): Promise<Summarized> {
      if (input.url !== undefined) parseSubmissionUrl(input.url, github.webHost);
      const session = await begin(caller, "write");
      const found =
        input.application === undefined
          ? undefined
          : await session.read((db) => requireCase(db, session, input.application ?? ""));
      const url = input.url ?? (found && (await urlOf(session, found)));
      if (url === undefined) throw nothingToRead(found?.application.ref);
      const snapshot = await github.readPullRequest(parseSubmissionUrl(url, github.webHost), {
        signal: caller.signal,
      });
      const facts = summarize(snapshot, optionsFor(catalog, found));
      if (!found) return { ref: null, submission: facts, missing: facts.missing, stored: false };
      await keep(session, found, url, facts);
      return { ref: found.application.ref, submission: facts, missing: facts.missing, stored: true };
    },
  };
}

/** During the exercise round nobody is shown whose work it is; the requirements come from the template. */
function optionsFor(catalog: Catalog, found: Case | undefined) {
  const stage = found?.role.stages.find((s) => s.id === found.application.stage);
  const blind = stage?.kind === "exercise";
  const exercises = found
    ? catalog.get(found.role.template).exercises.filter((e) => e.round === stage?.id)
    : [];
  const [exercise] = exercises;
  // Which of several exercises was given is not on record, and checking against the wrong one would mislead.
  if (!exercise || exercises.length > 1) return { blind };
  return { blind, requirements: exercise.requirements, protected: exercise.protected };
}

async function urlOf(session: Session, found: Case): Promise<string | undefined> {
  const stored = await session.read((db) => newestSubmission(db, session.workspaceId, found.application.id));
  return stored?.url;
}

async function keep(session: Session, found: Case, url: string, facts: SubmissionFacts): Promise<void> {
  const { workspaceId, now } = session;
  const { ref } = found.application;
  await session.write(async (tx) => {
    const { application } = await requireCase(tx, session, ref, true);
    const before = await newestSubmission(tx, workspaceId, application.id);
    const headSha = facts.identity.head_sha;
    await saveSubmission(tx, {
      workspaceId,
      id: uuidv7(),
      applicationId: application.id,
      url,
      headSha,
      facts,
      createdAt: now,
    });
    if (!application.hasSubmission)
      await saveApplication(tx, { workspaceId, id: application.id, hasSubmission: true });
    if (before?.headSha === headSha && before.url === url) return;
    await session.record(tx, application.id, "submission.snapshot", {
      head_sha: headSha,
      missing: facts.missing.length,
    });
  });
}

const nothingToRead = (ref: string | undefined): DomainError =>
  new DomainError(
    "invalid",
    ref === undefined ? "Give application or url." : `url: ${ref} has no submission yet.`,
    "Pass url: the address of the pull request, such as https://github.com/OWNER/REPOSITORY/pull/1.",
  );
