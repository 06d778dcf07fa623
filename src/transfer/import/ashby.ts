import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { ImportedRecord } from "../../domain/transfer/imported.ts";
import { Application, Candidate, Feedback, type Form, Note, Stage, type User } from "./ashby-shapes.ts";
import { type Entry, readAll } from "./fields.ts";
import { plainText, questionLine, readable } from "./plain-text.ts";
import { ownerInPath } from "./records.ts";
import {
  type Attachment,
  addresses,
  byTime,
  type Draft,
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

/** Answers of Ashby's API, one page or many: candidate.list, application.list, notes, feedback and stages. */
export const ashby: Vendor = {
  system: "ashby",
  title: "Ashby",
  kinds: [
    {
      id: "application",
      has: [
        ["candidate", "job", "status"],
        ["currentInterviewStage", "status"],
      ],
    },
    {
      id: "candidate",
      has: [
        ["primaryEmailAddress", "applicationIds"],
        ["emailAddresses", "applicationIds"],
      ],
    },
    { id: "feedback", has: [["submittedValues", "formDefinition", "submittedByUser"]] },
    { id: "note", has: [["content", "author"]] },
    { id: "stage", has: [["orderInInterviewPlan", "title"]] },
    { id: "offer", has: [["latestVersion", "offerStatus"]], left: "offers" },
    { id: "survey answer", has: [["surveyType"]], left: "demographic" },
    { id: "user", has: [["globalRole"]], left: "unneeded" },
    { id: "job", has: [["interviewPlanIds"], ["defaultInterviewPlanId"]], left: "unneeded" },
  ],
  assemble,
};

type Context = {
  readonly stages: ReadonlyMap<string, string | undefined>;
  readonly feedbackOf: ReadonlyMap<string, readonly Entry<Feedback>[]>;
  readonly told: Told;
};

function assemble(itemsOf: (kind: string) => readonly Item[], told: Told): Draft[] {
  const applications = readAll(itemsOf("application"), Application, told);
  const candidates = withNamedOnly(readAll(itemsOf("candidate"), Candidate, told), applications, told);
  const applicationsOf = groupBy(applications, ({ record }) => record.candidate.id);
  const feedback = readAll(itemsOf("feedback"), Feedback, told);
  const byId = new Map(candidates.map(({ record }) => [record.id, record]));
  const notes = readAll(itemsOf("note"), Note, told).map((note) => ({
    ...note,
    owner: note.record.candidateId ?? ownerInPath(note.file, byId),
  }));
  const notesOf = groupBy(notes, ({ owner }) => owner);
  const ids = new Set(applications.map(({ record }) => record.id));
  const context: Context = {
    stages: new Map([
      ...applications.flatMap(({ record }) => stagesNamedIn(record)),
      ...readAll(itemsOf("stage"), Stage, told).map(({ record }) => [record.id, record.title] as const),
    ]),
    feedbackOf: groupBy(feedback, ({ record }) => record.applicationId ?? undefined),
    told,
  };
  tellAll(
    candidates.filter(({ record }) => record.applicationIds.some((id) => !ids.has(id))),
    "names applications that are not in the export",
    told,
  );
  tellAll(
    feedback.filter(({ record }) => !ids.has(record.applicationId ?? "")),
    "its application is not in the export: left out",
    told,
  );
  tellAll(
    notes.filter(({ owner }) => !byId.has(owner ?? "")),
    "does not say whose it is: name its file by the candidate's id",
    told,
  );
  const hidden = notes.filter(({ record }) => record.isPrivate);
  if (hidden.length > 0)
    told({
      where: "Ashby",
      why: `${pluralize(hidden.length, "private note")}: left out, as here the team would read them`,
    });
  const fields = unique(candidates.flatMap(({ record }) => record.customFields.map(({ title }) => title)));
  if (fields.length > 0)
    told({
      where: "Ashby",
      field: "customFields",
      why: `are not taken over: ${fields.toSorted(order).join(", ")}`,
    });

  return candidates.flatMap(({ where, record }) => {
    if (record.name === undefined) {
      told({ where, field: "name", why: "has no name: left out" });
      return [];
    }
    const theirs = (applicationsOf.get(record.id) ?? []).toSorted(
      (a, b) => order(a.record.createdAt ?? "", b.record.createdAt ?? "") || order(a.record.id, b.record.id),
    );
    const mails = [record.primaryEmailAddress, ...record.emailAddresses].map((one) => one?.value);
    const [email, ...otherEmails] = addresses(mails);
    return [
      {
        where,
        id: record.id,
        name: record.name,
        ...{ email, otherEmails },
        phone: record.primaryPhoneNumber?.value ?? record.phoneNumbers[0]?.value,
        links: unique(record.socialLinks.map(({ url }) => url)).map(linkOf),
        location: record.location?.locationSummary,
        timezone: record.timezone,
        tags: unique(record.tags.map((tag) => tag?.title)),
        doNotContact: false,
        files: [],
        records: byTime((notesOf.get(record.id) ?? []).flatMap((note) => noteOf(note.record))),
        applications: theirs.map((application) => applicationOf(application, record, context)),
        attachments: attachmentsOf(record, theirs),
        ids: [record.id, ...theirs.map((application) => application.record.id)],
      },
    ];
  });
}

/** The stages that an application names beside their ids: a list of stages may not have been exported. */
const stagesNamedIn = ({ currentInterviewStage: now, applicationHistory }: Application) =>
  [{ stageId: now?.id, title: now?.title }, ...applicationHistory].flatMap(({ stageId, title }) =>
    stageId && title ? [[stageId, title] as const] : [],
  );

/** Whom only their application names: their page of the candidates is missing, or was not exported. */
function withNamedOnly(
  candidates: readonly Entry<Candidate>[],
  applications: readonly Entry<Application>[],
  told: Told,
): Entry<Candidate>[] {
  const ids = new Set(candidates.map(({ record }) => record.id));
  const lone = applications.filter(({ record }) => !ids.has(record.candidate.id));
  const why = "its candidate is not in the export: only name, e-mail and phone of the application are taken";
  tellAll(lone, why, told);
  const named = [...groupBy(lone, ({ record }) => record.candidate.id).values()].flatMap(
    ([first]) => first ?? [],
  );
  return [
    ...candidates,
    ...named.map(({ where, file, record }) => ({ where, file, record: Candidate.parse(record.candidate) })),
  ];
}

const fullName = (user: User): string | undefined =>
  joined(" ", [user?.firstName, user?.lastName]) || user?.email;

function applicationOf({ where, record }: Entry<Application>, candidate: Candidate, context: Context) {
  const stage = record.currentInterviewStage;
  // Ashby keeps the end as a stage of its own, Archived or Hired.
  const isOver = record.status === "Archived" || record.status === "Hired";
  const isEnd = (id: string | undefined | null, title: string | undefined) =>
    isOver && (title === record.status || (stage?.type === record.status && id === stage?.id));
  const steps = record.applicationHistory
    .flatMap(({ stageId, title, enteredStageAt }) => {
      const name = title ?? context.stages.get(stageId ?? "");
      if (name === undefined)
        context.told({
          where,
          field: "applicationHistory",
          why: "names a stage that the export does not have",
        });
      return name === undefined || enteredStageAt === undefined
        ? []
        : [{ id: stageId, stage: name, enteredStageAt }];
    })
    .toSorted((a, b) => order(a.enteredStageAt, b.enteredStageAt));
  const passed = steps.filter((step) => !isEnd(step.id, step.stage));
  const end = steps.findLast((step) => isEnd(step.id, step.stage));
  const last = passed.at(-1);
  const source = record.source ?? candidate.source;
  const isReferral = /referral/i.test(`${record.source?.title} ${record.source?.sourceType?.title}`);
  const team = record.hiringTeam.find(({ role }) => /recruiter/i.test(role ?? ""));
  return {
    id: record.id,
    role: record.job?.title,
    stage: isEnd(stage?.id, stage?.title) ? last?.stage : (stage?.title ?? last?.stage),
    status: statusOf(record),
    appliedAt: record.createdAt,
    stageEnteredAt:
      !isOver && last?.stage === (stage?.title ?? last?.stage) ? last?.enteredStageAt : undefined,
    endedAt: isOver ? (record.archivedAt ?? end?.enteredStageAt) : undefined,
    reason: record.status === "Archived" ? record.archiveReason?.text : undefined,
    source: source?.title,
    referredBy: isReferral ? fullName(record.creditedToUser) : undefined,
    owner: team?.email ?? fullName(team),
    history: passed.map((step) => ({ stage: step.stage, enteredAt: step.enteredStageAt })),
    records: [
      ...record.applicationFormSubmissions.flatMap(answersOf),
      ...byTime((context.feedbackOf.get(record.id) ?? []).map((card) => feedbackOf(card.record))),
    ],
  };
}

function statusOf({ status, archiveReason }: Application): ApplicationStatus {
  if (status === "Hired") return "hired";
  if (status !== "Archived") return "active";
  return archiveReason?.reasonType === "RejectedByCandidate" ? "withdrawn" : "rejected";
}

type Answer = {
  readonly path: string | undefined;
  readonly title: string | undefined;
  readonly text: string;
};

function answered({ formDefinition, submittedValues }: Form): Answer[] {
  const fields = (formDefinition?.sections ?? []).flatMap((section) =>
    section.fields.flatMap(({ field }) => field ?? []),
  );
  return fields
    .filter(({ type }) => type !== "File")
    .map(({ path, title }) => ({ path, title, text: readable(submittedValues?.[path ?? ""]) }))
    .filter(({ text }) => text !== "");
}

/** The fields of an application's form that are the person's own data, which stand on the candidate. */
const isOwnData = ({ path }: Answer): boolean => path?.startsWith("_systemfield_") ?? false;

const answersOf = (form: Form): ImportedRecord[] =>
  answered(form)
    .filter((answer) => !isOwnData(answer))
    .map(({ title, text }) => ({ kind: "answer", title, text }));

function feedbackOf(card: Feedback): ImportedRecord {
  const answers = answered(card);
  const isOverall = ({ path, title }: Answer) => /overall.?recommendation/i.test(`${path} ${title}`);
  return {
    kind: "scorecard",
    text: lines(
      ...answers.filter((one) => !isOverall(one)).map(({ title, text }) => questionLine(title, text)),
    ),
    author: fullName(card.submittedByUser),
    recommendation: answers.find(isOverall)?.text,
    writtenAt: card.submittedAt,
  };
}

const noteOf = ({ content, author, createdAt, isPrivate }: Note): ImportedRecord[] =>
  content === undefined || isPrivate
    ? []
    : [{ kind: "note", text: plainText(content), author: fullName(author), writtenAt: createdAt }];

function attachmentsOf(candidate: Candidate, applications: readonly Entry<Application>[]): Attachment[] {
  const resumes = [candidate.resumeFileHandle, ...applications.map(({ record }) => record.resumeFileHandle)];
  const resumeIds = new Set(resumes.map((file) => file?.id));
  const others = candidate.fileHandles.filter((file) => !resumeIds.has(file?.id));
  return [
    ...unique(resumes.map((file) => file?.name)).map((name) => ({ name, kind: "resume" as const })),
    ...unique(others.map((file) => file?.name)).map((name) => ({ name })),
  ];
}
