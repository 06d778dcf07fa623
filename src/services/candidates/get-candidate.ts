import type { Catalog } from "../../catalog/load.ts";
import { documentId, unknownDocument } from "../../domain/candidates/document.ts";
import type { RecordPart } from "../../domain/candidates/record-parts.ts";
import { dayOf, daysBetween } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { inBrief } from "../../domain/evaluation/in-brief.ts";
import type { Stale } from "../../domain/evaluation/stale.ts";
import { withOwnWords } from "../../domain/mail/own-words.ts";
import { panelCounts } from "../../domain/panel/panel.ts";
import { isOverGoal } from "../../domain/pipeline/application.ts";
import { pendingTasks, progressOf } from "../../domain/pipeline/tasks.ts";
import { untrusted } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { DocumentRow } from "../../store/candidates/documents.ts";
import { loadCorrespondence } from "../../store/candidates/mails.ts";
import { type ConsentRow, newestConsents } from "../../store/personal-data/consents.ts";
import type { Db } from "../../store/store.ts";
import { findAssignment } from "../../store/submissions/assignments.ts";
import { compare } from "../evaluation/compare-candidates.ts";
import { staleNow } from "../evaluation/compiled-rubric.ts";
import { loadApplication } from "../load-application.ts";
import { messageHistory } from "../outreach/message-history.ts";
import { type ForReader, loadForReader } from "../panel/load-for-reader.ts";
import { viewScorecards, viewVotes } from "../panel/view-scorecards-and-votes.ts";
import { viewDecisions, viewHistory } from "../pipeline/decisions.ts";
import { viewOffers } from "../pipeline/offer-views.ts";
import { interviewsOf } from "../scheduling/interviews.ts";
import type { Session } from "../session.ts";
import { viewSubmission } from "../submissions/view-submission.ts";
import { credentialsOf } from "./credentials.ts";
import { viewDocument } from "./documents.ts";
import { interviewBrief } from "./interview-brief.ts";
import { viewChanges } from "./view-changes.ts";
import { viewImported } from "./view-imported.ts";

/** Up to this length a document is shown whole. A longer one is cut, and the answer says where the rest begins. */
const MAX_DOCUMENT_CHARS_SHOWN = 12_000;
/** The length of all documents together where the caller did not ask for them, and the least of each. */
const MAX_BEGINNING_CHARS = 1_000;
const MIN_BEGINNING_CHARS = 80;
/** Of the words of others in a mail, so much is shown to whoever asks for that mail. */
const MAX_PASSAGES_SHOWN = 20;
const MAX_PASSAGE_CHARS = 4_000;

type GetCandidate = {
  readonly application: string;
  readonly include: readonly RecordPart[];
  /** References of other applications for the same role, to show side by side. */
  readonly compare_with?: readonly string[] | undefined;
  /** The round of the brief; without it, the one that the application stands in. */
  readonly round?: string | undefined;
};

type ReadCandidate = Omit<GetCandidate, "include"> & {
  readonly include?: readonly RecordPart[] | undefined;
  /** Id of the document of which a part is read. */
  readonly document?: string | undefined;
  /** Where in the document that part begins, in UTF-16 units. */
  readonly offset?: number | undefined;
};

/** An application, with a loader for the parts of its record that one member may read. */
type Shown = {
  readonly record: ApplicationRecord;
  readonly forReader: ForReader;
  readonly catalog: Catalog;
};

export function createDossiers({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** The record of one application, limited to the requested parts. */
    get: (session: Session, wanted: GetCandidate) =>
      session.read(async (db) =>
        wholeOf(db, session, await loadShown(db, session, catalog, wanted.application), wanted),
      ),

    /**
     * One application as a reader asks for it: the parts that they name, a part of one document, or without either the
     * beginning of its documents and its assessment in brief.
     * @throws DomainError `invalid` for a document that it has not, or an offset behind its end.
     */
    async read(session: Session, { include, document, offset, ...rest }: ReadCandidate) {
      if (document === undefined && offset !== undefined)
        throw new DomainError("invalid", "offset: of which document?", "Give document with it, by its id.");
      return session.read(async (db) => {
        const shown = await loadShown(db, session, catalog, rest.application);
        const whole = await wholeOf(db, session, shown, { ...rest, include: include ?? [] });
        if (document !== undefined)
          return { ...whole, documents: await documentFrom(shown, document, offset ?? 0) };
        if (include !== undefined) return whole;
        const assessed = await assessmentOf(shown);
        const assessment = assessed && { ...timesOf(assessed), ...inBrief(assessed) };
        const { application, role } = shown.record;
        const writers = await loadCorrespondence(db, {
          workspaceId: session.workspaceId,
          id: application.id,
        });
        const documents = withOwnWords(await shown.forReader.documents(), writers);
        const credentials = credentialsOf(catalog, { role, documents, now: session.now });
        return { ...whole, documents: await beginningsOf(shown), assessment, credentials };
      });
    },

    /** The decisions about an application: who, what, when, why, and on which evidence. */
    async decisions(session: Session, ref: string) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, ref);
        const decisions = await viewDecisions(await loadForReader(db, session, record));
        return { ref: record.application.ref, role: record.role.key, decisions };
      });
    },
  };
}

type Wanted = Pick<GetCandidate, "include" | "compare_with" | "round">;

async function wholeOf(db: Db, session: Session, shown: Shown, wanted: Wanted) {
  const { include, compare_with: others, round } = wanted;
  const { ref } = shown.record.application;
  return {
    ...(await headOf(db, session, shown)),
    ...(await partsOf(db, session, shown, include)),
    ...(include.includes("brief") && {
      brief: interviewBrief(shown, round, {
        assessment: await assessmentOf(shown),
        submission: await viewSubmission(db, shown),
      }),
    }),
    ...(others && {
      comparison: await compare(db, session, shown.catalog, { refs: [ref, ...others], unassessed: "refuse" }),
    }),
  };
}

async function loadShown(db: Db, session: Session, catalog: Catalog, ref: string): Promise<Shown> {
  const record = await loadApplication(db, session, ref);
  return { record, forReader: await loadForReader(db, session, record), catalog };
}

async function headOf(db: Db, session: Session, { record, forReader }: Shown) {
  const { workspaceId, now } = session;
  const { application: a, candidate, role, owner } = record;
  const { panel, votesHidden } = forReader;
  const stage = role.stages.find((s) => s.id === a.stage);
  const assignment = await findAssignment(db, workspaceId, a.id);
  const progress = progressOf({ ...a, assigned: assignment?.form ?? null });
  const offer = (await viewOffers(db, session, forReader))?.current ?? null;
  const [consent] = await newestConsents(db, workspaceId, [candidate.id]);
  return {
    ref: a.ref,
    role: { key: role.key, title: role.title, lane: role.lane },
    candidate: {
      name: candidate.name,
      email: candidate.email,
      phone: candidate.phone,
      location: candidate.location,
      timezone: candidate.timezone,
      links: candidate.links,
      tags: candidate.tags,
      do_not_contact: candidate.doNotContact,
    },
    erased_on: a.erasedAt && dayOf(a.erasedAt),
    stage: a.stage,
    status: a.status,
    version: a.version,
    applied_at: a.appliedAt.toISOString(),
    imported_at: a.importedAt?.toISOString() ?? null,
    source: a.source,
    referred_by: a.referredBy,
    owner: a.ownerId && owner,
    days_in_stage: daysBetween(a.stageEnteredAt, now),
    over_goal:
      a.status === "active" && stage !== undefined && isOverGoal(a.stageEnteredAt, stage.goal_days, now),
    flags: a.presentFlags,
    tasks: pendingTasks({ ref: a.ref, role, position: a, ...progress, owner, panel }, now),
    panel: {
      ...panelCounts(panel),
      ...(votesHidden && { hidden: votesHidden }),
    },
    ...(offer && { offer }),
    ...(consent && { consent: viewConsent(consent) }),
  };
}

/** What somebody has said last about staying on file. */
const viewConsent = ({ until, how, recordedAt }: ConsentRow) => ({
  until,
  how,
  recorded_on: dayOf(recordedAt),
});

/** Only the requested parts. */
async function partsOf(db: Db, session: Session, shown: Shown, wanted: readonly RecordPart[]) {
  const { record, forReader } = shown;
  const isWanted = (part: RecordPart) => wanted.includes(part);
  return {
    ...(isWanted("documents") && { documents: await documentsOf(shown) }),
    ...(isWanted("assessment") && { assessment: await assessmentOf(shown) }),
    ...(isWanted("submission") && { submission: await viewSubmission(db, shown) }),
    ...(isWanted("messages") && { messages: await messageHistory(db, session, record, forReader) }),
    ...(isWanted("history") && {
      history: await viewHistory(forReader),
      changes: await viewChanges(db, session, forReader),
      offers: (await viewOffers(db, session, forReader))?.versions,
      decisions: await viewDecisions(forReader),
    }),
    ...(isWanted("imported") && { imported: await viewImported(record, forReader) }),
    ...(isWanted("scorecards") && { scorecards: await viewScorecards(forReader) }),
    ...(isWanted("votes") && { votes: await viewVotes(forReader) }),
    ...(isWanted("interviews") && { interviews: await interviewsOf(db, session, record, forReader) }),
  };
}

async function documentsOf({ record, forReader }: Shown) {
  return (await forReader.documents()).map((row) =>
    partOf(row, record, { offset: 0, max: MAX_DOCUMENT_CHARS_SHOWN }),
  );
}

async function beginningsOf({ record, forReader }: Shown) {
  const rows = await forReader.documents();
  const max = Math.max(MIN_BEGINNING_CHARS, Math.floor(MAX_BEGINNING_CHARS / Math.max(1, rows.length)));
  return rows.map((row) => {
    const { id, hidden_text: _hidden, ...beginning } = partOf(row, record, { offset: 0, max });
    return { ...beginning, ...(beginning.next_offset !== undefined && { id }) };
  });
}

async function documentFrom({ record, forReader }: Shown, id: string, offset: number) {
  const rows = await forReader.documents();
  const row = rows.find((document) => document.id === documentId(id));
  if (row === undefined) throw unknownDocument(id, rows);
  if (offset > 0 && offset >= row.text.length)
    throw new DomainError(
      "invalid",
      `offset: ${row.name} has ${row.text.length} characters.`,
      "Give a smaller one.",
    );
  const part = partOf(row, record, { offset, max: MAX_DOCUMENT_CHARS_SHOWN });
  return [offset > 0 || row.apart.length === 0 ? part : { ...part, apart_text: apartOf(row, record) }];
}

/** The words of others in a mail and its signature, passage by passage. */
const apartOf = ({ apart }: DocumentRow, { application }: ApplicationRecord) =>
  apart.slice(0, MAX_PASSAGES_SHOWN).map(({ what, text }) => ({
    what,
    untrusted: untrusted(text, {
      source: `${what} in an email of ${application.ref}`,
      max: MAX_PASSAGE_CHARS,
      markup: false,
    }),
  }));

type Part = { readonly offset: number; readonly max: number };

/** A document's words from an offset on, and where the rest begins. */
function partOf(row: DocumentRow, { application }: ApplicationRecord, { offset, max }: Part) {
  const end = endOfPart(row.text, offset + max);
  const part = untrusted(row.text.slice(offset, end), {
    source: `${row.kind} of ${application.ref}`,
    max,
    markup: false,
  });
  const isCut = end < row.text.length;
  return {
    ...viewDocument(row),
    ...(offset > 0 && { offset }),
    untrusted: { ...part, truncated: isCut },
    ...(isCut && { next_offset: end }),
  };
}

const MAX_WORD_CHARS = 200;

/** The last place before `limit` at which a text can be cut without cutting a word; within very long words, before a whole sign. */
function endOfPart(text: string, limit: number): number {
  if (limit >= text.length) return text.length;
  const blank = text.slice(limit - Math.min(MAX_WORD_CHARS, limit), limit).search(/\s\S*$/);
  const atBlank = limit - Math.min(MAX_WORD_CHARS, limit) + blank + 1;
  if (blank > 0) return atBlank;
  return /[\udc00-\udfff]/.test(text.charAt(limit)) ? limit - 1 : limit;
}

async function assessmentOf({ record, forReader, catalog }: Shown) {
  const newest = await forReader.assessment();
  if (!newest) return null;
  const { createdAt, result } = newest;
  return { at: createdAt.toISOString(), ...staleNow(catalog, record.role, newest), ...result };
}

/** When an assessment was made, and whether it is stale. */
const timesOf = ({ at, stale_at, stale_why }: { readonly at: string } & Stale) => ({
  at,
  ...(stale_at !== undefined && { stale_at }),
  ...(stale_why !== undefined && { stale_why }),
});
