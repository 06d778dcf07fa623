import type { Services } from "../services/services.ts";

/** A use case: its first argument is a session or upkeep, the others are its input. */
type Operation = (at: unknown, ...input: readonly unknown[]) => unknown;
type Groups = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** The members of `Services` that are not groups of use cases, or are the same in every process. */
const NOT_CROSSING = new Set(["startSession", "startUpkeep", "catalog"]);

/** The groups of use cases that one process can carry out for another. */
function groupsOf(services: Services): Groups {
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

/** The same services with every use case wrapped. Other members stay as they are. */
export function mapOperations(
  services: Services,
  wrap: (operation: Operation, group: string, method: string) => Operation,
): Services {
  const each = <T, U>(named: Readonly<Record<string, T>>, change: (value: T, name: string) => U) =>
    Object.fromEntries(Object.entries(named).map(([name, value]) => [name, change(value, name)]));
  const wrapped = each(groupsOf(services), (operations, group) =>
    each(operations, (operation, method) => wrap(operation, group, method)),
  );
  return { ...services, ...(wrapped as unknown as Partial<Services>) };
}
