import type { CompiledRubric, ReadyFlag } from "./compile.ts";
import { findPassages, missingFrom } from "./conditions.ts";
import { readDocuments } from "./read.ts";
import type { RubricFault } from "./rubric-faults.ts";

/** Flags whose own examples say otherwise than their conditions. A flag without conditions has nothing to be checked by. */
export const exampleFaults = (rubric: CompiledRubric): RubricFault[] =>
  rubric.flags.flatMap((ready, n) => faultsOf(rubric, ready, `rubric.flags[${n}].examples`));

function faultsOf(rubric: CompiledRubric, ready: ReadyFlag, path: string): RubricFault[] {
  const { conditions, examples, outweighs } = ready.flag;
  if (conditions.length === 0) return [];
  const missing = lacking(rubric, ready, examples.yes);
  // Whether one kind of work outweighs the rest is asked of a whole document.
  const isMet = examples.no !== undefined && !outweighs && lacking(rubric, ready, examples.no).length === 0;
  return [
    ...(missing.length > 0
      ? [{ path: `${path}.yes`, why: `does not meet the flag's own conditions: ${missing.join("; ")}` }]
      : []),
    ...(isMet ? [{ path: `${path}.no`, why: "meets every condition of the flag, and must not" }] : []),
  ];
}

/** What an example lacks, read as a document of its own: nothing where a clause or a pair of clauses meets everything. */
function lacking(rubric: CompiledRubric, ready: ReadyFlag, text: string): readonly string[] {
  const documents = readDocuments(rubric, [{ id: "example", kind: "resume", name: "example", text }]);
  if (findPassages(ready, documents).clauses > 0) return [];
  return missingFrom(ready, { document: "example", quote: text, start: 0, end: text.length }, documents);
}
