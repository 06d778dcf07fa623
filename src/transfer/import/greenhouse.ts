import { pluralize } from "../../domain/pluralize.ts";
import type { ImportedRecord } from "../../domain/transfer/imported.ts";
import { readAll } from "./fields.ts";
import {
  Application,
  type Attached,
  Candidate,
  type CustomFields,
  Feed,
  Scorecard,
} from "./greenhouse-shapes.ts";
import { plainText, questionLine } from "./plain-text.ts";
import { ownerInPath } from "./records.ts";
import {
  type Attachment,
  addresses,
  byTime,
  type Draft,
  type FileKind,
  groupBy,
  type Item,
  joined,
  lines,
  linkOf,
  order,
  type Told,
  tellAll,
  unique,
  type Vendor,
} from "./vendor.ts";

const KINDS: Readonly<Record<string, FileKind>> = { resume: "resume", cover_letter: "cover_letter" };
/** Papers about pay, and what only administrators see. */
const PRIVATE_FILES = /offer|admin_only/;
const PRIVATE_QUESTION = /^private notes?$/i;

/** Exports of Greenhouse's Harvest API: candidates, applications, scorecards and activity feeds. */
export const greenhouse: Vendor = {
  system: "greenhouse",
  title: "Greenhouse",
  kinds: [
    { id: "candidate", has: [["email_addresses", "first_name"]] },
    { id: "scorecard", has: [["overall_recommendation", "candidate_id"]] },
    { id: "offer", has: [["application_id", "candidate_id", "starts_at"]], left: "offers" },
    {
      id: "demographic answer",
      has: [["demographic_question_id"], ["race", "gender"], ["veteran_status", "disability_status"]],
      left: "demographic",
    },
    {
      id: "application",
      has: [
        ["candidate_id", "applied_at"],
        ["candidate_id", "jobs", "status"],
      ],
    },
    { id: "activity feed", has: [["notes", "emails", "activities"]] },
    { id: "job", has: [["requisition_id"]], left: "unneeded" },
    { id: "user", has: [["primary_email_address", "site_admin"]], left: "unneeded" },
  ],
  assemble,
};

function assemble(itemsOf: (kind: string) => readonly Item[], told: Told): Draft[] {
  const candidates = readAll(itemsOf("candidate"), Candidate, told);
  const within = candidates.flatMap(({ file, record }) =>
    record.applications.flatMap((value) =>
      typeof value === "object" && value !== null
        ? [{ kind: "application", file, value: { candidate_id: record.id, ...value } }]
        : [],
    ),
  );
  const own = readAll(itemsOf("application"), Application, told);
  const ownIds = new Set(own.map(({ record }) => record.id));
  const applications = [
    ...own,
    ...readAll(within, Application, told).filter(({ record }) => !ownIds.has(record.id)),
  ];
  const applicationsOf = groupBy(applications, ({ record }) => record.candidate_id);
  const byId = new Map(candidates.map((candidate) => [candidate.record.id, candidate]));
  const candidateOf = new Map(applications.map(({ record }) => [record.id, record.candidate_id]));
  const scorecards = readAll(itemsOf("scorecard"), Scorecard, told);
  const cardsOf = groupBy(scorecards, ({ record }) => record.application_id ?? undefined);
  const loose = groupBy(scorecards, ({ record }) =>
    candidateOf.has(record.application_id ?? "") ? undefined : (record.candidate_id ?? undefined),
  );
  const feeds = readAll(itemsOf("activity feed"), Feed, told).map(({ file, record, where }) => ({
    where,
    record,
    owner: record.candidate_id ?? ownerInPath(file, byId),
  }));
  const feedsOf = groupBy(feeds, ({ owner }) => owner);

  tellAll(
    applications.filter(({ record }) => !byId.has(record.candidate_id)),
    "its candidate is not in the export: left out",
    told,
  );
  tellAll(
    scorecards.filter(
      ({ record }) => !byId.has(candidateOf.get(record.application_id ?? "") ?? record.candidate_id ?? ""),
    ),
    "neither its application nor its candidate is in the export: left out",
    told,
  );
  tellAll(
    feeds.filter(({ owner }) => !byId.has(owner ?? "")),
    "does not say whose it is: name its file by the candidate's id",
    told,
  );
  tellAll(
    candidates.filter(({ record }) => record.application_ids.some((id) => !candidateOf.has(id))),
    "names applications that are not in the export",
    told,
  );
  tellCustomFields([...candidates, ...applications], told);
  tellPrivate(scorecards, feeds, told);

  return candidates.flatMap(({ where, record }) => {
    const name = joined(" ", [record.first_name, record.last_name]);
    const isAnonymized = name === `Anonymized ${record.id}`;
    if (isAnonymized || name === "") {
      told({ where, field: "name", why: isAnonymized ? "is anonymized: left out" : "has no name: left out" });
      return [];
    }
    if (record.is_private)
      told({ where, field: "is_private", why: "is private there; here the whole team sees it" });
    const theirs = (applicationsOf.get(record.id) ?? []).toSorted((a, b) => startOf(a.record, b.record));
    for (const application of theirs) tellOdd(application, told);
    const kept = theirs.filter((application) => application.record.status !== "converted");
    const [email, ...otherEmails] = addresses(preferred(record.email_addresses, "personal"));
    const latest = kept.findLast((application) => application.record.location?.address)?.record;
    return [
      {
        where,
        id: record.id,
        name,
        ...{ email, otherEmails },
        phone: preferred(
          record.phone_numbers.filter(({ type }) => type !== "skype"),
          "mobile",
        )[0],
        links: unique(
          [...record.website_addresses, ...record.social_media_addresses].map(({ value }) => value),
        ).map(linkOf),
        location: latest?.location?.address ?? record.addresses[0]?.value?.replace(/\s*\n\s*/g, ", "),
        tags: record.tags,
        doNotContact: record.can_email === false,
        files: [],
        records: byTime([
          ...(feedsOf.get(record.id) ?? []).flatMap((feed) => feed.record.notes.flatMap(noteOf)),
          ...(loose.get(record.id) ?? []).map((card) => scorecardOf(card.record)),
        ]),
        applications: kept.map((application) => ({
          ...applicationOf(application.record, record.recruiter?.name),
          records: [
            ...application.record.answers.flatMap(answerOf),
            ...byTime((cardsOf.get(application.record.id) ?? []).map((card) => scorecardOf(card.record))),
          ],
        })),
        attachments: [record, ...theirs.map((application) => application.record)].flatMap(attachmentsOf),
        ids: [record.id, ...theirs.map((application) => application.record.id)],
      },
    ];
  });
}

const startOf = (a: Application, b: Application): number =>
  order(a.applied_at ?? "", b.applied_at ?? "") || order(a.id, b.id);

/** Values with those of one type first. An address at work may be read by an employer who is not to know. */
const preferred = (
  values: readonly { value?: string | undefined; type?: string | undefined }[],
  type: string,
) => unique([...values.filter((one) => one.type === type), ...values].map(({ value }) => value));

function applicationOf(record: Application, recruiter: string | undefined) {
  const reason = record.rejection_reason;
  const source = record.source?.public_name;
  const byThem = reason?.type?.name === "They rejected us";
  const ended = byThem ? ("withdrawn" as const) : ("rejected" as const);
  return {
    id: record.id,
    role: record.jobs[0]?.name,
    stage: record.current_stage?.name ?? record.prospect_detail?.prospect_stage?.name,
    status:
      record.status === "rejected"
        ? ended
        : record.status === "hired"
          ? ("hired" as const)
          : ("active" as const),
    appliedAt: record.applied_at,
    endedAt: record.status === "rejected" ? record.rejected_at : undefined,
    reason: record.status === "rejected" ? reason?.name : undefined,
    source,
    referredBy: /referral/i.test(source ?? "") ? record.credited_to?.name : undefined,
    owner: record.recruiter?.name ?? recruiter,
    // Greenhouse does not say when a stage was entered.
    history: [],
  };
}

function tellOdd({ where, record }: { where: string; record: Application }, told: Told): void {
  if (record.status === "converted")
    told({ where, why: "is a prospect that became an application, which stands by itself: left out" });
  else if (record.jobs.length > 1)
    told({ where, field: "jobs", why: `names ${record.jobs.length} jobs: the first is taken` });
}

function tellCustomFields(
  records: readonly { record: { keyed_custom_fields?: CustomFields } }[],
  told: Told,
): void {
  const fields = records.flatMap(({ record }) => Object.values(record.keyed_custom_fields ?? {}));
  const filled = fields.filter((field) => (field?.value ?? "") !== "");
  const names = unique(filled.map((field) => field?.name)).toSorted(order);
  if (names.length > 0)
    told({ where: "Greenhouse", field: "custom_fields", why: `are not taken over: ${names.join(", ")}` });
}

const isPrivate = ({ visibility }: { visibility?: string | undefined }): boolean =>
  visibility === "private" || visibility === "admin_only";

function tellPrivate(
  cards: readonly { record: Scorecard }[],
  feeds: readonly { record: Feed }[],
  told: Told,
): void {
  const answers = cards.flatMap(({ record }) =>
    record.questions.filter(
      ({ question, answer }) => answer !== undefined && PRIVATE_QUESTION.test(question ?? ""),
    ),
  );
  const notes = feeds.flatMap(({ record }) => record.notes.filter(isPrivate));
  const count = answers.length + notes.length;
  if (count > 0)
    told({
      where: "Greenhouse",
      why: `${pluralize(count, "private note")}: left out, as here the team would read them`,
    });
  const mails = feeds.reduce((sum, { record }) => sum + (record.emails?.length ?? 0), 0);
  if (mails > 0)
    told({ where: "Greenhouse", why: `${pluralize(mails, "e-mail")} of the activity feed: not taken over` });
}

const noteOf = (note: Feed["notes"][number]): ImportedRecord[] =>
  note.body === undefined || isPrivate(note)
    ? []
    : [{ kind: "note", text: plainText(note.body), author: note.user?.name, writtenAt: note.created_at }];

function answerOf({ question, answer }: Application["answers"][number]): ImportedRecord[] {
  const text = typeof answer === "string" ? plainText(answer) : "";
  return text === "" ? [] : [{ kind: "answer", title: question, text }];
}

function scorecardOf(card: Scorecard): ImportedRecord {
  const questions = card.questions
    .filter(({ question }) => !PRIVATE_QUESTION.test(question ?? ""))
    .map(({ question, answer }) => questionLine(question, plainText(answer ?? "")));
  const attributes = card.attributes.map(({ name, type, rating, note }) =>
    rating === undefined && note === undefined
      ? undefined
      : `${joined(" ", [name, type && `(${type})`])}: ${joined(". ", [rating, note && plainText(note)])}`,
  );
  return {
    kind: "scorecard",
    title: card.interview,
    text: lines(...questions, ...attributes),
    author: card.interviewer?.name ?? card.submitted_by?.name,
    recommendation: card.overall_recommendation,
    writtenAt: card.submitted_at ?? card.interviewed_at,
  };
}

const attachmentsOf = ({ attachments }: { attachments: Attached }): Attachment[] =>
  attachments.flatMap(({ filename, type = "" }) =>
    filename === undefined || PRIVATE_FILES.test(type)
      ? []
      : [{ name: filename, kind: KINDS[type] ?? "other" }],
  );
