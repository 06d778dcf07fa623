import type { Parser } from "@lezer/common";
import { parser as goParser } from "@lezer/go";
import { parser as javaParser } from "@lezer/java";
import { parser as javascriptParser } from "@lezer/javascript";
import { parser as pythonParser } from "@lezer/python";
import { parser as rustParser } from "@lezer/rust";
import { parser as yamlParser } from "@lezer/yaml";

/** How comments and strings are written in a language that is not parsed. */
export type LexicalRules = {
  /** What begins a comment that ends with its line. */
  readonly line?: readonly string[];
  /** What begins and ends a comment over several lines. */
  readonly block?: readonly (readonly [open: string, close: string])[];
  /** What begins and ends a string, longest first. */
  readonly quotes?: readonly string[];
  /** A comment begins only where a word could begin, as in a shell, so that `a#b` is none. */
  readonly commentsBetweenWords?: true;
  /** A comment takes a whole line, as in a Dockerfile. */
  readonly commentLines?: true;
};

type Grammar = { readonly parser: Parser } | { readonly rules: LexicalRules };

/** A language: its name for readers, and what its comments and strings are known by. */
export type Language = Grammar & { readonly name: string };

const HASH: LexicalRules = { line: ["#"], quotes: ['"', "'"] };
const SHELL: LexicalRules = { ...HASH, commentsBetweenWords: true };
const C_LIKE: LexicalRules = { line: ["//"], block: [["/*", "*/"]], quotes: ['"""', '"', "'"] };
const SQL: LexicalRules = { line: ["--"], block: [["/*", "*/"]], quotes: ["'", '"'] };
const lexical = (name: string, rules: LexicalRules): Language => ({ name, rules });
const scripts = (dialect: string): Parser => javascriptParser.configure({ dialect });

const PYTHON: Language = { name: "Python", parser: pythonParser };
const JAVASCRIPT: Language = { name: "JavaScript", parser: scripts("jsx") };
const TYPESCRIPT: Language = { name: "TypeScript", parser: scripts("ts") };
const TSX: Language = { name: "TypeScript", parser: scripts("jsx ts") };
const YAML: Language = { name: "YAML", parser: yamlParser };

/** Languages by the ending of a file's name. */
const BY_ENDING: ReadonlyMap<string, Language> = new Map(
  (
    [
      [["py", "pyi", "pyw"], PYTHON],
      [["js", "jsx", "mjs", "cjs"], JAVASCRIPT],
      [["ts", "mts", "cts"], TYPESCRIPT],
      [["tsx"], TSX],
      [["java"], { name: "Java", parser: javaParser }],
      [["go"], { name: "Go", parser: goParser }],
      [["rs"], { name: "Rust", parser: rustParser }],
      [["yml", "yaml"], YAML],
      [["json", "jsonc", "json5"], lexical("JSON", { line: ["//"], block: [["/*", "*/"]], quotes: ['"'] })],
      [["toml"], lexical("TOML", { line: ["#"], quotes: ['"""', "'''", '"', "'"] })],
      [["ini", "cfg", "conf", "properties", "env"], lexical("INI", { line: ["#", ";"], commentLines: true })],
      [["sh", "bash", "zsh", "bats"], lexical("Shell", SHELL)],
      [["tf", "tfvars", "hcl"], lexical("HCL", { line: ["#", "//"], block: [["/*", "*/"]], quotes: ['"'] })],
      [["mk"], lexical("Makefile", SHELL)],
      [["sql"], lexical("SQL", SQL)],
      [["rb"], lexical("Ruby", { ...HASH, block: [["\n=begin", "\n=end"]] })],
      [["kt", "kts"], lexical("Kotlin", C_LIKE)],
      [["scala", "sc"], lexical("Scala", C_LIKE)],
      [["groovy", "gradle"], lexical("Groovy", C_LIKE)],
      [["cs"], lexical("C#", C_LIKE)],
      [["c", "h"], lexical("C", C_LIKE)],
      [["cc", "cpp", "cxx", "hpp", "cu"], lexical("C++", C_LIKE)],
      [["swift"], lexical("Swift", C_LIKE)],
      [["dart"], lexical("Dart", C_LIKE)],
      [["php"], lexical("PHP", { ...C_LIKE, line: ["//", "#"] })],
      [["r"], lexical("R", HASH)],
      [["jl"], lexical("Julia", { ...HASH, block: [["#=", "=#"]], quotes: ['"""', '"'] })],
      [["ex", "exs"], lexical("Elixir", { ...HASH, quotes: ['"""', '"', "'"] })],
      [["pl", "t"], lexical("Perl", SHELL)],
      [["ps1"], lexical("PowerShell", { ...SHELL, block: [["<#", "#>"]] })],
      [["lua"], lexical("Lua", { line: ["--"], block: [["--[[", "]]"]], quotes: ['"', "'"] })],
      [["feature"], lexical("Gherkin", { line: ["#"], commentLines: true })],
      [["robot"], lexical("Robot Framework", { line: ["#"], commentsBetweenWords: true })],
      [["clj", "cljs"], lexical("Clojure", { line: [";"], quotes: ['"'] })],
      [["hs"], lexical("Haskell", { line: ["--"], block: [["{-", "-}"]], quotes: ['"'] })],
    ] satisfies [string[], Language][]
  ).flatMap(([endings, language]) => endings.map((ending) => [ending, language] as const)),
);

/** Languages by the whole name of a file, where it has no ending that says it. */
const BY_NAME: readonly (readonly [name: RegExp, language: Language])[] = [
  [
    /^(?:.+\.)?(?:dockerfile|containerfile)(?:\..*)?$/i,
    lexical("Dockerfile", { line: ["#"], commentLines: true }),
  ],
  [/^(?:gnu)?makefile$|^justfile$/i, lexical("Makefile", SHELL)],
  [
    /^(?:requirements|constraints).*\.(?:txt|in)$/i,
    lexical("requirements", { line: ["#"], commentsBetweenWords: true }),
  ],
  [/^jenkinsfile$/i, lexical("Groovy", C_LIKE)],
  [/^\.env(?:\..+)?$|^\.(?:editorconfig|npmrc|gitconfig|flake8|coveragerc|pylintrc)$/, lexical("INI", HASH)],
  [/^(?:rakefile|gemfile)$/i, lexical("Ruby", HASH)],
  [/^go\.mod$/, lexical("go.mod", { line: ["//"] })],
];

/** The language of a file, by its name. Undefined for prose, data and what is not on the table. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const named = BY_NAME.find(([pattern]) => pattern.test(name));
  if (named) return named[1];
  const dot = name.lastIndexOf(".");
  return dot < 0 ? undefined : BY_ENDING.get(name.slice(dot + 1).toLowerCase());
}
