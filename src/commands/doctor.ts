import { type App, createApp } from "../app.ts";
import { loadCatalog } from "../catalog/load.ts";
import type { Config } from "../config.ts";
import { type AccessRule, ADMINISTER, INTERVIEW } from "../domain/access.ts";
import { DomainError } from "../domain/errors.ts";
import { isUnreachable } from "../domain/member.ts";
import { pluralize } from "../domain/pluralize.ts";
import { exposureOf } from "../exposure.ts";
import { mailServer } from "../mail-server.ts";
import { submissionAnswer } from "../mcp/answers/submission.ts";
import { firstAdminText } from "../mcp/text/first-admin.ts";
import { submissionText } from "../mcp/text/submission.ts";
import type { Services } from "../services/services.ts";
import type { Upkeep } from "../services/upkeep.ts";
import { checkRecord, createChecks } from "./checks.ts";
import { NEVER_CANCELLED } from "./with-app.ts";

const GITHUB_DEADLINE_MS = 5_000;

type DoctorInput = {
  /** A pull request to read as the server does. Its facts are printed and nothing is stored. */
  readonly url?: string | undefined;
  /** Whether stored files that an older reader read are read again. */
  readonly reread?: boolean | undefined;
};

/** Runs all checks of this installation, and exits with 1 when one fails. */
export async function doctor(config: Config, { url, reread }: DoctorInput = {}): Promise<void> {
  const app = createApp(config, { command: "greenflag doctor", allowFiles: false });
  const { check, examine } = createChecks(app);
  try {
    await check("catalogue", async () => templates(config));
    await check("database", () => examine((at, services) => engine(config, at, services)));
    await checkRecord({ check, examine });
    await check("member", () => examine((at, services) => member(config, at, services)));
    await check("tokens", () => examine((at, services) => tokens(config, at, services)));
    await check("GitHub", () => github(config));
    await check("mail", () => mailServer(config.smtpUrl));
    if (url !== undefined) await check("submission", () => submission(app, url));
    if (reread) await check("files", () => rereadFiles(app));
  } finally {
    await app.close();
  }
}

function templates(config: Config): string {
  const catalog = loadCatalog(config.templatesDir === undefined ? {} : { directory: config.templatesDir });
  const ids = catalog.list().map((t) => catalog.get(t.id).id);
  return `${pluralize(ids.length, "role template")} (${ids.join(", ")})`;
}

async function engine({ dataDir }: Config, at: Upkeep, { upkeep }: Services): Promise<string> {
  const { name, version } = await upkeep.engine(at);
  return `${name}, PostgreSQL ${version}${name === "embedded" ? `, in ${dataDir}` : ""}`;
}

async function member(config: Config, at: Upkeep, { upkeep }: Services): Promise<string> {
  const acting = await upkeep.actingMember(at, config.member);
  if (acting) {
    const { email, name, access, from } = acting;
    const who = `${name} <${email}>, ${access}`;
    return from === undefined
      ? who
      : `${who}. ${firstAdminText({ email, name, from, unreachable: isUnreachable(email) })}`;
  }
  const email = config.member;
  if (email === undefined)
    throw new DomainError("not_found", "No admin is left.", "Name a member in GREENFLAG_MEMBER.");
  throw new DomainError(
    "not_found",
    `${email} is not on the team.`,
    "greenflag member add EMAIL --name NAME --access ACCESS.",
  );
}

/** How many members' tokens there are, and whether a call over HTTP needs one. */
async function tokens({ host, publicUrl }: Config, at: Upkeep, { tokens }: Services): Promise<string> {
  const { live, made } = await tokens.count(at);
  const others = made === live ? "" : `, ${made - live} revoked or expired`;
  const count = made === 0 ? "none" : `${live} good${others}`;
  const exposure = exposureOf(host, publicUrl);
  if (exposure === "public") return `${count}; every call over HTTP needs one, or a sign-in`;
  return made === 0 && exposure === "machine"
    ? `${count}; calls over HTTP act for the member of the server's process until there is one`
    : `${count}; every call over HTTP needs one`;
}

const sessionFor = (access: AccessRule) =>
  ({ client: "greenflag doctor", tool: "doctor", access, signal: NEVER_CANCELLED }) as const;

/** Files are kept as they came, so that a better reader can read them again. */
async function rereadFiles(app: App): Promise<string> {
  const { documents, startSession } = await app.services();
  const { files, changed, failed } = await documents.reread(await startSession(sessionFor(ADMINISTER)));
  const kept = failed === 0 ? "" : `; ${failed} kept the text that they had`;
  return `${pluralize(files, "file")} read again, ${changed} with another text: their assessments are stale${kept}`;
}

async function submission(app: App, url: string): Promise<string> {
  const { submissions, startSession } = await app.services();
  const session = await startSession(sessionFor(INTERVIEW));
  return submissionText(submissionAnswer(await submissions.summarize(session, { url })));
}

async function github(config: Config): Promise<string> {
  const token = config.githubToken
    ? "with a token"
    : "without a token (public pull requests only, 60 requests an hour)";
  const answer = await fetch(config.githubApiUrl, {
    signal: AbortSignal.timeout(GITHUB_DEADLINE_MS),
    redirect: "manual",
  }).catch(() => undefined);
  if (answer && answer.status < 500) return `${new URL(config.githubApiUrl).host} answers, ${token}`;
  throw new DomainError(
    "unavailable",
    `${new URL(config.githubApiUrl).host} does not answer.`,
    "Submissions cannot be read until it does.",
  );
}
