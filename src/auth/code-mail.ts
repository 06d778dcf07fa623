import { CODE_MINUTES } from "./library-options.ts";

/** The e-mail that brings a code. It holds no link: whoever did not ask for it has nothing to follow. */
export const codeMail = (code: string, publicUrl: string) => ({
  subject: `Your code to sign in: ${code}`,
  body: [
    `${code} is your code to sign in to Greenflag at ${new URL(publicUrl).host}.`,
    `Type it on the page that asked for it. It is good for ${CODE_MINUTES} minutes, once.`,
    "If you did not ask for it, somebody typed your address by mistake, or tries to get in. " +
      "Without the code they cannot; give it to nobody, and do nothing.",
  ].join("\n\n"),
});
