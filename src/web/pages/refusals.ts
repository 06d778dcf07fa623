import { say } from "./form.ts";

const AGAIN = "Begin again in your assistant.";

/** Why somebody or some program is not let in, by the code of the library or of ours. */
const REASONS: Readonly<Record<string, readonly [title: string, sentence: string]>> = {
  NOT_A_MEMBER: [
    "You are not on this team",
    "No member here has this e-mail. Ask an admin of your team to add you, with exactly the e-mail that you sign in with.",
  ],
  EMAIL_NOT_VERIFIED: [
    "Your e-mail is not verified there",
    "The provider does not say that this e-mail is yours. Verify it there, or sign in with a code by e-mail.",
  ],
  EMAIL_CHANGED: [
    "Your e-mail changed there",
    "That account signed in here with another e-mail before. Sign in with a code by e-mail.",
  ],
  OTP_EXPIRED: ["The code is too old", `${AGAIN} It gets you a new code.`],
  TOO_MANY_ATTEMPTS: ["Too many wrong codes", `${AGAIN} It gets you a new code.`],
  access_denied: ["You did not sign in", `The provider says that you declined. ${AGAIN}`],
  provider_silent: [
    "The sign-in there does not answer",
    "It could not be asked who you are. Begin again in your assistant, or sign in with a code by e-mail.",
  ],
  invalid_redirect: [
    "This program cannot be connected",
    "It wants its answer at an address that it never named here. Remove the connection there and add it again.",
  ],
  invalid_client: [
    "This program cannot be connected",
    "It is not known here, or its own description cannot be read. Remove the connection there and add it again.",
  ],
  temporarily_unavailable: [
    "Try again in a minute",
    `The program's own description cannot be read now. ${AGAIN}`,
  ],
};

/** The page for whoever is not let in. What others said of the cause is not shown. */
export function refused(code: string): Response {
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  const [title, sentence] = known ?? [
    "The sign-in did not work",
    `${AGAIN} If it stays so, tell whoever runs Greenflag what you did.`,
  ];
  return say(title, 403, sentence);
}
