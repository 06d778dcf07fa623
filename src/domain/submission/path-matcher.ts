import * as z from "zod";

/** Some globs of a list in the catalogue. */
export const Paths = z.strictObject({
  paths: z.array(z.string()).min(1),
  any_case: z.boolean().default(false),
});
type Paths = z.infer<typeof Paths>;

/**
 * Whether a path matches one of some globs: `**` is any folders or none, `*` any characters of one name, `?` exactly
 * one, `{a,b}` either. Every other character matches itself.
 */
export function pathMatcher(
  globs: readonly string[],
  { anyCase = false }: { readonly anyCase?: boolean } = {},
): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const pattern = new RegExp(`^(?:${globs.map(patternOf).join("|")})$`, anyCase ? "is" : "s");
  return (path) => pattern.test(path);
}

function patternOf(glob: string): string {
  const parts = glob.split("/");
  const isFolders = (n: number) => parts[n] === "**";
  const last = parts.length - 1;
  return parts
    .map((part, n) => {
      if (isFolders(n) && n < last) return "(?:.*/)?";
      if (isFolders(n)) return n === 0 || isFolders(n - 1) ? ".*" : "(?:/.*)?";
      const slash = n === last || (n + 1 === last && isFolders(last)) ? "" : "/";
      return `${namePattern(part)}${slash}`;
    })
    .join("");
}

/** The pattern for one name of a glob. Commas separate alternatives only between brackets. */
function namePattern(name: string): string {
  return name
    .split(/(\{[^{}]*\})/)
    .map((piece) => {
      const isChoice = piece.startsWith("{") && piece.endsWith("}");
      return isChoice ? `(?:${piece.slice(1, -1).split(",").map(wildcards).join("|")})` : wildcards(piece);
    })
    .join("");
}

const wildcards = (text: string): string =>
  text
    .replace(/[\\^$.+()[\]|{}]/g, "\\$&")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]");

export const matcherOf = ({ paths, any_case }: Paths): ((path: string) => boolean) =>
  pathMatcher(paths, { anyCase: any_case });

/** Whether a path matches any glob of some lists. */
export function anyOf(lists: readonly Paths[]): (path: string) => boolean {
  const matchers = lists.map(matcherOf);
  return (path) => matchers.some((matches) => matches(path));
}
