import type { Catalog } from "../../catalog/load.ts";
import { loadRetention } from "../../catalog/retention.ts";
import { DomainError } from "../../domain/errors.ts";
import { dueToErase, standingHold } from "../../domain/personal-data/due-to-erase.ts";
import { dutyToKeep } from "../../domain/personal-data/duty-to-keep.ts";
import { inEveryText, withoutNamesOfOthers } from "../../domain/personal-data/names-of-others.ts";
import type { CandidateRow } from "../../store/candidates/candidates.ts";
import { listConsents } from "../../store/personal-data/consents.ts";
import { candidatesNamedIn, everyMember, originalBytes } from "../../store/personal-data/person.ts";
import { listKept } from "../../store/personal-data/retention.ts";
import type { Db } from "../../store/store.ts";
import { loadApplication } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type ApplicationFile, loadApplicationFile } from "./application-file.ts";
import { loadKeptPeople, loadRetentionSettings } from "./kept-people.ts";

type Deps = { readonly catalog: Catalog; readonly company?: string | undefined };

export function createPersonFiles({ catalog, company }: Deps) {
  return {
    /**
     * All that is on record about a person, over all of their applications, in a form that can be handed to them: names of
     * others are taken out of what colleagues wrote, unless the person met them or had a message from them.
     */
    load: (session: Session, ref: string) =>
      session.write(async (tx) => {
        const { application, candidate } = await loadApplication(tx, session, ref);
        const team = await everyMember(tx, session.workspaceId);
        const emailOf = (id: string) =>
          team.find((member) => member.id === id)?.email ?? "somebody on the team";
        const applications: ApplicationFile[] = [];
        for (const { ref: each } of await listKept(tx, session.workspaceId, [candidate.id])) {
          const record = await loadApplication(tx, session, each);
          applications.push(await loadApplicationFile(tx, session, record, { catalog, emailOf }));
        }
        await session.record(tx, application.id, "person.export", {});
        const candidates = await candidatesNamedIn(
          tx,
          candidate,
          colleaguesWords(applications).toLowerCase(),
        );
        const known = new Set([...applications.flatMap(metBy), ...applications.flatMap(wroteTo)]);
        const clean = withoutNamesOfOthers({ team, known, candidates });
        return {
          made_at: session.now.toISOString(),
          company: company ?? null,
          references: applications.map(({ about }) => about.reference),
          person: personOf(candidate, applications, clean),
          applications: applications.map((one) => handedOut(one, clean)),
          consents: (await listConsents(tx, session.workspaceId, candidate.id)).map(
            ({ until, how, recordedAt }) => ({
              until,
              how: clean(how),
              recorded_at: recordedAt.toISOString(),
            }),
          ),
          kept: await keptFor(tx, session, catalog, candidate.id),
          programs: [
            ...new Set(applications.flatMap(({ log }) => log.map(({ through }) => through))),
          ].toSorted(),
          automated_decisions: "none" as const,
          left_out: leftOut(applications),
        };
      }),

    /** The original file of one of the person's documents. @throws DomainError `not_found` where there is none */
    original: (session: Session, input: { readonly application: string; readonly document: string }) =>
      session.read(async (db) => {
        const { application } = await loadApplication(db, session, input.application);
        const bytes = await originalBytes(db, application, input.document);
        if (bytes !== undefined) return bytes;
        throw new DomainError(
          "not_found",
          "A file was removed while the export was written.",
          "Repeat the export.",
        );
      }),
  };
}
export type PersonFile = Awaited<ReturnType<ReturnType<typeof createPersonFiles>["load"]>>;

/** Everything that colleagues wrote about somebody. The candidate's own words and files are not among it. */
const colleaguesWords = (applications: readonly ApplicationFile[]): string =>
  JSON.stringify(applications.map(({ documents, ...rest }) => [documents.filter(isNote), rest]));

const isNote = ({ kind }: ApplicationFile["documents"][number]): boolean => kind === "note";

/** Who sits in interviews that took place or are booked. */
const metBy = ({ interviews }: ApplicationFile): readonly string[] =>
  interviews
    .filter(({ status }) => status === "held" || status === "booked")
    .flatMap(({ interviewers }) => interviewers);

/** Whose messages went out. */
const wroteTo = ({ messages }: ApplicationFile): readonly string[] =>
  messages.flatMap(({ status, drafted_by }) => (status === "sent" ? [drafted_by] : []));

/** The person's own data, each with where it came from as far as that is on record. */
function personOf(
  candidate: CandidateRow,
  applications: readonly ApplicationFile[],
  clean: (text: string) => string,
) {
  const { name, email, phone, location, timezone, links, tags, doNotContact, createdAt } = candidate;
  const fields = { name, email, phone, location, timezone, links, tags, do_not_contact: doNotContact };
  const changes = applications.flatMap(({ changes: some }) => some);
  const sources = applications.flatMap(({ imported }) => imported.map(({ from }) => from));
  const isImported = applications.some(({ about }) => about.imported_at !== undefined);
  const first = isImported ? `imported from ${sources[0] ?? "another program"}` : "added to the record";
  return {
    on_record_since: createdAt.toISOString(),
    fields: Object.entries(fields).flatMap(([field, value]) => {
      if (value === null || value === false || (Array.isArray(value) && value.length === 0)) return [];
      const change = changes.findLast((one) => one.field === field);
      const source = change
        ? { how: "changed", at: change.at, by: clean(change.by) }
        : { how: first, at: createdAt.toISOString() };
      return [{ field, value, source }];
    }),
  };
}

/** An application as the person is given it. What they wrote themselves, and what was sent to them, stays word for word. */
function handedOut(
  { documents, messages, hidden: _hidden, ...rest }: ApplicationFile,
  clean: (text: string) => string,
) {
  return {
    ...inEveryText(rest, clean),
    documents: documents.map(({ text, words_of_others_in_it: others, ...document }) => {
      const isTheirs = document.own_words;
      return {
        ...document,
        added_by: clean(document.added_by),
        text: isTheirs ? text : clean(text),
        words_of_others_in_it: others,
      };
    }),
    messages: messages.map((message) =>
      message.status === "sent"
        ? { ...message, drafted_by: clean(message.drafted_by) }
        : inEveryText(message, clean),
    ),
  };
}

/** Until when the record is kept, and by what. */
async function keptFor(db: Db, session: Session, catalog: Catalog, candidateId: string) {
  const { workspaceId, now } = session;
  const settings = await loadRetentionSettings(db, workspaceId);
  const [person] = await loadKeptPeople(db, workspaceId, catalog.places, [candidateId]);
  if (!person) throw new Error("a person that was found is missing");
  const rules = loadRetention();
  return {
    verdict: dueToErase(person, rules, settings, now),
    duty: dutyToKeep(person, rules.duties, settings, now),
    // Why is for the team: it may be about a dispute with this person.
    on_hold: standingHold(person.holds, now) !== undefined,
  };
}

const leftOut = (applications: readonly ApplicationFile[]): readonly LeftOut[] => [
  ...applications.flatMap(({ about, hidden }) =>
    hidden.map((what): LeftOut => ({ what: "hidden", reference: about.reference, words: what })),
  ),
  ...applications.flatMap(({ about }): LeftOut[] =>
    about.was_referred ? [{ what: "referrer", reference: about.reference }] : [],
  ),
];

/** What is on record and not in the file: what the member may not see yet, and the name of whoever referred somebody. */
export type LeftOut =
  | { readonly what: "hidden"; readonly reference: string; readonly words: string }
  | { readonly what: "referrer"; readonly reference: string };
