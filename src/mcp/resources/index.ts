import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
  type ServerContext,
} from "@modelcontextprotocol/server";
import type { Services } from "../../services/services.ts";
import type { Caller } from "../../services/session.ts";
import { memoize } from "../once.ts";
import { errorText, toClientError } from "../result.ts";
import type { ServerDeps } from "../server.ts";
import { application } from "./application.ts";
import { decisions } from "./decisions.ts";
import { role } from "./role.ts";
import { roleTemplate, roleTemplates } from "./role-templates.ts";
import { templateSections } from "./template-sections.ts";

export type ResourceContext = { readonly services: Services; readonly caller: Caller };

/** A resource is data and one function. `public` is the catalogue; people's data is always private. */
export type Resource = {
  readonly name: string;
  readonly title: string;
  /** A fixed address, or a template with one variable. */
  readonly uri: string;
  readonly variable?: string;
  readonly description: string;
  readonly scope: "public" | "private";
  read(value: string, context: ResourceContext): unknown;
  /** Values that the variable may take. */
  complete?(context: ResourceContext): readonly string[] | Promise<readonly string[]>;
};

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
const COMPLETIONS = 100;

/** Completion is a courtesy: where the record cannot be read there is nothing to offer, and no error to show. */
export async function startingWith(typed: string, all: () => Promise<readonly string[]>): Promise<string[]> {
  const values = await all().catch(() => []);
  return values.filter((value) => value.toLowerCase().startsWith(typed.toLowerCase())).slice(0, COMPLETIONS);
}

export type CallerOf = (context: ServerContext, name: string) => Caller;

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
  const read = async (uri: URL, value: string, context: ServerContext) => {
    try {
      const content = await resource.read(value, {
        services: await services(),
        caller: callerOf(context, resource.name),
      });
      return { contents: [{ uri: uri.href, mimeType: "application/json", text: JSON.stringify(content) }] };
    } catch (error) {
      const { code, ...said } = toClientError(error, resource.name, log);
      const kind = code === "internal" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams;
      throw new ProtocolError(kind, errorText({ code, ...said }));
    }
  };
  const { variable } = resource;
  if (variable === undefined) {
    server.registerResource(resource.name, resource.uri, metadata, (uri, context) => read(uri, "", context));
    return;
  }
  const template = memoize(services, resource, () => {
    const caller: Caller = { client: "completion", tool: "completion", signal: new AbortController().signal };
    const complete = (typed: string) =>
      startingWith(typed, async () => resource.complete?.({ services: await services(), caller }) ?? []);
    return new ResourceTemplate(resource.uri, { list: undefined, complete: { [variable]: complete } });
  });
  server.registerResource(resource.name, template, metadata, (uri, variables, context) =>
    read(uri, decodeURIComponent(String(variables[variable])), context),
  );
}
