import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { type Clock, createAllowances, perMinute, steadyClock } from "./allowance.ts";

/** How much people may have done for them. */
export type CallNumbers = {
  /** Calls a minute of one person. */
  readonly perMinute: number;
  /** Calls a minute of one person of one tool that is heavy. */
  readonly heavyPerMinute: number;
  /** Calls of one person that run at the same time, and of all together. */
  readonly personAtOnce: number;
  readonly allAtOnce: number;
};

/**
 * An assistant that works without a pause calls once or twice a second, and a person may run two of them. What reaches
 * out to GitHub, calendars and mail, or draws, takes seconds, so it has less. Hosts call up to ten tools side by side.
 */
const NUMBERS: CallNumbers = { perMinute: 240, heavyPerMinute: 30, personAtOnce: 16, allAtOnce: 64 };

type Called = { readonly name: string; readonly heavy?: true };

/** Limits what signed-in people have done. */
export type CallLimits = {
  /**
   * Begins a call.
   * @returns ends it, once: to be called when its work is over, also where it failed or was cancelled.
   * @throws DomainError `limited` with when to try again.
   */
  begin(member: string, tool: Called): () => void;
};

/** The limits of this process, by a clock that only goes forward. */
export function createCallLimits(now: Clock = steadyClock, numbers: CallNumbers = NUMBERS): CallLimits {
  const takeForPerson = createAllowances(perMinute(numbers.perMinute), now);
  const takeForTool = createAllowances(perMinute(numbers.heavyPerMinute), now);
  const running = new Map<string, number>();
  let all = 0;

  return {
    begin(member, { name, heavy }) {
      const own = running.get(member) ?? 0;
      if (own >= numbers.personAtOnce)
        throw limited(`${numbers.personAtOnce} of your calls run already, the most at one time.`);
      if (all >= numbers.allAtOnce)
        throw limited("The server has all the calls that it can carry out at one time.");
      // The tool first: a call that it refuses takes nothing from the person's other calls.
      const waitForTool = heavy ? takeForTool(`${member} ${name}`) : 0;
      if (waitForTool > 0)
        throw limited(
          `${name}: at most ${numbers.heavyPerMinute} calls a minute for each person.`,
          waitForTool,
        );
      const wait = takeForPerson(member);
      if (wait > 0) throw limited(`At most ${numbers.perMinute} calls a minute for each person.`, wait);
      running.set(member, own + 1);
      all += 1;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        all -= 1;
        const left = (running.get(member) ?? 1) - 1;
        if (left === 0) running.delete(member);
        else running.set(member, left);
      };
    },
  };
}

function limited(message: string, waitMs?: number): DomainError {
  const seconds = Math.max(1, Math.ceil((waitMs ?? 0) / 1000));
  const when =
    waitMs === undefined ? "when one of them has been answered" : `in ${pluralize(seconds, "second")}`;
  return new DomainError("limited", `${message} Nothing was done.`, `Try again ${when}.`);
}
