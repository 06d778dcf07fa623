import type { FirstAdmin } from "../../domain/member.ts";

const ORIGIN: Record<FirstAdmin["from"], string> = {
  GREENFLAG_MEMBER: "as GREENFLAG_MEMBER says",
  git: "as git's user.email says",
  "user name": "made from the user name, as git knows no e-mail",
};

/** Who the first start made the first admin, where it had them from, and how to change it. */
export function firstAdminText({ email, name, from, unreachable }: FirstAdmin): string {
  const warning = unreachable ? " No mail arrives at this address." : "";
  return `The first admin is ${name} <${email}>, ${ORIGIN[from]}.${warning} greenflag member rename ${email} NEW_EMAIL changes it.`;
}
