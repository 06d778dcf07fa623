import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import { readDocument } from "../../documents/read.ts";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { derivedOf } from "../../domain/candidates/known-by.ts";
import { DomainError } from "../../domain/errors.ts";
import { isOwnApplication } from "../../domain/panel/visibility.ts";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import { requireZone } from "../../domain/scheduling/wall-clock.ts";
import {
  type ApplicationRow,
  findApplicationRecord,
  insertApplication,
} from "../../store/candidates/applications.ts";
import {
  type CandidateRow,
  ensureCandidate,
  keepCandidate,
  refsOfCandidate,
  storedResume,
} from "../../store/candidates/candidates.ts";
import { takeNumber } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { loadRoleForUpdate } from "../load-application.ts";
import { fillRound } from "../panel/assign-interviewers.ts";
import type { Session } from "../session.ts";
import { canUpload, type Offered, offerUpload } from "../uploads/offer-upload.ts";
import { cleanPages, type DocumentView, sha256Of, storeDocument } from "./documents.ts";
import { keepUnwritten } from "./erased-people.ts";
import { type PossibleDuplicate, possibleDuplicates, sameInRole } from "./known-people.ts";

export type AddCandidate = {
  readonly role: string;
  readonly name: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly links?: readonly string[] | undefined;
  readonly location?: string | undefined;
  readonly timezone?: string | undefined;
  readonly source?: string | undefined;
  readonly resume_text?: string | undefined;
  readonly resume_file?: string | undefined;
  readonly resume_base64?: string | undefined;
  readonly resume_name?: string | undefined;
};

export type Added = {
  readonly application: {
    ref: string;
    stage: string;
    status: ApplicationStatus;
    candidate: { name: string; email: string | null };
  };
  readonly document?: DocumentView;
  /** The reference of an application that the same person made before. */
  readonly duplicate_of?: string;
  /** The day on which somebody with this address or profile was erased. Nobody writes to them until they apply anew. */
  readonly erased_before?: string;
  /** Other people on record who may be the same person. */
  readonly possible_duplicates?: readonly PossibleDuplicate[];
  /** Where the résumé is a file that cannot be read from here: a link to send it, or what came through one. */
  readonly offered?: Offered;
  /** Present when the person had already applied for this role. Then nothing was stored. */
  readonly already_applied?: {
    /** Of a résumé in the call: the id under which this text is stored already, or that it was left out. */
    readonly resume?: { readonly document: string } | "left_out";
  };
};

const FIELDS = { text: "resume_text", file: "resume_file", base64: "resume_base64" };

export function createCandidates({ allowFiles, catalog }: { allowFiles: AllowFiles; catalog: Catalog }) {
  return {
    /**
     * Adds a person to a role, with a résumé if one is given. The same e-mail for the same role changes nothing, nor
     * without an e-mail the same name with the same phone or résumé.
     * @throws DomainError when the role is unknown or closed, or the résumé cannot be read. Then nothing is stored.
     */
    async add(session: Session, input: AddCandidate): Promise<Added> {
      if (input.email?.toLowerCase() === session.member.email) throw ownApplication();
      if (input.timezone !== undefined) requireZone(input.timezone, "timezone");
      const isSent = isSentLater(input) && canUpload(session, allowFiles);
      const resume = isSent ? undefined : await readResume(input, allowFiles);
      const offer = async (tx: Db, application: ApplicationRow) =>
        isSent ? { offered: await offerUpload(tx, session, application, "resume") } : {};
      return session.write(async (tx) => {
        const role = await loadRoleForUpdate(tx, session, input.role);
        const { workspaceId, now } = session;
        const person = newCandidate(input, session);
        const again =
          person.email === null ? await addedBefore(tx, { ...person, roleId: role.id }, resume) : undefined;
        const candidate = (again && (await stillThere(tx, again))) ?? (await ensureCandidate(tx, person));
        if (isOwnApplication(session.member, candidate)) throw ownApplication();
        const earlier = await refsOfCandidate(tx, workspaceId, candidate.id);
        const about = { name: candidate.name, email: candidate.email };
        const same = earlier.find((a) => a.roleId === role.id);
        if (same) {
          const { application, ...added } = await alreadyHere(tx, session, same.ref, resume);
          return { ...added, application: viewOf(application, about), ...(await offer(tx, application)) };
        }
        if (role.status !== "open") throw notOpen(role.key, role.status);
        const first = role.stages[0];
        if (!first) throw new Error("a role without stages");
        const ref = `${role.key}-${await takeNumber(tx, workspaceId, role.id)}`;
        const application = await insertApplication(tx, {
          workspaceId,
          id: uuidv7(),
          ref,
          roleId: role.id,
          candidateId: candidate.id,
          source: input.source ?? null,
          stage: first.id,
          status: "active",
          stageEnteredAt: now,
          appliedAt: now,
        });
        if (!application)
          throw new Error("an application for this person appeared while the role was locked");
        const erasedOn = candidate.id === person.id ? await keepUnwritten(tx, candidate) : undefined;
        await session.record(tx, application.id, "application.add", { ref, role: role.key, stage: first.id });
        await fillRound(tx, session, application, role);
        const stored =
          resume &&
          (await storeDocument(
            tx,
            session,
            application.id,
            { ...resume, kind: "resume" },
            catalog.mailWords(),
          ));
        return {
          application: viewOf(application, about),
          ...(stored ? { document: stored.document } : {}),
          ...(await offer(tx, application)),
          ...(earlier[0] ? { duplicate_of: earlier[0].ref } : {}),
          ...(erasedOn !== undefined && { erased_before: erasedOn }),
          possible_duplicates: await possibleDuplicates(tx, session, candidate),
        };
      });
    },
  };
}

const ownApplication = (): DomainError =>
  new DomainError(
    "forbidden",
    "email: nobody adds themselves, since nobody sees their own application.",
    "Ask a colleague on the team to add you.",
  );

/** Whether the call names a file and brings no words. */
const isSentLater = ({ resume_file, resume_text, resume_base64 }: AddCandidate): boolean =>
  resume_file !== undefined && resume_text === undefined && resume_base64 === undefined;

async function readResume(input: AddCandidate, allowFiles: AllowFiles) {
  const { resume_text: text, resume_file: file, resume_base64: base64, resume_name: name } = input;
  if (text === undefined && file === undefined && base64 === undefined) return undefined;
  const read = await readDocument({ text, file, base64, name }, FIELDS, allowFiles);
  return name === undefined && text !== undefined ? { ...read, name: "résumé" } : read;
}

function newCandidate(input: AddCandidate, { workspaceId, now }: Session) {
  const person = {
    name: input.name,
    email: input.email?.toLowerCase() ?? null,
    phone: input.phone ?? null,
    links: input.links ?? [],
    location: input.location ?? null,
    timezone: input.timezone ?? null,
  };
  return { workspaceId, id: uuidv7(), ...person, ...derivedOf(person), createdAt: now };
}

type Resume = Awaited<ReturnType<typeof readResume>>;

const addedBefore = (
  tx: Db,
  person: Parameters<typeof sameInRole>[1],
  resume: Resume,
): ReturnType<typeof sameInRole> => sameInRole(tx, person, resume && hashOf(resume));

const hashOf = (resume: NonNullable<Resume>) => sha256Of(cleanPages(resume).text);

/** A person, kept from being changed until commit; undefined where they were erased meanwhile. */
async function stillThere(tx: Db, person: CandidateRow): Promise<CandidateRow | undefined> {
  const kept = await keepCandidate(tx, person);
  return kept.erasedAt === null ? kept : undefined;
}

async function alreadyHere(
  tx: Db,
  session: Session,
  ref: string,
  resume: Resume,
): Promise<Omit<Added, "application"> & { readonly application: ApplicationRow }> {
  const record = await findApplicationRecord(tx, session.workspaceId, ref);
  if (!record) throw new Error("an application vanished inside a transaction");
  const document = resume && (await storedResume(tx, record.application, hashOf(resume)));
  return {
    application: record.application,
    duplicate_of: ref,
    already_applied: resume ? { resume: document === undefined ? "left_out" : { document } } : {},
  };
}

const viewOf = (a: ApplicationRow, candidate: Added["application"]["candidate"]): Added["application"] => ({
  ref: a.ref,
  stage: a.stage,
  status: a.status,
  candidate,
});

const notOpen = (key: string, status: string): DomainError =>
  new DomainError("conflict", `role: ${key} is ${status} and takes no candidates.`, {
    do: "set_status_open",
  });
