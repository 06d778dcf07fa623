import type { Catalog } from "../../catalog/load.ts";
import { MOVED_FROM, MOVED_TO } from "../../domain/candidates/change.ts";
import type { Reading } from "../../domain/evaluation/finding.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listAssessments } from "../../store/evaluation/assessments.ts";
import { importedOf, logOf, originalsOf, submissionsOf } from "../../store/personal-data/person.ts";
import { endOf } from "../../store/personal-data/retention.ts";
import type { Db } from "../../store/store.ts";
import { findAssignment } from "../../store/submissions/assignments.ts";
import { viewChanges } from "../candidates/view-changes.ts";
import { messageHistory } from "../outreach/message-history.ts";
import { type ForReader, loadForReader } from "../panel/load-for-reader.ts";
import { viewScorecards, viewVotes } from "../panel/view-scorecards-and-votes.ts";
import { viewDecisions, viewHistory } from "../pipeline/decisions.ts";
import { viewOffers } from "../pipeline/offer-views.ts";
import { interviewsOf } from "../scheduling/interviews.ts";
import type { Session } from "../session.ts";

/** Changes whose values are about somebody else: who recommended them, and where a misfiled document went or came from. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set(["referred_by", MOVED_FROM, MOVED_TO]);

/** All that is on record about one application, as far as the member who asks may see it. */
export async function loadApplicationFile(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  { catalog, emailOf }: { readonly catalog: Catalog; readonly emailOf: (memberId: string) => string },
) {
  const { application, role, owner } = record;
  const forReader = await loadForReader(db, session, record);
  const stage = role.stages.find(({ id }) => id === application.stage);
  const assignment = await findAssignment(db, application.workspaceId, application.id);
  const ended = await endOf(db, application);
  const decisions = await viewDecisions(forReader);
  const isDecision = ({ application: of, version }: { application?: string; version: number }) =>
    decisions.some((one) => one.application === of && one.version === version);
  return {
    about: {
      reference: application.ref,
      role: role.title,
      stage: stage?.name ?? application.stage,
      status: application.status,
      applied_at: application.appliedAt.toISOString(),
      ...(ended && { ended_at: ended.toISOString() }),
      ...(application.importedAt && { imported_at: application.importedAt.toISOString() }),
      source: application.source,
      /** Whether, and not by whom: that is somebody else's name. */
      was_referred: application.referredBy !== null,
      looked_after_by: owner,
    },
    documents: await documentsOf(db, record, forReader, emailOf),
    messages: await messagesOf(db, session, record, forReader, emailOf),
    interviews: (await interviewsOf(db, session, record, forReader)).map(
      ({ id: _id, uid: _uid, sequence: _sequence, history: _history, ...interview }) => interview,
    ),
    exercise: assignment && {
      exercise: titleOf(catalog, record, assignment.exercise),
      form: assignment.form,
      due: assignment.dueAt.toISOString(),
      status: assignment.status,
      repository: assignment.url,
      github_username: assignment.githubUsername,
    },
    submissions: (await submissionsOf(db, application)).map(({ url, headSha, facts, createdAt }) => ({
      ...{ url, commit: headSha, read_at: createdAt.toISOString(), facts },
    })),
    offers: (await viewOffers(db, session, forReader))?.versions ?? [],
    assessments: await assessmentsOf(db, record, forReader),
    scorecards: (await viewScorecards(forReader)).map(({ id: _id, ...card }) => card),
    votes: (await viewVotes(forReader)).map(({ id: _id, ...vote }) => vote),
    decisions,
    /** The other moves: a decision stands with its reason and what it rests on above. */
    history: (await viewHistory(forReader)).filter((move) => !isDecision(move)),
    changes: (await viewChanges(db, session, forReader)).map((change) =>
      ABOUT_OTHERS.has(change.field) ? { ...change, before: null, after: null } : change,
    ),
    imported: (await importedOf(db, application)).map((row) => ({
      kind: row.kind,
      title: row.title,
      text: row.text,
      recommendation: row.recommendation,
      written_at: row.writtenAt?.toISOString() ?? null,
      from: row.source,
      imported_at: row.importedAt.toISOString(),
    })),
    log: (await logOf(db, application)).map(({ at, ...event }) => ({ at: at.toISOString(), ...event })),
    hidden: hiddenFrom(forReader),
  };
}
export type ApplicationFile = Awaited<ReturnType<typeof loadApplicationFile>>;

/** What of colleagues' words the member who asks may not see yet, so that it is not in it. */
function hiddenFrom({ hidden, votesHidden }: ForReader): readonly string[] {
  if (hidden !== null) return ["scorecards, notes, reasons and readings of others"];
  return votesHidden === null ? [] : ["votes of others"];
}

async function documentsOf(
  db: Db,
  { application }: ApplicationRecord,
  forReader: ForReader,
  emailOf: (memberId: string) => string,
) {
  const files = new Map((await originalsOf(db, application)).map(({ id, extension }) => [id, extension]));
  return (await forReader.documents()).map(({ id, kind, name, text, apart, hidden, ownWords, ...row }) => ({
    ...{ id, kind, name, added_at: row.createdAt.toISOString(), added_by: emailOf(row.addedBy) },
    ...{ own_words: ownWords && kind !== "note", text },
    words_of_others_in_it: apart.map((part) => ({ what: part.what, text: part.text })),
    text_that_nobody_sees: hidden.map((part) => part.text),
    /** The extension of the file that came in; null where only its text is kept. */
    file: files.get(id) ?? null,
  }));
}

async function messagesOf(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  forReader: ForReader,
  emailOf: (memberId: string) => string,
) {
  const writers = new Map((await forReader.messages()).map(({ id, draftedBy }) => [id, draftedBy]));
  const messages = await messageHistory(db, session, record, forReader);
  return messages.map(({ id, hidden: _hidden, replies: _replies, outdated: _outdated, ...message }) => ({
    ...message,
    drafted_by: emailOf(writers.get(id) ?? ""),
  }));
}

async function assessmentsOf(db: Db, { application }: ApplicationRecord, forReader: ForReader) {
  const documents = await forReader.documents();
  const names = new Map(documents.map(({ id, name }) => [id, name]));
  return (await listAssessments(db, application.workspaceId, application.id)).map((row) => {
    const { flags, points } = forReader.redact.assessment(row.result, documents);
    return {
      assessed_at: row.createdAt.toISOString(),
      out_of_date: row.staleAt !== null,
      points: {
        ...{ total: points.total, lowest: points.low, highest: points.high, most_possible: points.of },
        added_up_from: points.arithmetic,
      },
      flags: flags.map(({ label, polarity, definition, weight, verdict, by, readings }) => ({
        ...{ flag: label, polarity, definition, weight, verdict, decided_by: by },
        readings: readings.map(({ by: reader, author, verdict: read, evidence, note }) => ({
          read_by: readBy(reader, author),
          verdict: read,
          quotes: evidence.map(({ document, quote }) => ({
            document: names.get(document) ?? "a document",
            quote,
          })),
          ...(note !== undefined && { note }),
        })),
      })),
    };
  });
}

/** `claude-desktop 1.4.0, an assistant program, asked by ada@example.test`. */
function readBy(reader: Reading["by"], author: Reading["author"]): string {
  if (reader === "rules" || author === undefined)
    return reader === "rules" ? "the rules of the program" : reader;
  return reader === "member"
    ? author.member
    : `${author.client}, an assistant program, asked by ${author.member}`;
}

const titleOf = (catalog: Catalog, { role }: ApplicationRecord, id: string): string =>
  catalog.ifUsable(role.template)?.exercises.find((exercise) => exercise.id === id)?.title ?? id;
