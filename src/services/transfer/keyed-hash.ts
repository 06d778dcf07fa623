import { createHmac } from "node:crypto";

/**
 * A form of an address, link or import key (such as `email:zoe@example.test`, as `derivedOf` makes them) as the hash by
 * which it is known again without being readable. `key` is the workspace's.
 */
export const keyedHash = (key: string, form: string): string =>
  createHmac("sha256", key).update(form).digest("hex");
