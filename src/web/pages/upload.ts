import { INTERVIEW } from "../../domain/access.ts";
import { DocumentKind } from "../../domain/candidates/document.ts";
import { DomainError } from "../../domain/errors.ts";
import { pluralize } from "../../domain/pluralize.ts";
import { MAX_FILE_BYTES, MAX_FILES_OF_A_LINK } from "../../domain/uploads/link.ts";
import { hiddenReasonsText, warningText } from "../../mcp/text/document.ts";
import type { Services } from "../../services/services.ts";
import type { Session } from "../../services/session.ts";
import type { ReadBytes } from "../bytes.ts";
import { html } from "../html.ts";
import { page } from "../page.ts";
import { UPLOAD_SCRIPT } from "./upload-script.ts";

/** Where the page is. What it sends goes to addresses below. */
export const UPLOAD_PATH = "/upload";
export const isUpload = (pathname: string): boolean =>
  pathname === UPLOAD_PATH || pathname.startsWith(`${UPLOAD_PATH}/`);

/** By this header the page says what it may do. Pages from elsewhere cannot send it. */
const SECRET_HEADER = "x-greenflag-upload";
const MEGABYTE = 1_000_000;

const KINDS: Readonly<Record<DocumentKind, string>> = {
  resume: "Résumé",
  cover_letter: "Cover letter",
  transcript: "Transcript",
  email: "E-mail from or to the candidate",
  submission_notes: "Notes on a submission",
  work_sample: "Work sample",
  note: "My own note",
};

const TOO_LARGE = `it is over ${MAX_FILE_BYTES / MEGABYTE} MB.`;
const NOT_KEPT = "Not kept: ";

/** What the page's script says by itself. */
const WORDS = {
  max_bytes: MAX_FILE_BYTES,
  what: "For application {application}, {role}. Send files until {time}.",
  no_link: "This page is opened by a link that your assistant gives you. This address has no link in it.",
  waiting: "Waits.",
  sending: "Is being sent.",
  reading: "Is being read.",
  too_large: NOT_KEPT + TOO_LARGE,
  too_many: `${NOT_KEPT}one link takes ${MAX_FILES_OF_A_LINK} files. Ask your assistant for another link.`,
  folder: `${NOT_KEPT}this is a folder. Choose the files in it.`,
  failed: "Something went wrong inside. Try again, or ask your assistant for a new link.",
  offline: `${NOT_KEPT}the server was not reached, or the file could not be read. Try again.`,
};

const BODY = html`
<noscript><p role="alert">This page needs JavaScript to send files.</p></noscript>
<p id="what" class="quiet" role="status"></p>
<p id="end" tabindex="-1" hidden></p>
<div id="form" hidden>
<label for="kind">What these files are</label>
<select id="kind">${DocumentKind.options.map((kind) => html`<option value="${kind}">${KINDS[kind]}</option>`)}</select>
<div id="drop" class="drop">
<label for="files">Drop files here, or choose them</label>
<input id="files" type="file" multiple aria-describedby="limits"
  accept=".pdf,.docx,.txt,.md,.markdown,.html,.htm,.eml,.json">
<p id="limits" class="quiet">Up to ${MAX_FILES_OF_A_LINK} files of ${MAX_FILE_BYTES / MEGABYTE} MB each: PDF, Word (DOCX),
text, Markdown, HTML, e-mail (EML), JSON Resume.</p>
</div>
</div>
<ul id="list" class="files"></ul>
<p id="said" class="unseen" aria-live="polite"></p>
<button id="done" type="button" hidden>Done</button>`;

/** The page, which holds nothing of anybody: its script asks with the secret that stands behind the link's hash sign. */
const show = (): Response =>
  page({
    title: "Hand over files",
    body: BODY,
    script: `const WORDS = ${JSON.stringify(WORDS)};\n${UPLOAD_SCRIPT}`,
  });

/** Answers the page's address, and those that it sends to. */
export async function answerUpload(
  services: () => Promise<Services>,
  request: Request,
  readBytes: ReadBytes,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === UPLOAD_PATH && (request.method === "GET" || request.method === "HEAD")) return show();
  if (request.method !== "POST") return say(405, "no such method here");
  const work = WORKS[pathname];
  if (work === undefined) return say(404, "nothing here");
  try {
    return await work(await services(), request, readBytes);
  } catch (error) {
    if (error instanceof DomainError) return say(STATUS[error.code], refusalText(error));
    throw error;
  }
}

type Work = (services: Services, request: Request, readBytes: ReadBytes) => Promise<Response>;

const open: Work = async (services, request) => {
  const { session, secret } = await whoSends(services, request);
  return Response.json(await services.uploads.open(session, secret), { headers: NOT_KEPT_ANYWHERE });
};

const receive: Work = async (services, request, readBytes) => {
  const { session, secret: key } = await whoSends(services, request);
  // Before the body is read: whoever may send nothing is not listened to.
  await services.uploads.requireRoom(session, key);
  const bytes = await readBytes(MAX_FILE_BYTES);
  if (bytes === undefined) return say(413, NOT_KEPT + TOO_LARGE);
  const name = nameIn(request.headers.get("x-file-name") ?? "");
  const kind = request.headers.get("x-document-kind") ?? "";
  const { files_left, ...file } = await services.uploads.receive(session, { key, name, kind, bytes });
  return Response.json({ said: keptText(file), files_left }, { headers: NOT_KEPT_ANYWHERE });
};

const finish: Work = async (services, request) => {
  const { session, secret } = await whoSends(services, request);
  const { kept } = await services.uploads.finish(session, secret);
  return say(200, doneText(kept));
};

const WORKS: Readonly<Record<string, Work | undefined>> = {
  [`${UPLOAD_PATH}/open`]: open,
  [`${UPLOAD_PATH}/file`]: receive,
  [`${UPLOAD_PATH}/done`]: finish,
};

/** The call of a page: it acts for the member who asked for the link, who is looked up each time. */
async function whoSends(
  services: Services,
  request: Request,
): Promise<{ readonly session: Session; readonly secret: string }> {
  const secret = request.headers.get(SECRET_HEADER) ?? "";
  const { signal } = request;
  const member = await services.uploads.memberOf(
    await services.startUpkeep({ isRead: true, signal }),
    secret,
  );
  const called = { client: "upload page", tool: "upload", access: INTERVIEW };
  return { secret, session: await services.startSession({ ...called, member, signal }) };
}

const NOT_KEPT_ANYWHERE = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

const say = (status: number, said: string): Response =>
  Response.json({ said }, { status, headers: NOT_KEPT_ANYWHERE });

const STATUS: Readonly<Record<DomainError["code"], number>> = {
  invalid: 422,
  not_found: 404,
  conflict: 409,
  precondition_failed: 409,
  forbidden: 403,
  declined: 410,
  limited: 429,
  unavailable: 503,
};

/** A name as the page sends it; one that is written wrongly is no name. */
function nameIn(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}

/** `Not kept: it is empty.` Of what mends it, only what is written for people stands here. */
function refusalText({ message, hint }: DomainError): string {
  const why = message.replace(/^[a-z_]+: /, "").replace(/^(?=is )/, "it ");
  const said = /^link: /.test(message) ? `The link is not good: ${why}` : NOT_KEPT + why;
  return hint === undefined ? said : `${said} ${hint}`;
}

type Kept = Omit<Awaited<ReturnType<Services["uploads"]["receive"]>>, "files_left">;

/** What was kept of a file, and what was set aside. */
function keptText({ document, words, unchanged }: Kept): string {
  const { pages, hidden_text: hidden, hidden_text_removed: removed, apart = {}, warnings = [] } = document;
  const size = `${pluralize(words, "word")}${pages === undefined ? "" : ` on ${pluralize(pages, "page")}`}`;
  const others = (apart.quoted ?? 0) + (apart.forwarded ?? 0);
  return [
    unchanged ? `It was here already, with ${size}: nothing was changed.` : `Kept: ${size}.`,
    hidden &&
      `Set aside, because nobody would see it in the file: ${pluralize(hidden.lines, "line")}${hiddenReasonsText(hidden.why)}.`,
    !hidden && removed > 0 && `Taken out: ${pluralize(removed, "invisible character")}.`,
    others > 0 && `Set aside, because others wrote it: ${pluralize(others, "character")} of quoted mail.`,
    ...warnings.map(warningText),
  ]
    .filter((sentence) => typeof sentence === "string")
    .join(" ");
}

const doneText = (kept: number): string =>
  kept === 0
    ? "Done. Nothing was kept. You can close this page."
    : `Done. ${pluralize(kept, "document")} arrived. Tell your assistant, which can name what came. You can close this page.`;
