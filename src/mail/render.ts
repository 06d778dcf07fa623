import { DomainError } from "../domain/errors.ts";

/** A message as a role template holds it: Liquid, filled from facts alone. */
export type MessageTemplate = { readonly subject: string; readonly body: string };

const LIMITS = { parseLimit: 50_000, renderLimit: 200, memoryLimit: 1_000_000 } as const;

/**
 * Fills a message. Values are put in as they are and never rendered again, so a name that looks like a template stays
 * a name; templates reach no file, no prototype and no unknown variable.
 * @throws DomainError `invalid` when the template asks for something that there is no fact for.
 */
export async function renderMessage(
  template: MessageTemplate,
  facts: object,
): Promise<{ subject: string; body: string }> {
  const { Liquid } = await import("liquidjs");
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    ...LIMITS,
  });
  try {
    const subject = await liquid.parseAndRender(template.subject, facts);
    const body = await liquid.parseAndRender(template.body, facts);
    return { subject: subject.replace(/\s+/g, " ").trim(), body: tidy(body) };
  } catch (cause) {
    throw new DomainError(
      "invalid",
      "This message template cannot be filled: it is broken, or asks for a fact that there is none of.",
      "get_role_template with section messages shows it; the variables are listed in CONTRIBUTING.md.",
      { cause },
    );
  }
}

/** Branches that were not taken leave blank lines behind. */
const tidy = (body: string): string =>
  `${body
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
