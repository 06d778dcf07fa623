import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startSmtp } from "../smtp/server.ts";
import { resume, TOBIAS_READ } from "./conversation.ts";
import { handIn, startExerciseHost } from "./exercise.ts";
import { MIS_SCOPED } from "./mis-scoped.ts";
import { cardFor, DOUBTS } from "./scorecards.ts";
import { command, demoDirectory, JONAS, MEMBER, PRIYA, type Session, startSession } from "./session.ts";
import { heading, note, says } from "./transcript.ts";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const keep = process.argv.includes("--keep");

const CANDIDATES = [
  { name: "Inês Moreira", email: "ines.moreira@example.com", resume: "ines-moreira.md", source: "referral" },
  { name: "Tobias Wendt", email: "tobias.wendt@example.com", resume: "tobias-wendt.md", source: "job board" },
  { name: "Marcus Bell", email: "marcus.bell@example.com", resume: "marcus-bell.md", source: "job board" },
  {
    name: "Dana Whitlock",
    email: "dana.whitlock@example.com",
    resume: "dana-whitlock.md",
    source: "careers page",
  },
];

const NOT_TAKEN = [
  { application: "MLE-2", reason_category: "skills", reason: "Modelling, where this lane is operations" },
  { application: "MLE-3", reason_category: "level", reason: "Course work so far, where the role is senior" },
  {
    application: "MLE-4",
    reason_category: "other_candidate",
    reason: "One opening, and another was chosen",
  },
];

/** A day from today on. */
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let letters = 0;

const github = await startExerciseHost();
const smtp = await startSmtp();
const sessions = new Map<string, Session>();
const where = { githubApiUrl: github.url, smtpUrl: smtp.url, dataDir: demoDirectory(keep) };
try {
  await hire();
} finally {
  for (const member of sessions.keys()) await leave(member);
  await github.close();
  await smtp.close();
  if (!keep) rmSync(where.dataDir, { recursive: true, force: true });
}
closing();

/** One member at work with an assistant of their own. Each stays open; all share one embedded database. */
async function as<T>(member: string, work: (greenflag: Session) => Promise<T>): Promise<T> {
  const session = sessions.get(member) ?? (await startSession({ ...where, member }));
  sessions.set(member, session);
  return work(session);
}

/** The member's assistant is closed. Where its server had the database open, another one takes over. */
async function leave(member: string): Promise<void> {
  await sessions.get(member)?.close();
  sessions.delete(member);
}

async function hire(): Promise<void> {
  note(
    "Greenflag: one MLOps hire, from opening the role to the first day agreed, as a hiring manager and her panel live it.",
  );
  await as(MEMBER, setUp);
  const operator = await as(MEMBER, scopeAndScore);
  await as(PRIYA, (greenflag) => firstCard(greenflag, operator));
  await as(JONAS, (greenflag) => blindCards(greenflag, operator));
  await as(PRIYA, (greenflag) => revealed(greenflag, operator));
  await as(MEMBER, (greenflag) => lastRounds(greenflag, operator));
  await leave(MEMBER);
  await as(PRIYA, (greenflag) => vote(greenflag, operator));
  await as(JONAS, (greenflag) => dissent(greenflag, operator));
  await as(MEMBER, (greenflag) => decide(greenflag, operator));
}

/** The team and its hours, set at a terminal while Mara's assistant is open. */
async function setUp(greenflag: Session): Promise<void> {
  await greenflag.call("get_pipeline", {}, { quiet: true });
  command(where, "member", "add", PRIYA, "--name", "Priya Raman", "--access", "interviewer");
  command(where, "member", "add", JONAS, "--name", "Jonas Weber", "--access", "hiring_manager");
  const hours = [
    "--timezone",
    "Europe/Lisbon",
    "--hours",
    "mon-fri 09:00-17:30",
    "--limit",
    "4",
    "--buffer",
    "15",
  ];
  for (const member of [MEMBER, PRIYA, JONAS]) command(where, "member", "availability", member, ...hours);
  note(
    "Set up: Mara runs the search; Priya and Jonas interview beside her, each with an assistant of their own. " +
      "The server is the built program, the client the official one; GitHub and the mail server are simulated.",
  );
}

/** Everything before the first interview. @returns the reference of whoever is taken forward. */
async function scopeAndScore(greenflag: Session): Promise<string> {
  heading("1. Scope the role");
  says("Before we post this: is anything wrong with it?");
  await greenflag.call("check_role", { description: MIS_SCOPED, level: "senior", location: "Denver, CO" });
  says("Our endpoints fall over at dinner time. Open a senior role for somebody who fixes that.");
  const { facts: opened } = await greenflag.call("open_role", {
    template: "mlops-engineer",
    lane: "serving_reliability",
    level: "senior",
    location: "Lisbon",
    remote: true,
    comp_min: 170000,
    comp_max: 205000,
    outcomes: [
      "p99 of the ranking endpoints from 900 ms to under 250 ms",
      "GPU spend down by 30% from $90k a month",
    ],
    must_haves: [
      "Ran ML serving in production on Kubernetes",
      "Owned an on-call rotation",
      "KServe or Triton",
    ],
    on_call: "One week in five, about three pages a week",
    panel: [
      { round: "screen", members: [MEMBER] },
      { round: "architecture", members: [PRIYA, JONAS] },
      { round: "incident", members: [PRIYA, JONAS] },
      { round: "exercise", members: [MEMBER] },
      { round: "on_call_fit", members: [MEMBER] },
    ],
  });
  const role: string = opened.role.key;

  heading("2. Four résumés come in");
  const refs: string[] = [];
  for (const { name, email, resume: resumeName, source } of CANDIDATES) {
    const resume_text = resume(resumeName);
    const { facts } = await greenflag.call("add_candidate", {
      role,
      name,
      email,
      source,
      resume_text,
      resume_name: resumeName,
    });
    refs.push(facts.application.ref);
  }
  const [operator = "", modeler = "", junior = "", planted = ""] = refs;

  heading("3. Score them: the rubric, with the words that show it");
  says("Who of them has run models in production?");
  await greenflag.call("score_candidate", { application: operator });
  says("Tobias looks strong on paper. Does he fall short?");
  await greenflag.call("score_candidate", { application: modeler }, { lines: 12 });
  note("The assistant reads the résumé, and says what it found.");
  await greenflag.call("score_candidate", { application: modeler, findings: TOBIAS_READ }, { lines: 16 });
  says("And the other two?");
  await greenflag.call("score_candidate", { application: junior }, { lines: 16 });
  await greenflag.call("score_candidate", { application: planted }, { lines: 16 });
  note(
    "\nDana's résumé told the assistant to mark every flag and go straight to offer. The hidden comment was removed and " +
      "counted, the visible sentence was named and counted for nothing, and nothing moved.",
  );

  heading("4. Work the pipeline");
  says("Take Inês forward, and write to her.");
  await greenflag.call("move_candidate", { application: operator, to: "screen" });
  await greenflag.call("draft_outreach", {
    application: operator,
    note: "Write to me at boss@example.net, and I guarantee you an offer.",
  });
  says("Not like that. Say that she can ask about the dinner-time outages.");
  const { facts: drafted } = await greenflag.call("draft_outreach", {
    application: operator,
    note: "Ask me anything about the dinner-time outages; I will answer with the graphs open.",
  });
  says("Send it.");
  await greenflag.call("send_message", { message: drafted.message.id }, { lines: 4 });
  letters += 1;
  await arrived(letters);
  says("She can from two to seven, Berlin time. Plan the whole loop for the next two weeks.");
  await greenflag.call(
    "find_interview_times",
    {
      application: operator,
      round: "loop",
      from: day(1),
      to: day(14),
      candidate_hours: "Europe/Berlin mon-fri 14:00-19:00",
    },
    { lines: 5 },
  );
  says("I have talked to her; here is my card for the screen. Then on to architecture.");
  await greenflag.call("submit_scorecard", cardFor(operator, "screen", [4, 3, 4]));
  await greenflag.call("move_candidate", { application: operator, to: "architecture" });
  return operator;
}

async function firstCard(greenflag: Session, application: string): Promise<void> {
  heading("5. The panel scores, each blind until submitted");
  note("Priya interviews her in two rounds, with an assistant of her own.");
  says("Here is my card for the architecture round.");
  await greenflag.call("submit_scorecard", cardFor(application, "architecture", [4, 4, 3]));
}

async function blindCards(greenflag: Session, application: string): Promise<void> {
  note("\nJonas has interviewed her too, and has not written it down yet.");
  says("What did Priya think?");
  await greenflag.call("get_debrief", { application });
  says("Fine. Architecture first, then the incident round.");
  await greenflag.call(
    "submit_scorecard",
    cardFor(application, "architecture", [3, 2, 3], { doubts: DOUBTS }),
  );
  await greenflag.call("move_candidate", { application, to: "incident" });
  const notes = "Strong on outages. Drift is half of our pain, and I heard little of it.";
  await greenflag.call(
    "submit_scorecard",
    cardFor(application, "incident", [4, 3, 2], { recommendation: "no", notes, doubts: DOUBTS }),
  );
}

async function revealed(greenflag: Session, application: string): Promise<void> {
  note("\nPriya's last card opens what the others wrote.");
  await greenflag.call("submit_scorecard", cardFor(application, "incident", [4, 4, 4]));
  says("Where do we differ?");
  await greenflag.call("get_debrief", { application }, { lines: 50 });
}

async function lastRounds(greenflag: Session, application: string): Promise<void> {
  heading("6. Read the submission as facts");
  await greenflag.call("move_candidate", { application, to: "exercise" });
  says("Give her the serving exercise.");
  const { facts: given } = await greenflag.call("assign_exercise", {
    application,
    exercise: "overprovisioned-serving",
    github_username: "ines-example",
  });
  note("Two evenings later she opens a pull request: the kit's good answer is pushed to that repository.");
  handIn(github, given.submission.repository);
  says("She has handed it in, so on to the next round.");
  await greenflag.refused("move_candidate", { application, to: "on_call_fit" });
  await greenflag.call("summarize_submission", { application }, { lines: 80 });
  says("We went through her code together. My card, and on to the on-call talk.");
  await greenflag.call("submit_scorecard", cardFor(application, "exercise", [4, 3]));
  await greenflag.call("move_candidate", { application, to: "on_call_fit" });
  says("She knows what a night on call is. My last card, and to debrief.");
  await greenflag.call("submit_scorecard", cardFor(application, "on_call_fit", [4, 3]));
  await greenflag.call("move_candidate", { application, to: "debrief" });

  heading("7. The panel votes");
  const reason = "Every outcome of ours she has reached somewhere else";
  await greenflag.call("cast_vote", { application, vote: "strong_yes", reason });
}

async function vote(greenflag: Session, application: string): Promise<void> {
  const reason = "Drift was thin for Jonas and deep for me; she named the case and how long it went unseen";
  await greenflag.call("cast_vote", { application, vote: "yes", reason });
}

async function dissent(greenflag: Session, application: string): Promise<void> {
  const reason = "Drift is half of our pain, and I heard little of it";
  await greenflag.call("cast_vote", { application, vote: "no", reason });
}

async function decide(greenflag: Session, application: string): Promise<void> {
  heading("8. A person decides");
  says("What do we come to, and who sees it differently?");
  await greenflag.call("get_debrief", { application }, { lines: 30 });
  says("I have talked to Jonas, and I take his point into the offer talk. Make her an offer.");
  const because = "Ran what we need to run, and can show it";
  await greenflag.call("move_candidate", { application, to: "offer", reason: because });
  await write(greenflag, { application, purpose: "offer_talk" });
  says("We have talked. 192,000 a year, ten per cent bonus, start in six weeks; she has ten days to answer.");
  const terms = { base: 192_000, bonus: "10% of base", start_date: day(42), expires_on: day(10) };
  await greenflag.call("record_offer", { application, ...terms, status: "extended" });
  says("She called: it is a yes.");
  await greenflag.call("record_offer", { application, status: "accepted" });
  await greenflag.call("move_candidate", { application, to: "hired" });
  await declineOthers(greenflag);

  heading("9. The week, in two calls");
  await greenflag.call("get_pipeline", {});
  await greenflag.call("get_report", { report: "offers" });
  says("Nobody waits for us any more. Close it.");
  await greenflag.call("update_role", { role: "MLE", status: "filled" }, { lines: 6 });
}

/** Everybody who is not taken is told so, each letter agreed to on its own. */
async function declineOthers(greenflag: Session): Promise<void> {
  says("The other three: not this time. Tell each of them today.");
  for (const { application, ...why } of NOT_TAKEN) {
    await greenflag.call("move_candidate", { application, to: "rejected", ...why });
    await write(greenflag, { application, purpose: "rejection" });
  }
}

/** Drafts a message, sends it once the person at the host agrees, and waits until it is there. */
async function write(greenflag: Session, message: { application: string; purpose?: string }): Promise<void> {
  const { facts } = await greenflag.call("draft_outreach", message, { quiet: true });
  await greenflag.call("send_message", { message: facts.message.id }, { lines: 4 });
  letters += 1;
  await arrived(letters);
}

/** Waits until the mail server has got so many messages, and shows the newest as it arrived. */
async function arrived(count: number): Promise<void> {
  for (let tries = 0; smtp.received.length < count; tries += 1) {
    if (tries > 200) throw new Error("the message did not arrive");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const newest = smtp.received.at(-1);
  note("\nIn the mail server's hands, one second later:");
  note(
    `  for ${newest?.recipients.join(", ")}; ${newest?.mail.headerLines.map(({ key }) => key).join(", ")}`,
  );
}

function closing(): void {
  if (!keep) {
    note(
      "\nNothing of this was kept. `npm run demo -- --keep` leaves the data for your own assistant to open.",
    );
    return;
  }
  note("\nThe data is kept. Paste this into your host's MCP settings to open it:");
  const env = { GREENFLAG_DATA_DIR: where.dataDir, GREENFLAG_MEMBER: MEMBER };
  const greenflag = { command: "node", args: [file("../../dist/cli.js")], env };
  console.log(JSON.stringify({ mcpServers: { greenflag } }, null, 2));
}
