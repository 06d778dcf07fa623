import { uuidv7 } from "uuidv7";
import type { Catalog } from "../catalog/load.ts";
import { notAllowed } from "../domain/errors.ts";
import {
  type Cited,
  checkMessage,
  citedEvidence,
  type MessageFinding,
  salaryRange,
} from "../domain/message.ts";
import { renderMessage } from "../mail/render.ts";
import type { Case } from "../store/applications.ts";
import { newestAssessment } from "../store/assessments.ts";
import { insertMessage, listMessages } from "../store/messages.ts";
import { requireCase } from "./cases.ts";
import { showAssessment } from "./panels.ts";
import type { Begin, Caller, Session } from "./session.ts";

export type DraftInput = {
  readonly application: string;
  readonly purpose?: string | undefined;
  readonly note?: string | undefined;
  readonly language?: string | undefined;
};
export type Drafted = {
  readonly message: {
    id: string;
    to: string;
    purpose: string;
    subject: string;
    body: string;
    status: string;
    findings: readonly MessageFinding[];
  };
  readonly note?: string;
};

export function createOutreach({ begin, catalog }: { begin: Begin; catalog: Catalog }) {
  return {
    /** Fills a message of the role's template from the record and stores it as a draft. Nothing is sent. */
    async draft(caller: Caller, input: DraftInput): Promise<Drafted> {
      const session = await begin(caller, "write");
      return session.write(async (tx) => {
        const found = await requireCase(tx, session, input.application, true);
        const { application, candidate, role } = found;
        const { workspaceId, member, now } = session;
        const template = catalog.get(role.template);
        const purposes = template.messages.map((m) => m.id);
        const purpose =
          input.purpose ?? template.messages.find((m) => m.stages.includes(application.stage))?.id;
        const message = template.messages.find((m) => m.id === purpose);
        if (!message) throw notAllowed("purpose", purpose ?? `none fits ${application.stage}`, purposes);
        const assessed = await newestAssessment(tx, workspaceId, application.id);
        const evidence = citedEvidence(
          assessed && (await showAssessment(tx, session, found, assessed.result)),
        );
        const exercise =
          template.exercises.find((e) => e.round === application.stage) ?? template.exercises[0];
        const lane = template.lanes.find((l) => l.id === role.lane);
        const facts = factsOf(session, found, {
          evidence,
          exercise,
          lane: lane?.title ?? null,
          note: input.note ?? null,
        });
        const { subject, body } = await renderMessage(message, facts);
        const findings = checkMessage({
          subject,
          body,
          language: input.language,
          evidence,
          salary: facts.role.salary,
        });
        const view = { to: candidate.email, purpose: message.id, subject, body, status: "draft", findings };
        const drafts = await listMessages(tx, workspaceId, application.id);
        const same = drafts.find((d) => d.status === "draft" && d.subject === subject && d.body === body);
        if (same)
          return {
            message: { ...view, id: same.id },
            note: "This draft is already there: nothing was changed.",
          };
        const id = uuidv7();
        const madeFrom = {
          template: role.template,
          stage: application.stage,
          evidence,
          note: input.note ?? null,
        };
        await insertMessage(tx, {
          workspaceId,
          id,
          applicationId: application.id,
          purpose: message.id,
          recipient: candidate.email,
          subject,
          body,
          status: "draft",
          madeFrom,
          draftedBy: member.id,
          createdAt: now,
        });
        await session.record(tx, application.id, "message.draft", { message: id, purpose: message.id });
        return { message: { ...view, id } };
      });
    },
  };
}

type Gathered = {
  readonly evidence: readonly Cited[];
  readonly exercise: { readonly title: string; readonly brief: string } | undefined;
  readonly lane: string | null;
  readonly note: string | null;
};

/** Everything a message may say. A fact that is not known is null, and templates leave its sentence out. */
function factsOf(session: Session, found: Case, { evidence, exercise, lane, note }: Gathered) {
  const { application, candidate, role } = found;
  const { title, location, remote, outcomes } = role;
  const stage = role.stages.find((s) => s.id === application.stage);
  return {
    candidate: { name: candidate.name, first_name: candidate.name.split(" ")[0] ?? candidate.name },
    role: { title, location, remote, outcomes, lane_title: lane, salary: salaryRange(role) },
    stage: { name: stage?.name ?? application.stage },
    round: { minutes: stage?.minutes ?? null },
    exercise: { title: exercise?.title ?? null, brief: exercise?.brief ?? null, due: null },
    evidence,
    note,
    sender: { name: session.member.name },
    company: null,
  };
}
