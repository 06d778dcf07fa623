import type { PersonFile } from "../services/personal-data/person-file.ts";
import { safeFileName } from "../transfer/person/write-folder.ts";

/** A person's record with a name for each original file, under which its document leads to it. */
export function withFileNames(loaded: PersonFile) {
  const originals: { path: string; application: string; document: string }[] = [];
  const applications = loaded.applications.map(({ documents, ...rest }) => ({
    ...rest,
    documents: documents.map(({ id, file, ...document }) => {
      if (file === null) return { ...document, file };
      const path = `files/${originals.length + 1}-${safeFileName(document.name, file)}`;
      originals.push({ path, application: rest.about.reference, document: id });
      return { ...document, file: path };
    }),
  }));
  const { left_out: _left, references: _references, ...person } = loaded;
  return { person: { ...person, applications }, originals };
}
export type PersonToHandOut = ReturnType<typeof withFileNames>["person"];
