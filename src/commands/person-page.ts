import type { PersonToHandOut } from "./person-to-hand-out.ts";
import { keptLines, LOGIC, NOT_IN_IT, PURPOSES, RIGHTS, recipientLines } from "./person-words.ts";

/** A candidate's record as a page to read or print: one file without scripts, that loads nothing from anywhere. */
export function personPage(person: PersonToHandOut): string {
  const { company, made_at, applications } = person;
  const name = String(person.person.fields.find(({ field }) => field === "name")?.value ?? "");
  return page(`What is on record about ${name}`, [
    `<p>Made on ${escaped(inWords(made_at))}${company ? ` by ${escaped(company)}` : ""}. The same stands in person.json, for programs.</p>`,
    "<h2>You</h2>",
    `<p>On record since ${escaped(inWords(person.person.on_record_since))}.</p>`,
    detailsTable(person),
    ...applications.flatMap(applicationPart),
    "<h2>How what you sent is read</h2>",
    paragraphs(LOGIC),
    "<h2>Why we hold it</h2>",
    bullets(PURPOSES),
    "<h2>Who receives it</h2>",
    bullets(recipientLines(person)),
    "<h2>How long it is kept</h2>",
    bullets(keptLines(person)),
    ...(person.consents.length > 0
      ? ["<h3>What you said about staying on file</h3>", shown(person.consents)]
      : []),
    "<h2>What you can ask for</h2>",
    bullets(RIGHTS),
    "<h2>What is not in it</h2>",
    bullets(NOT_IN_IT),
  ]);
}

type Application = PersonToHandOut["applications"][number];

function applicationPart(application: Application): string[] {
  const { about, documents, exercise, log } = application;
  const part = (title: string, rows: readonly unknown[]) =>
    rows.length === 0 ? [] : [`<h3>${title}</h3>`, shown(rows)];
  return [
    `<h2>Application ${escaped(about.reference)}: ${escaped(about.role)}</h2>`,
    shown(about),
    ...(documents.length === 0 ? [] : ["<h3>Documents</h3>", ...documents.map(documentPart)]),
    ...part("Messages", application.messages),
    ...part("Interviews", application.interviews),
    ...part("Exercise", exercise ? [exercise] : []),
    ...part("What you handed in, as it was read", application.submissions),
    ...part("Offers", application.offers),
    ...part("How what you sent was read", application.assessments),
    ...part("Scorecards", application.scorecards),
    ...part("Votes", application.votes),
    ...part("Decisions", application.decisions),
    ...part("Moves from step to step", application.history),
    ...part("Corrections of the record", application.changes),
    ...part("Brought over from another program", application.imported),
    "<h3>Who did what</h3>",
    `<ul class="log">${log.map(logLine).join("")}</ul>`,
  ];
}

const logLine = ({ at, what, by, through }: Application["log"][number]): string =>
  `<li>${escaped(inWords(at))}: ${escaped(what.replace(/[._]/g, " "))}, ${escaped(by)}, through ${escaped(through)}</li>`;

function documentPart({ text, file, ...about }: Application["documents"][number]): string {
  const link =
    file === null ? "" : `<p><a href="${escaped(encodeURI(file))}" download>The file as it came in</a></p>`;
  return `<section class="card">${shown(about)}${link}<pre>${escaped(text)}</pre></section>`;
}

function detailsTable({ person: { fields } }: PersonToHandOut): string {
  const rows = fields.map(({ field, value, source }) => {
    const by = "by" in source && source.by ? ` by ${source.by}` : "";
    const from = escaped(`${source.how} on ${inWords(source.at)}${by}`);
    return `<tr><th scope="row">${label(field)}</th><td>${shown(value)}</td><td>${from}</td></tr>`;
  });
  return `<table><thead><tr><th>What</th><th>Value</th><th>Where from</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** Whatever is on record, field by field. What is empty is left out. */
function shown(value: unknown): string {
  if (isEmpty(value)) return "";
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== "object" || one === null))
      return value.length === 1
        ? shown(value[0])
        : `<ul>${value.map((one) => `<li>${shown(one)}</li>`).join("")}</ul>`;
    return value.map((one) => `<section class="card">${shown(one)}</section>`).join("");
  }
  if (typeof value === "object" && value !== null) {
    const rows = Object.entries(value).filter(([, one]) => !isEmpty(one));
    return `<dl>${rows.map(([key, one]) => `<dt>${label(key)}</dt><dd>${shown(one)}</dd>`).join("")}</dl>`;
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  return `<span class="words">${escaped(inWords(String(value)))}</span>`;
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** `applied_at` is `Applied at`. */
function label(key: string): string {
  const words = key
    .replace(/_/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return escaped(words.charAt(0).toUpperCase() + words.slice(1));
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const IN_WORDS = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** A moment as people write it; every other text as it is. */
const inWords = (text: string): string =>
  MOMENT.test(text) ? `${IN_WORDS.format(new Date(text))} UTC` : text;

const SIGNS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Text as text: no sign of it means anything in the page, and what turns the direction of writing is seen. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? "")
    .replace(/[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/gu, "\ufffd");

const paragraphs = (lines: readonly string[]): string =>
  lines.map((line) => `<p>${escaped(line)}</p>`).join("");
const bullets = (lines: readonly string[]): string =>
  `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;

const page = (title: string, body: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#d0d4da, #444a52); --quiet: light-dark(#50565e, #aab2bc); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
h3 { font-size: 1.05rem; margin-top: 1.6rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .15rem 1rem; margin: .4rem 0; }
dt { color: var(--quiet); max-width: 14rem; }
dd { margin: 0; min-width: 0; }
ul { padding-left: 1.2rem; margin: .3rem 0; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .9rem; margin: .6rem 0; }
.words, pre { white-space: pre-wrap; }
pre { font: inherit; border-top: 1px solid var(--line); padding-top: .6rem; margin: .6rem 0 0; }
.log { color: var(--quiet); font-size: .9rem; }
th { overflow-wrap: normal; }
.card .card dl { display: block; }
.card .card dd { margin: 0 0 .3rem 1rem; }
@media (max-width: 34rem) { dl { display: block; } dd { margin: 0 0 .4rem 1rem; } }
@media print {
  body { max-width: none; margin: 0; font-size: 11pt; color: #000; background: #fff; }
  a { color: #000; }
  h2, h3 { break-after: avoid; }
}
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body.join("\n")}
</body>
</html>
`;
