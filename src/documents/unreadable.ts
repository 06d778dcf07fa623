/** A file that is refused for a reason of ours, told by one word. */
export class Unreadable extends Error {
  readonly reason: "encrypted" | "pages" | "inflated" | "broken";

  constructor(reason: Unreadable["reason"]) {
    super(reason);
    this.reason = reason;
  }
}
