import type { Services } from "../services/services.ts";

/** A use case as it crosses: at work for a session or for upkeep, on some input. */
export type Operation = (at: unknown, ...input: readonly unknown[]) => unknown;
export type Groups = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** What of the services is no group of use cases, or is the same in every process. */
const NOT_CROSSING = new Set(["startSession", "startUpkeep", "catalog"]);

/** The groups of use cases that one process can carry out for another. */
export function groupsOf(services: Services): Groups {
  const groups = Object.entries(services).filter(([name]) => !NOT_CROSSING.has(name));
  return Object.fromEntries(groups) as unknown as Groups;
}

export function operationOf(
  services: Services,
  { group, method }: { readonly group: string; readonly method: string },
): Operation {
  const groups = groupsOf(services);
  const methods = Object.hasOwn(groups, group) ? groups[group] : undefined;
  const operation = methods && Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (operation === undefined) throw new Error(`there is no ${group}.${method}`);
  return operation;
}
