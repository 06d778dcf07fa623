/** A file that we refuse. The message is one word for the reason. */
export class Unreadable extends Error {
  readonly reason: "encrypted" | "pages" | "inflated" | "broken";

  constructor(reason: Unreadable["reason"]) {
    super(reason);
    this.reason = reason;
  }
}
