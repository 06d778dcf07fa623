import { describe, expect, it } from "vitest";
import { createGithub } from "../../../../src/github/client.ts";
import { assign, moveTo, pay, useDrafts } from "./set-up.ts";

const { begin } = useDrafts();
const KIM = { role: "MLE", name: "Kim Lee", email: "kim@example.test" };
const THEIRS = { application: "MLE-2" };

/** Greenflag with Kim as MLE-2, who came from this source. */
async function withKim(source: string | undefined, more: object = {}) {
  const greenflag = await begin();
  await pay(greenflag);
  await greenflag.ok("add_candidate", { ...KIM, ...more, ...(source === undefined ? {} : { source }) });
  return greenflag;
}

const REPLY = `From: Kim Lee <kim@example.test>
To: Ada Byron <ada@example.test>
Subject: Re: MLOps engineer
Message-ID: <1@example.test>

That sounds close to what I do. Tell me more.
`;

describe("draft_outreach, by who they are", () => {
  it.each(["sourced on LinkedIn", "Found on LinkedIn", "employee referral", "Recommended by Ines"])(
    "is a first approach to who came by %s, and thanks them for no application",
    async (source) => {
      const greenflag = await withKim(source);
      const { message } = await greenflag.ok("draft_outreach", THEIRS);
      expect(message.purpose).toBe("source");
      const invite = await greenflag.ok("draft_outreach", { ...THEIRS, purpose: "screen_invite" });
      expect(
        `${message.subject} ${message.body} ${invite.message.subject} ${invite.message.body}`,
      ).not.toMatch(/appl(?:y|ication|ied)/i);
    },
  );

  it("thanks for an application where the source says that there is one, and approaches nobody who applied", async () => {
    const greenflag = await withKim("LinkedIn Easy Apply");
    const { message } = await greenflag.ok("draft_outreach", THEIRS);
    expect(message).toMatchObject({ purpose: "screen_invite", subject: "Your application: MLOps engineer" });
    expect(message.body).toContain("Thank you for applying.");
    expect(await greenflag.refused("draft_outreach", { ...THEIRS, purpose: "source" })).toMatch(
      /purpose: source contradicts the record; MLE-2 is at applied, and applied\./,
    );
  });

  it.each([undefined, "LinkedIn", "an agency"])("takes the source %j for neither", async (source) => {
    const greenflag = await withKim(source);
    const { message } = await greenflag.ok("draft_outreach", THEIRS);
    expect(message.purpose).toBe("screen_invite");
    expect(`${message.subject} ${message.body}`).not.toMatch(/appl(?:y|ication|ied)/i);
    expect(message.body).toContain("I would like to speak with you about the role of MLOps engineer.");
  });

  it("thanks who answered us for writing, not for applying", async () => {
    const greenflag = await withKim("sourced");
    await greenflag.ok("add_document", { ...THEIRS, kind: "email", text: REPLY });
    const { message } = await greenflag.ok("draft_outreach", THEIRS);
    expect(message.purpose).toBe("screen_invite");
    expect(message.body).toContain("Thank you for writing to us about the role of MLOps engineer.");
    expect(`${message.subject} ${message.body}`).not.toMatch(/appl(?:y|ication|ied)/i);
    expect(await greenflag.refused("draft_outreach", { ...THEIRS, purpose: "source" })).toContain(
      "and has written to us",
    );
  });

  it("rejects whom we found without speaking of an application or thanking for time that was not given", async () => {
    const greenflag = await withKim("outreach");
    const move = { ...THEIRS, to: "rejected", reason: "For the test" };
    const { confirmation } = await greenflag.ok("move_candidate", move);
    await greenflag.ok("move_candidate", { ...move, confirm: confirmation.code });
    const { message } = await greenflag.ok("draft_outreach", THEIRS);
    expect(message).toMatchObject({ purpose: "rejection", subject: "The role of MLOps engineer" });
    expect(message.body).toContain(
      "I am writing about the role of MLOps engineer. We have decided not to take this further.",
    );
  });

  it("says nobody waited who did not ask", async () => {
    const greenflag = await withKim("sourced");
    greenflag.clock.now = new Date("2026-12-06T10:00:00Z");
    const { message } = await greenflag.ok("draft_outreach", { ...THEIRS, purpose: "status_update" });
    expect(message.body).not.toContain("waited");
  });

  it("measures how long ago it was that somebody and we were in touch", async () => {
    const greenflag = await withKim("careers page");
    const ask = { ...THEIRS, purpose: "reengage" };
    expect(await greenflag.refused("draft_outreach", ask)).toContain("less than 14 days ago");
    greenflag.clock.now = new Date("2027-02-10T12:00:00Z");
    expect((await greenflag.ok("draft_outreach", ask)).message.body).toContain(
      "We were in touch in November 2026 about the role of MLOps engineer.",
    );
    greenflag.clock.now = new Date("2028-12-10T12:00:00Z");
    expect((await greenflag.ok("draft_outreach", ask)).message.body).toContain(
      "in touch about two years ago",
    );
  });

  it.each([
    ["OKAFOR Zoë", "Hello Zoë,"],
    ["Garcia, Maria", "Hello Maria,"],
    ["Dr. Anna Weber", "Hello Anna,"],
    ["Kim Min-jun", "Hello Kim Min-jun,"],
    ["Nguyen Van A", "Hello Nguyen Van A,"],
    ["Szabó Anna", "Hello Szabó Anna,"],
    ["A. Weber", "Hello A. Weber,"],
  ])("greets %s by %s", async (name, greeting) => {
    const greenflag = await withKim("careers page", { name });
    const { message } = await greenflag.ok("draft_outreach", THEIRS);
    expect(message.body.split("\n")[0]).toBe(greeting);
    expect(message.findings).not.toContainEqual(expect.objectContaining({ severity: "error" }));
  });
});

describe("draft_outreach, of an exercise", () => {
  it("names a repository that the team made itself, and no invitation that did not go out", async () => {
    const greenflag = await begin({
      github: createGithub({ token: undefined, apiUrl: "https://api.github.com" }),
    });
    await moveTo(greenflag, "exercise");
    await assign(greenflag);
    const ask = { application: "MLE-1", purpose: "exercise_invite" };
    const { message } = await greenflag.ok("draft_outreach", ask);
    expect(message.body).toContain("Repository: https://github.com/acme/serving/pull/1\n");
    expect(message.body).not.toMatch(/invit/);
  });
});
