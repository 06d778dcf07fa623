import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { DomainError } from "../../domain/errors.ts";
import { requireWellFormed } from "../../domain/well-formed.ts";
import type { Services } from "../../services/services.ts";
import type { Caller, SignedIn } from "../../services/session.ts";
import { completesFor, completionCaller, startingWith } from "../completion.ts";
import { memoize } from "../memoize.ts";
import { withProgress } from "../progress.ts";
import { errorText, toClientError } from "../result.ts";
import type { CallerOf, ServerDeps } from "../server-deps.ts";
import { application } from "./application.ts";
import { decisions } from "./decisions.ts";
import type { Resource } from "./resource.ts";
import { role } from "./role.ts";
import { roleTemplate, roleTemplates } from "./role-templates.ts";
import { templateSections } from "./template-sections.ts";

/** Every resource, in the order in which clients list them. */
export const resources: readonly Resource[] = [
  roleTemplates,
  roleTemplate,
  ...templateSections,
  role,
  application,
  decisions,
];

const CATALOGUE_TTL_MS = 3_600_000;
export function registerResources(server: McpServer, deps: ServerDeps, callerOf: CallerOf): void {
  for (const resource of resources) register(server, deps, callerOf, resource);
}

function register(server: McpServer, deps: ServerDeps, callerOf: CallerOf, resource: Resource): void {
  const { services, log } = deps;
  const ttlMs = resource.scope === "public" ? CATALOGUE_TTL_MS : 0;
  const metadata = {
    title: resource.title,
    description: resource.description,
    mimeType: "application/json",
    cacheHint: { ttlMs, cacheScope: resource.scope },
  };
  const readAnswer = async (uri: URL, value: string, context: ServerContext) => {
    try {
      const content = await contentOf(resource, decoded(value), await services(), (called) =>
        callerOf(context, called),
      );
      return { contents: [{ uri: uri.href, mimeType: "application/json", text: JSON.stringify(content) }] };
    } catch (error) {
      const { code, ...said } = toClientError(error, resource.name, log);
      const kind = code === "internal" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams;
      throw new ProtocolError(kind, errorText({ code, ...said }));
    }
  };
  const read = (uri: URL, value: string, context: ServerContext) =>
    withProgress(context, () => readAnswer(uri, value, context));
  const { variable } = resource;
  if (variable === undefined) {
    server.registerResource(resource.name, resource.uri, metadata, (uri, context) => read(uri, "", context));
    return;
  }
  const template = memoize(completesFor(deps), resource, () => {
    const complete = (typed: string) =>
      startingWith(typed, async () => valuesOf(resource, await services(), deps.signedIn));
    return new ResourceTemplate(resource.uri, { list: undefined, complete: { [variable]: complete } });
  });
  server.registerResource(resource.name, template, metadata, (uri, variables, context) =>
    read(uri, String(variables[variable]), context),
  );
}

/** What stands in an address for a variable. @throws DomainError `invalid` for what is no text */
function decoded(value: string): string {
  try {
    const text = decodeURIComponent(value);
    requireWellFormed({ uri: text });
    return text;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError("invalid", "uri: a percent sign in it begins no letter.", "Write it as %25.");
  }
}

type Private = Extract<Resource, { readonly scope: "private" }>;

/** The catalogue is read without a session, because it is the same for everybody and needs no database. */
async function contentOf(
  resource: Resource,
  value: string,
  services: Services,
  caller: (called: Private) => Caller,
): Promise<unknown> {
  if (resource.scope === "public") return resource.read(value, { services });
  return resource.read(value, { services, session: await services.startSession(caller(resource)) });
}

async function valuesOf(
  resource: Resource,
  services: Services,
  signedIn: SignedIn | undefined,
): Promise<readonly string[]> {
  if (resource.scope === "public") return resource.complete?.({ services }) ?? [];
  const session = await services.startSession(completionCaller(resource, signedIn));
  return resource.complete?.({ services, session }) ?? [];
}
