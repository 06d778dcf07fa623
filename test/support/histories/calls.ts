import { DomainError } from "../../../src/domain/errors.ts";
import type { Session } from "../../../src/services/session.ts";
import { ADA, type Office } from "./office.ts";

/** What is done, and two numbers that choose to whom and with what. */
export type Act = [what: string, a: number, b: number];

/** One of a list by any number. */
export const pick = <T>(from: readonly T[], n: number): T => {
  const one = from[n % from.length];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
};

type Call<T> = (session: Session) => Promise<T>;

/** Does it; undefined where it is refused. Any other error than a refusal in our own words is a fault. */
export async function tried<T>({ as }: Office, call: Call<T>, member = ADA): Promise<T | undefined> {
  try {
    return await call(await as(member));
  } catch (error) {
    if (error instanceof DomainError && error.code !== "unavailable") return undefined;
    throw error;
  }
}

type Confirmed = { readonly confirmation?: { readonly code: string } };

/** As `tried`, and where a person has to agree, they do. */
export async function agreed<I extends object, T extends Confirmed>(
  office: Office,
  call: (session: Session, input: I) => Promise<T>,
  input: I,
): Promise<T | undefined> {
  const first = await tried(office, (session) => call(session, input));
  const confirm = first?.confirmation?.code;
  return confirm === undefined ? first : tried(office, (session) => call(session, { ...input, confirm }));
}
