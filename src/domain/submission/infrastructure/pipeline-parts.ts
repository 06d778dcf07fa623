import { plainLine } from "../../untrusted.ts";
import type { Pipeline } from "./facts.ts";
import { isPinned } from "./pod.ts";

/** The most names listed. More of them would not help a reader. */
export const MAX_NAMES = 30;

export const emptyPipeline = (path: string, system: Pipeline["system"], steps: number | null): Pipeline => ({
  path: plainLine(path),
  system,
  steps,
  with_retries: 0,
  with_timeout: 0,
  pinned: 0,
  unpinned: [],
  jobs: [],
  why: [],
});

/** A pipeline of which nothing could be read. */
export const unreadPipeline = (path: string, system: Pipeline["system"], why: string): Pipeline => ({
  ...emptyPipeline(path, system, null),
  with_retries: null,
  with_timeout: null,
  pinned: null,
  why: [why],
});

export function imagesOf(images: readonly unknown[]): Pick<Pipeline, "pinned" | "unpinned"> {
  const texts = images.filter((image): image is string => typeof image === "string");
  return {
    pinned: texts.filter(isPinned).length,
    unpinned: texts
      .filter((image) => !isPinned(image))
      .slice(0, MAX_NAMES)
      .map((image) => plainLine(image)),
  };
}
