import { nameKey } from "./import-map.ts";
import type { ImportedApplication } from "./imported.ts";
import { knownFormsOf, type PersonToImport } from "./join-people.ts";

/** By what a person of a source is known again, as forms of which the hashes are kept. Undefined without ids. */
export const personForm = (system: string, { id }: PersonToImport): string | undefined =>
  id === undefined ? undefined : `import:${system}:person:${id}`;

/**
 * By what an application is known again: by its id; else by whose it is and for which role; of people without any address,
 * phone or profile by everything that the row says.
 * @param role the role's name in the source, or its key where the source names none
 */
export function applicationForms(
  system: string,
  person: PersonToImport,
  { id }: ImportedApplication,
  role: string,
): string[] {
  const ofRole = nameKey(role);
  if (id !== undefined) return [`import:${system}:application:${id}`];
  if (person.id !== undefined) return [`import:${system}:person:${person.id}:${ofRole}`];
  const known = knownFormsOf(person);
  const name = known.find((form) => form.startsWith("name:")) ?? "";
  const emails = known.filter((form) => form.startsWith("email:"));
  const others = known.filter((form) => form.startsWith("phone:") || form.startsWith("profile:"));
  const forms = emails.length > 0 ? emails : others.map((form) => `${name}:${form}`);
  return (forms.length > 0 ? forms : [`content:${person.fingerprint}`]).map(
    (form) => `import:${form}:${ofRole}`,
  );
}

/** Forms by which an erased person is known again, as an erasure keeps their hashes. */
export const erasureForms = (person: PersonToImport): string[] =>
  knownFormsOf(person).filter((form) => form.startsWith("email:") || form.startsWith("profile:"));
