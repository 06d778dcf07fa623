import { type Figure, figuresOf } from "../text/figures.ts";
import { tokenize } from "../text/tokens.ts";
import { isFirstContact, type Rule, textOf } from "./rule.ts";
import { withoutProposals } from "./times.ts";

/** Up to here a number in words is a manner of speaking: two or three times, one line. */
const SPOKEN = 10;

type Said = Figure & { readonly quote: string; readonly spoken: boolean };

function figuresIn(text: string): Said[] {
  const tokens = tokenize(text);
  return figuresOf(tokens).map((figure) => {
    const [first, last] = [tokens[figure.from], tokens[figure.to - 1]];
    const words = tokens.slice(figure.from, figure.to).every((token) => token.kind === "word");
    const article = first?.folded === "a" || first?.folded === "an";
    const ofAnHour = tokens[figure.to]?.folded === "of" && tokens[figure.to + 2]?.folded === "hour";
    // `half an hour` and `a quarter of an hour` are lengths of a talk; `a third` and `a hundred` say how much.
    const aWhile = article && (figure.unit === "duration" || ofAnHour);
    const spoken = words && (figure.amount <= SPOKEN || aWhile);
    return { ...figure, quote: text.slice(first?.start, last?.end), spoken };
  });
}

/** The same number of the same kind: `170k` is `170,000`, `0.9 s` is `900 ms`, and `30%` is not `30`. */
const holds = (fact: Figure, said: Figure): boolean =>
  (fact.amount === said.amount || fact.value === said.value) &&
  (said.unit !== "percent" || fact.unit === "percent");

function unsupported(text: string, sources: readonly string[]): string[] {
  const known = sources.flatMap(figuresIn);
  return figuresIn(text)
    .filter((said) => !said.spoken)
    .filter((said) => !known.some((fact) => holds(fact, said)))
    .map((said) => said.quote);
}

/** Whether every number of the range stands in the text. */
const namesSalary = (text: string, salary: string): boolean => {
  const said = figuresIn(text);
  return figuresIn(salary).every(({ amount }) => said.some((figure) => figure.amount === amount));
};

/** Whether numbers come from the record, and the one that matters most is there. */
export const NUMBER_RULES: readonly Rule[] = [
  {
    id: "unsupported_number",
    severity: "error",
    why: "No fact on record holds this number; leave it out, or put it on record first.",
    find: (draft, { allowedNumbers, recipientName, roleTitle, salary, now }) =>
      unsupported(withoutProposals(textOf(draft), now), [
        ...allowedNumbers,
        recipientName,
        roleTitle,
        salary ?? "",
      ]),
  },
  {
    id: "salary_missing",
    severity: "error",
    why: "Where this role is, the pay range must be known before the first talk.",
    fix: "set_pay",
    find: (draft, facts) => {
      if (!facts.salaryRequired || !isFirstContact(draft, facts)) return [];
      return facts.salary !== null && namesSalary(draft.body, facts.salary) ? [] : [""];
    },
  },
];
