import type { Liquid, Template } from "liquidjs";
import { DomainError } from "../domain/errors.ts";
import { TEMPLATE_RULES } from "../domain/outreach/message-template.ts";

/** A message template: Liquid text that is filled with facts only. */
type MessageText = { readonly subject: string; readonly body: string };

let engine: Promise<Liquid> | undefined;
type Parsed = { readonly subject: Template[]; readonly body: Template[] };
const parsed = new WeakMap<MessageText, Parsed>();

/**
 * Fills a message template. Values are inserted as they are and never parsed, so a name that looks like a template
 * stays a name. Templates cannot reach files, prototypes or unknown variables.
 * @throws DomainError `invalid` when the template is broken or uses a fact that does not exist.
 */
export async function renderMessage(
  template: MessageText,
  facts: object,
): Promise<{ subject: string; body: string }> {
  const liquid = await loaded();
  try {
    const parts = parse(liquid, template);
    const subject: string = await liquid.render(parts.subject, facts);
    const body: string = await liquid.render(parts.body, facts);
    return { subject: subject.replace(/\s+/g, " ").trim(), body: tidy(body) };
  } catch (cause) {
    throw new DomainError(
      "invalid",
      "This message template cannot be filled: it is broken, or asks for a fact that there is none of.",
      { do: "look_at_message_template" },
      { cause },
    );
  }
}

/** Whether a template uses this fact. */
export async function namesFact(template: MessageText, fact: string): Promise<boolean> {
  const liquid = await loaded();
  const { subject, body } = parse(liquid, template);
  return [subject, body].some((part) => liquid.globalVariablesSync(part).includes(fact));
}

// The engine is loaded when first needed. Parsed templates are kept too, because parsing takes ten times as long as
// filling.
function loaded(): Promise<Liquid> {
  engine ??= import("liquidjs").then(({ Liquid }) => new Liquid({ ...TEMPLATE_RULES, templates: {} }));
  return engine;
}

function parse(liquid: Liquid, template: MessageText): Parsed {
  const message = parsed.get(template) ?? {
    subject: liquid.parse(template.subject),
    body: liquid.parse(template.body),
  };
  parsed.set(template, message);
  return message;
}

/** Removes blank lines left by branches that were not taken. */
const tidy = (body: string): string =>
  `${body
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
