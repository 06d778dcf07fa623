const SCHEME = /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"'`]+/giu;
// Nothing that a reader opens in something else than a browser, by accident or not.
const NO_WEB = /\b(?:mailto|javascript|vbscript|tel|sms):[^\s<>"'`]+/giu;
const RUN = /[\p{L}\p{N}_.-]+/gu;

// A bare name becomes a link in most mail programs when it ends like one of these, or in the two letters of a country.
const ENDINGS = new Set(
  [
    "com net org info biz dev app edu gov xyz top site online link click page cloud tech blog shop store live pro name mobi",
    "agency email space website world today zone jobs work news test example invalid local",
  ].flatMap((endings) => endings.split(" ")),
);
// Two letters that end a file's name far more often than a host's.
const FILE_ENDINGS = new Set("py md sh rs js ts go cs kt hs pl cc so ps tf tf rb ml mk jl vb hh".split(" "));

/** Links that lead somewhere that is not allowed, by their host: addresses with a scheme, and bare names of hosts. */
export function linksIn(text: string, allowedHosts: readonly string[]): string[] {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const addresses = (text.match(SCHEME) ?? []).flatMap((address) => foreignHost(address, allowed));
  // Blanked, so that the parts of an address are not read again as names.
  const rest = text.replace(SCHEME, " ");
  const names = [...rest.matchAll(RUN)].flatMap((match) => {
    const [before, after] = [rest[match.index - 1], rest[match.index + match[0].length]];
    if (before === "@" || after === "@") return [];
    const name = match[0].replace(/^[.-]+|[.-]+$/g, "");
    return isHostName(name, after === "/") && !allowed.has(name.toLowerCase()) ? [name] : [];
  });
  return [...addresses, ...(rest.match(NO_WEB) ?? []), ...names];
}

function foreignHost(address: string, allowed: ReadonlySet<string>): string[] {
  const trimmed = address.replace(/[).,;:!?\]]+$/, "");
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (!url) return [trimmed];
  const plain =
    (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "";
  return plain && allowed.has(url.host.toLowerCase()) ? [] : [url.host || trimmed];
}

function isHostName(name: string, withPath: boolean): boolean {
  const labels = name.split(".");
  const ending = labels.at(-1) ?? "";
  if (labels.length < 2 || labels.includes("")) return false;
  // `there.It` lacks a space, and `ASP.NET` is a product.
  if (!/^(?:\p{Ll}{2,}|\p{Lu}{2,}|xn--[a-z0-9-]+)$/u.test(ending) || ending === "NET") return false;
  const folded = ending.toLowerCase();
  if (ENDINGS.has(folded) || folded.startsWith("xn--")) return true;
  if (!/^[a-z]{2}$/.test(folded)) return withPath && !/^[a-z]+$/.test(folded);
  return withPath || !FILE_ENDINGS.has(folded);
}
