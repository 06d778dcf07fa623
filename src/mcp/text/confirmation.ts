import type { Confirmation } from "../answers/confirmation.ts";

/** How the assistant passes on that a person agreed. */
export const onceAgreed = ({ code, expires_at }: Confirmation): string =>
  `If they agree, repeat the call with confirm: "${code}" (until ${expires_at}).`;
