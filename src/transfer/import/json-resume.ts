import * as z from "zod";
import { readJsonResume } from "../../documents/json-resume.ts";
import type { ImportedPerson } from "../../domain/transfer/imported.ts";
import { listOf, readRecord, Words } from "./fields.ts";
import { fold } from "./file-words.ts";
import type { SourceFile } from "./gather.ts";
import { type Draft, joined, linkOf, type Told, unique } from "./vendor.ts";

const Basics = z.object({
  basics: z.object({
    ...{ name: Words, email: Words, phone: Words, url: Words },
    location: z.object({ city: Words, region: Words, countryCode: Words }).nullish(),
    profiles: listOf(z.object({ url: Words })),
  }),
});

/** A person as their résumé in the JSON Resume format has them. Undefined where a value is no such résumé. */
export function personOfJsonResume(
  value: unknown,
  { file, role, told }: { readonly file: SourceFile; readonly role: string | undefined; readonly told: Told },
): Draft | undefined {
  if (readJsonResume(JSON.stringify(value)) === undefined) return undefined;
  const basics = readRecord(Basics, value, file.name, told)?.basics;
  if (basics?.name === undefined) {
    told({ where: file.name, field: "name", why: "is a résumé without a name: left out" });
    return undefined;
  }
  const { city, region, countryCode } = basics.location ?? {};
  const name = file.name.split("/").at(-1) ?? file.name;
  return {
    where: file.name,
    name: basics.name,
    email: basics.email,
    otherEmails: [],
    phone: basics.phone,
    links: unique([basics.url, ...basics.profiles.map(({ url }) => url)]).map(linkOf),
    location: joined(", ", [city, region, countryCode]) || undefined,
    tags: [],
    doNotContact: false,
    files: [
      { name, kind: "resume", path: file.path, ...(file.entry !== undefined && { entry: file.entry }) },
    ],
    records: [],
    // A résumé says nothing of an application; where a role is named, it is for that one.
    applications: role === undefined ? [] : [{ role, status: "active", history: [], records: [] }],
    attachments: [],
    ids: [],
  };
}

/** People with the résumés of those among them; a résumé of nobody else's is a person of its own. */
export function withJsonResumes(people: readonly Draft[], resumes: readonly Draft[]): Draft[] {
  const filesOf = new Map<Draft, ImportedPerson["files"]>();
  const own: Draft[] = [];
  const byAddress = new Map(
    people
      .toReversed()
      .flatMap((person) =>
        [person.email, ...person.otherEmails].flatMap((email) =>
          email === undefined ? [] : [[fold(email), person] as const],
        ),
      ),
  );
  for (const resume of resumes) {
    // Only an address tells it: two people may have one name.
    const person = resume.email === undefined ? undefined : byAddress.get(fold(resume.email));
    if (person === undefined) own.push(resume);
    else filesOf.set(person, [...(filesOf.get(person) ?? []), ...resume.files]);
  }
  return [
    ...people.map((person) => ({ ...person, files: [...person.files, ...(filesOf.get(person) ?? [])] })),
    ...own,
  ];
}
