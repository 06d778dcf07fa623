import type { HiddenUntil } from "../../domain/panel/visibility.ts";
import { hiddenText } from "../text/fields/hidden.ts";

/**
 * Replaces `hidden` by the sentence about what is hidden from the reader. Without anything hidden, there is no such
 * field.
 */
export function hiddenAnswer<T extends { readonly hidden?: HiddenUntil | null | undefined }>({
  hidden,
  ...facts
}: T): Omit<T, "hidden"> & { hidden?: string } {
  return { ...facts, ...(hidden ? { hidden: hiddenText(hidden) } : {}) };
}
