import type { HiddenUntil } from "../../domain/panel/visibility.ts";
import { hiddenText } from "../text/fields/hidden.ts";

/** Facts with the sentence that says what is hidden from the reader; without `hidden` where nothing is. */
export function hiddenAnswer<T extends { readonly hidden?: HiddenUntil | null | undefined }>({
  hidden,
  ...facts
}: T): Omit<T, "hidden"> & { hidden?: string } {
  return { ...facts, ...(hidden ? { hidden: hiddenText(hidden) } : {}) };
}
