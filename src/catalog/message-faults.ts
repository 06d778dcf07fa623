import { analyzeSync, Liquid, LiquidError } from "liquidjs";
import { SAMPLE_FACTS } from "../domain/outreach/facts.ts";
import { TEMPLATE_RULES } from "../domain/outreach/message-template.ts";

/** Something that a message template may not contain, with its line in the template, counted from 1. */
export type MessageFault = { readonly line: number; readonly why: string };

const engine = new Liquid({ ...TEMPLATE_RULES, templates: {} });

const TAGS = new Set(
  "if elsif else endif unless endunless case when endcase for endfor break continue assign comment endcomment".split(
    " ",
  ),
);
const LISTS = ["outcomes", "loop", "times", "evidence", "lane.tools", "lane.duties"];
const FACTS = Object.keys(SAMPLE_FACTS);

/** The faults of a subject or a body, found before any message is made from it. Empty when it can be filled. */
export function messageFaults(text: string): MessageFault[] {
  const faults = [...tagFaults(text), ...(parseFault(text) ?? [])];
  if (faults.length > 0) return faults;
  const unknown = unknownFacts(text);
  if (unknown.length > 0) return unknown;
  return trialFault(text);
}

function tagFaults(text: string): MessageFault[] {
  const faults: MessageFault[] = [];
  let depth = 0;
  for (const match of text.matchAll(/\{%-?\s*([a-z_#]*)\s*([\s\S]*?)-?%\}/g)) {
    const [, tag = "", rest = ""] = match;
    const line = text.slice(0, match.index).split("\n").length;
    const fault = (why: string) => faults.push({ line, why });
    if (tag === "include" || tag === "render" || tag === "layout" || tag === "block")
      fault(`${tag} reaches for a file, and a message has none`);
    else if (!TAGS.has(tag) && tag !== "#") fault(`the tag ${JSON.stringify(tag)} has no place in a message`);
    if (tag === "for") {
      depth += 1;
      const over = /^[\w-]+\s+in\s+([\w.]+)/.exec(rest)?.[1] ?? "";
      if (depth > 1) fault("a loop in a loop has no bound");
      else if (!LISTS.includes(over)) fault(`a loop may run over ${LISTS.join(", ")} and nothing else`);
    }
    if (tag === "endfor") depth -= 1;
  }
  return faults;
}

function parseFault(text: string): MessageFault[] | undefined {
  try {
    engine.parse(text);
    return undefined;
  } catch (error) {
    return [faultOf(error, "it cannot be read: a tag or filter is unknown, or something is not closed")];
  }
}

function unknownFacts(text: string): MessageFault[] {
  return Object.values(analyzeSync(engine.parse(text)).globals)
    .flat()
    .flatMap((variable) => {
      const path = variable.segments.map(String);
      if (isFact(path)) return [];
      const why = `there is no fact ${JSON.stringify(path.join("."))}; there are ${FACTS.join(", ")}`;
      return [{ line: variable.location.row, why }];
    });
}

/** `first`, `last`, `size` and list indexes belong to the template language; other names must be facts. */
function isFact([first = "", ...rest]: readonly string[]): boolean {
  let value: unknown = Object.hasOwn(SAMPLE_FACTS, first)
    ? SAMPLE_FACTS[first as keyof typeof SAMPLE_FACTS]
    : undefined;
  if (value === undefined) return false;
  for (const key of rest) {
    if (Array.isArray(value) || typeof value === "string") {
      if (key === "size") return true;
      if (!Array.isArray(value) || !/^(?:\d+|first|last)$/.test(key)) return false;
      value = value[0];
    } else if (typeof value === "object" && value !== null && Object.hasOwn(value, key))
      value = (value as Record<string, unknown>)[key];
    else return false;
  }
  return true;
}

/** Faults that only filling shows: an unknown field of a list's entries, or an unknown filter. */
function trialFault(text: string): MessageFault[] {
  try {
    engine.parseAndRenderSync(text, { ...SAMPLE_FACTS });
    return [];
  } catch (error) {
    return [
      faultOf(error, "it cannot be filled: it names a field or filter that there is none of, or never ends"),
    ];
  }
}

function faultOf(error: unknown, why: string): MessageFault {
  const liquidError = LiquidError.is(error) ? (error as LiquidError) : undefined;
  return { line: liquidError?.token?.getPosition?.()[0] ?? 1, why };
}
