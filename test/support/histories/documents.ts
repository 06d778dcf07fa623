import { expect } from "vitest";
import { type Act, pick, tried } from "./calls.ts";
import { lineOf, type Model, sameText, stale } from "./model.ts";
import type { Office } from "./office.ts";

const KINDS = ["resume", "cover_letter", "note"] as const;
/** Few, so that two people often have the same. */
const TEXTS = [
  "Ran 12 models in production on KServe 0.13",
  "On call one week in four, about 2 pages a week",
  "Cut GPU spend by 38%, from $80k to $50k a month",
  "Moved 31 models in production from Sagemaker to KServe 0.13",
  "Kept the trains of a small model railway on time",
];
/** What is done with documents. */
export async function paper(office: Office, model: Model, [what, a, b]: Act): Promise<void> {
  const { services } = office;
  const refs = [...model.lines.keys()];
  const [application, other] = [pick(refs, a), pick(refs, b)];
  const [line, to] = [lineOf(model, application), lineOf(model, other)];
  const [kind, text] = [pick(KINDS, b), pick(TEXTS, a + b)];
  if (what === "store") {
    const input = { application, kind, text };
    const answer = await tried(office, (session) => services.documents.add(session, input));
    const there = sameText(line.documents, input);
    expect(answer).toMatchObject({
      unchanged: there !== undefined,
      ...(there && { document: { id: there.id } }),
    });
    if (answer && !there) line.documents.push({ id: answer.document.id, kind, text, own: true });
    return;
  }
  const [one] = [...line.documents.slice(b % 3), ...line.documents];
  const [stray] = to.documents;
  const change = (document: string, how: object) =>
    tried(office, (session) => services.documents.update(session, { application, document, ...how }));
  const reason = "It was not theirs";
  if (stray && to !== line) expect(await change(stray.id, { remove: true, reason })).toBeUndefined();
  if (one === undefined) return;
  const others = line.documents.filter((each) => each !== one);
  const isDone = (expected: boolean, answer: unknown) =>
    expect(answer !== undefined, `${what} ${one.kind} of ${line.ref}`).toBe(expected);

  if (what === "refile") {
    const isFree = to !== line && !sameText(to.documents, one);
    isDone(isFree, await change(one.id, { move_to: other }));
    if (!isFree) return;
    line.documents = others;
    to.documents.push(one);
    stale([line, to], "document_moved", one);
  }
  if (what === "remove") {
    isDone(true, await change(one.id, { remove: true, reason }));
    line.documents = others;
    model.removed.add(one.text);
    stale([line], "document_removed", one);
  }
  if (what === "replace") {
    const isFree = !sameText(others, { kind: one.kind, text });
    const answer = await change(one.id, { text });
    isDone(isFree, answer);
    if (answer === undefined || one.text === text) return;
    line.documents = [...others, { ...one, id: answer.document.id, text }];
    model.removed.add(one.text);
    stale([line], "document_replaced", one);
  }
  if (what === "own words") {
    const own = b % 2 === 0;
    isDone(one.kind !== "note", await change(one.id, { own_words: own }));
    if (one.kind === "note" || one.own === own) return;
    one.own = own;
    stale([line], "author_stated", one);
  }
}
