import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { type Credential, certificateOf, namesOf } from "../domain/credentials/known.ts";
import { WrittenTemplate } from "../domain/roles/role-template.ts";

const HERE = new URL(".", import.meta.url);

const text = z.string().min(1);
const phrases = z.array(text).default([]);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Signs = {
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: text,
  capitals: phrases,
  unclear: phrases,
  not: phrases,
};

const Certificates = z.strictObject({
  sources: z.array(z.strictObject({ id: text, url: z.url(), read: day })),
  certificates: z.array(
    z.strictObject({
      ...Signs,
      also: phrases,
      /** Its name is not looked for. */
      by_name: z.literal(false).optional(),
      vendor: text,
      retired: z.strictObject({ on: z.string().regex(/^\d{4}-\d{2}(?:-\d{2})?$/), source: text }).optional(),
      valid: z.strictObject({ years: z.number().int(), since: day.optional(), source: text }).optional(),
    }),
  ),
});
const Licences = z.strictObject({
  licences: z.array(
    z.strictObject({ ...Signs, also: z.array(text).min(1), when_asked: z.literal(true).optional() }),
  ),
});

let known: readonly Credential[] | undefined;

/**
 * The certificates and kinds of licences that are known for every role: those of the two lists, and those that the program's
 * own templates list. Read when first needed.
 */
export function loadCredentials(): readonly Credential[] {
  known ??= [...listedByTemplates(), ...certificates(), ...licences()];
  return known;
}

const certificates = (): Credential[] =>
  loadCertificateLists().certificates.map(({ also, by_name, retired, valid, ...certificate }) => ({
    ...certificate,
    kind: "certificate",
    phrases: by_name === false ? also : namesOf({ name: certificate.name, also }),
    ...(retired && { retired_on: retired.on }),
    ...(valid && { valid: { years: valid.years, ...(valid.since !== undefined && { since: valid.since }) } }),
  }));

const licences = (): Credential[] =>
  Licences.parse(read("credentials/licences.yaml")).licences.map(({ also, when_asked, ...licence }) => ({
    ...licence,
    ...(when_asked && { when_asked }),
    kind: "licence",
    phrases: also,
  }));

/** The certificates as they are listed, with where each figure is from. */
export const loadCertificateLists = (): z.infer<typeof Certificates> =>
  Certificates.parse(read("credentials/certificates.yaml"));

/** What the program's own templates list in a file of its own. */
const listedByTemplates = (): Credential[] =>
  readdirSync(HERE)
    .filter((folder) =>
      ["role", "credentials"].every((part) => existsSync(new URL(`${folder}/${part}.yaml`, HERE))),
    )
    .flatMap((folder) =>
      WrittenTemplate.shape.credentials.parse(read(`${folder}/credentials.yaml`)).map(certificateOf),
    );

const read = (name: string): unknown => parse(readFileSync(new URL(name, HERE), "utf8"));
