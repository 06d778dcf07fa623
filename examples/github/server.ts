import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerGraphql } from "./graphql.ts";
import { type Fixture, type Given, OPERATIONS, repositoryOf, type Stored } from "./operations.ts";
import { bareFromFolder, gitIn, rememberingGitIn } from "./repository.ts";
import { answerTo, type Operation } from "./shapes.ts";

// A GitHub on the loopback: the endpoints that Greenflag uses, answered from real git repositories.

export type { Fixture } from "./operations.ts";

/** Looks at a request first; true when it has answered it. Tests make faults with it. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export type LocalGithub = {
  readonly url: string;
  /** Address of the pull request that it was started with. */
  readonly pullRequestUrl: string;
  /** The bare repository of that pull request, for asking git itself. */
  readonly repository: string;
  /** Every request that came in, as `METHOD path?query`. */
  readonly requests: string[];
  /** The bare repository behind a name, for pushing to it. */
  bare(owner: string, repo: string): string;
  openPull(pull: Fixture): string;
  /** Changes what a repository says of itself. */
  change(owner: string, repo: string, to: Partial<Stored>): void;
  invited(owner: string, repo: string): readonly string[];
  /** Gives a repository another name; the old one leads to it. */
  rename(owner: string, repo: string, name: string): void;
  close(): Promise<void>;
};

export type GithubSetup = {
  /** A repository with one pull request. */
  readonly bundle?: string;
  readonly fixture?: string | Fixture;
  /** Folders that are served as template repositories, by `owner/name`. */
  readonly templates?: Readonly<Record<string, string>>;
  /** The path before every address of the API, as an Enterprise server has it: `/api/v3`. */
  readonly apiPath?: string;
  readonly intercept?: Intercept;
  /** Sees every whole answer, so that tests can hold it against the schema. */
  readonly answered?: (operation: Operation, body: unknown) => void;
};

export async function startGithub(setup: GithubSetup): Promise<LocalGithub> {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-github-"));
  const stored = new Map<string, Stored>();
  const nameOf = (owner: string, repo: string) => `${owner}/${repo}`.toLowerCase();
  const bare = (owner: string, repo: string) => join(folder, `${nameOf(owner, repo).replace("/", "+")}.git`);
  const add = (owner: string, repo: string, rest: Partial<Stored>) => {
    const known = { template: null, private: true, isTemplate: false, pulls: [], invited: [], ...rest };
    const id = stored.size + 1;
    const pushed_at = "2026-11-14T16:12:00Z";
    stored.set(nameOf(owner, repo), {
      id,
      owner,
      repo,
      pushed_at,
      default_branch: "main",
      git: rememberingGitIn(bare(owner, repo)),
      ...known,
    });
  };
  for (const [name, files] of Object.entries(setup.templates ?? {})) {
    const [owner = "", repo = ""] = name.split("/");
    bareFromFolder(files, bare(owner, repo), "2026-11-01T08:00:00Z");
    add(owner, repo, { isTemplate: true });
  }
  const first =
    typeof setup.fixture === "string"
      ? (JSON.parse(readFileSync(setup.fixture, "utf8")) as Fixture)
      : setup.fixture;
  if (first && setup.bundle !== undefined) {
    gitIn(".")("clone", "--quiet", "--bare", setup.bundle, bare(first.owner, first.repo));
    add(first.owner, first.repo, { pulls: [first] });
  }
  const requests: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (setup.apiPath !== undefined)
      url.pathname = url.pathname.replace(setup.apiPath, "").replace("/api/graphql", "/graphql");
    const body = await bodyOf(request);
    const find = (owner: string, repo: string) => stored.get(nameOf(owner, repo));
    if (url.pathname === "/graphql") return send(response, 200, await answerGraphql(body as never, find));
    const [, id, below = ""] = /^\/repositories\/(\d+)(.*)$/.exec(url.pathname) ?? [];
    const [, owner = "", repo = "", after = ""] = /^\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(url.pathname) ?? [];
    const repository = id ? [...stored.values()].find((r) => r.id === Number(id)) : find(owner, repo);
    if (!repository) return notFound(response);
    const rest = id ? below : after;
    if (!id && repo.toLowerCase() !== repository.repo.toLowerCase()) {
      // It has another name today: GitHub answers with its number, which never changes.
      const location = `http://${request.headers.host}/repositories/${repository.id}${rest}${url.search}`;
      return send(response, 301, { message: "Moved Permanently", url: location }, { location });
    }
    if (request.method === "POST" && rest === "/generate") return generate(repository, body, response);
    for (const { method, pattern, operation, handle } of OPERATIONS) {
      const match = request.method === method ? pattern.exec(rest) : null;
      if (!match) continue;
      const path = match.slice(1).map(decodeURIComponent);
      const given = tried(() => handle(repository, { path, query: url.searchParams, body }));
      if (!given) break;
      return reply(operation, given, url, request, response);
    }
    return notFound(response);
  }

  function generate(template: Stored, body: unknown, response: ServerResponse): void {
    const { owner, name } = body as { owner: string; name: string };
    if (!template.isTemplate) {
      notFound(response);
      return;
    }
    if (stored.has(nameOf(owner, name))) {
      send(response, 422, { message: "Name already exists on this account" });
      return;
    }
    gitIn(".")("clone", "--quiet", "--bare", bare(template.owner, template.repo), bare(owner, name));
    add(owner, name, { template: `${template.owner}/${template.repo}` });
    const operation = "POST /repos/{template_owner}/{template_repo}/generate";
    const made = stored.get(nameOf(owner, name));
    const whole = answerTo(operation, made && repositoryOf(made));
    setup.answered?.(operation, whole);
    send(response, 201, whole);
  }

  function reply(
    operation: Operation,
    given: Given,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (given.error !== undefined) {
      send(response, given.status ?? 500, { message: given.error });
      return;
    }
    if (given.status === 204) return void response.writeHead(204).end();
    const size = Math.min(100, Number(url.searchParams.get("per_page") ?? 30));
    const page = Number(url.searchParams.get("page") ?? 1);
    const some = (list: readonly unknown[]) => list.slice((page - 1) * size, page * size);
    const shown = given.list ? some(given.list) : paged(given, some);
    const whole = answerTo(operation, shown);
    setup.answered?.(operation, whole);
    const etag = `"${createHash("sha1").update(JSON.stringify(whole)).digest("hex")}"`;
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
    const more = given.list && given.list.length > page * size;
    const next = new URL(url);
    next.searchParams.set("page", String(page + 1));
    const link = more
      ? { link: `<http://${request.headers.host}${next.pathname}${next.search}>; rel="next"` }
      : {};
    send(response, given.status ?? 200, whole, { etag, ...link });
  }

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (setup.intercept?.(request, response)) return;
    answer(request, response).catch(() => send(response, 500, { message: "the loopback GitHub failed" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const web = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${web}${setup.apiPath ?? ""}`;
  const addressOf = (pull: Fixture) => `${web}/${pull.owner}/${pull.repo}/pull/${pull.number}`;
  return {
    url,
    pullRequestUrl: first ? addressOf(first) : "",
    repository: first ? bare(first.owner, first.repo) : "",
    requests,
    bare,
    openPull(pull) {
      stored.get(nameOf(pull.owner, pull.repo))?.pulls.push(pull);
      return addressOf(pull);
    },
    change(owner, repo, to) {
      const known = stored.get(nameOf(owner, repo));
      if (known) Object.assign(known, to);
    },
    rename(owner, repo, name) {
      const known = stored.get(nameOf(owner, repo));
      if (!known) return;
      known.repo = name;
      stored.set(nameOf(owner, name), known);
    },
    invited: (owner, repo) => stored.get(nameOf(owner, repo))?.invited ?? [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
    .end(JSON.stringify(body));
}

/** A value with one page of its list. */
function paged({ value, pagedIn }: Given, some: (list: readonly unknown[]) => unknown): unknown {
  if (pagedIn === undefined || typeof value !== "object" || value === null) return value;
  const list = Object.entries(value).find(([key]) => key === pagedIn)?.[1];
  return { ...value, [pagedIn]: some(Array.isArray(list) ? list : []) };
}

const notFound = (response: ServerResponse): void => send(response, 404, { message: "Not Found" });

/** What git does not find, GitHub does not find either. */
function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? undefined : JSON.parse(text);
}
