import { DomainError } from "./errors.ts";

const MAX_DEPTH = 32;

/**
 * Refuses values that a database would lose, alter or fail on: half a surrogate pair, NUL, or very deep nesting.
 * @throws DomainError `invalid` naming the field.
 */
export function requireWellFormed(value: unknown, field = "", depth = 0): void {
  if (depth > MAX_DEPTH)
    throw new DomainError("invalid", `${field}: nested more than ${MAX_DEPTH} levels deep.`);
  if (typeof value === "string") requireText(value, field);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = Array.isArray(value) ? `${field}[${key}]` : [field, key].filter(Boolean).join(".");
    requireWellFormed(inner, name, depth + 1);
  }
}

function requireText(text: string, field: string): void {
  if (text.includes("\0"))
    throw new DomainError("invalid", `${field}: holds a NUL character.`, "Remove it and call again.");
  if (!text.isWellFormed()) {
    throw new DomainError(
      "invalid",
      `${field}: holds half a character (a lone surrogate).`,
      "Pass well-formed Unicode text.",
    );
  }
}
