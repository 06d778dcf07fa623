import type * as z from "zod";
import type { tools } from "../../src/mcp/tools/index.ts";

type Tools = (typeof tools)[number];
export type ToolName = Tools["name"];

/** What a tool answers, as tests read it. */
export type AnswerOf<N extends ToolName> = Told<z.output<Extract<Tools, { name: N }>["output"]>>;

/**
 * An answer whose fields a test reads without asking first whether they are there: a test knows what it has set up. A field
 * that no form of the answer has does not compile. What a schema leaves open reads as anything.
 */
type Told<T> = unknown extends T
  ? Open
  :
      | Exclude<T, object | null | undefined>
      | ToldArray<Extract<T, readonly unknown[]>>
      | ToldObject<Exclude<Extract<T, object>, readonly unknown[]>>;

type ToldArray<T extends readonly unknown[]> = [T] extends [never] ? never : ToldList<Told<T[number]>>;

/** A list whose entries are read without a check, as fields are. */
type ToldList<E> = {
  readonly 0: E;
  readonly 1: E;
  readonly 2: E;
  readonly 3: E;
  at(index: number): E;
  find(test: (entry: E, index: number) => unknown): E;
  filter(test: (entry: E, index: number) => unknown): ToldList<E>;
  map<F>(change: (entry: E, index: number) => F): ToldList<F>;
  flatMap<F>(change: (entry: E, index: number) => F | readonly F[]): ToldList<F>;
} & E[];

type ToldObject<T extends object> = [T] extends [never]
  ? never
  : string extends keyof T
    ? unknown extends T[string & keyof T]
      ? Open
      : { [key: string]: Told<T[string & keyof T]> }
    : { [K in KeyOf<T>]: Told<FieldOf<T, K>> };

/** The keys of every form of an answer, where it has several. */
type KeyOf<T> = T extends unknown ? keyof T : never;
type FieldOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

// biome-ignore lint/suspicious/noExplicitAny: a schema that says nothing of a field leaves tests to read what they expect
type Open = any;
