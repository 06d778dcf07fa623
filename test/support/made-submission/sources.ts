import fc from "fast-check";
import { type Fate, type Piece, sidesOf } from "./piece.ts";

const fates = fc.array(fc.constantFrom<Fate>("stays", "new", "goes"), { minLength: 1, maxLength: 8 });

/** A file of plain lines at one of several places. The path says the area. */
const lines = (n: number): fc.Arbitrary<Piece> =>
  fc
    .record({
      fates,
      end: fc.constantFrom("\n", "\r\n"),
      place: fc.constantFrom<readonly [string, Piece["area"]]>(
        [`src/app_${n}.py`, "source"],
        [`web/view ${n}.tsx`, "source"],
        [`docs/page ${n}.md`, "docs"],
        [`notes/é${n}.txt`, "docs"],
        [`service${n}/poetry.lock`, "lock_files"],
        [`vendor/v${n}/v.go`, "vendored"],
        [`dist/out${n}.js`, "generated"],
        [`data/set${n}.csv`, "data"],
        [`service${n}/settings.ini`, "configuration"],
      ),
    })
    .map(({ fates, end, place: [path, area] }) => {
      const { before, after } = sidesOf(
        fates.map((fate, i) => [fate, `value_${n}_${i} = ${i}`]),
        end,
      );
      const isChanged = before !== after;
      return {
        ...{ path, area, given: before, steps: [after] },
        // Of a page that is gone only the start has lines.
        traces: area === "docs" && path.startsWith("docs/") && isChanged && after !== null ? ["docs"] : [],
      };
    });

const MODULE = (n: number) => Array.from({ length: 12 }, (_, i) => `value_${n}_${i} = ${i}\n`).join("");

/** Files of which the lines say little: moved, made programs or links, empty, binary. */
const odd = (n: number): fc.Arbitrary<Piece> =>
  fc.constantFrom<Piece>(
    {
      path: `src/new_${n}.py`,
      from: `src/was_${n}.py`,
      area: "source",
      given: MODULE(n),
      steps: [MODULE(n)],
    },
    {
      ...{ path: `lib/new_${n}.py`, from: `src/was_${n}.py`, area: "source", given: MODULE(n) },
      steps: [`${MODULE(n)}more_${n} = 1\n`],
    },
    {
      ...{ path: `src/run_${n}.sh`, area: "source", given: `echo ${n}\n` },
      steps: [{ mode: "100755", is: `echo ${n}\n` }],
    },
    {
      ...{ path: `src/link_${n}.py`, area: "source", given: MODULE(n) },
      steps: [{ mode: "120000", is: "../README.md" }],
    },
    { path: `pkg_${n}/__init__.py`, area: "source", given: null, steps: [""] },
    { path: `img/p${n}.png`, area: "binary", given: null, steps: [Uint8Array.of(0, n, 1, 2)] },
    {
      ...{ path: `img/q${n}.png`, area: "binary", given: Uint8Array.of(0, n, 1, 2) },
      steps: [Uint8Array.of(0, n, 3, 4)],
    },
    { path: `model/m${n}`, area: "source", given: null, steps: [Uint8Array.of(0, 255, n)] },
  );

/** Files with a trace of a requirement, and such that only look like it. */
const traced = (n: number): fc.Arbitrary<Piece> => {
  const source = { path: `src/serve_${n}.py`, area: "source", given: `port_${n} = 1\n` } as const;
  const settings = { path: `config/limits_${n}.toml`, area: "configuration", given: `a_${n} = 1\n` } as const;
  return fc.constantFrom<Piece>(
    { ...source, steps: [`port_${n} = 1\nstart_http_server(port_${n})\n`], traces: ["metrics"] },
    { ...source, steps: [`port_${n} = 1\n# start_http_server(port_${n})\n`] },
    { ...source, steps: [`port_${n} = 1\nstart_http_server(port_${n})\n`, `port_${n} = 1\n`] },
    { ...settings, steps: [`a_${n} = 1\nmax_batch_size = ${n}\n`], traces: ["limits"] },
    { ...settings, steps: [`a_${n} = 1\nb_${n} = 2\n`], touches: "limits" },
    { path: `src/old_${n}.py`, area: "source", given: MODULE(n), steps: [null], traces: ["old"] },
  );
};

/** Letters and digits that no placeholder has, in another order for each file. */
const signs = (n: number, length: number) =>
  Array.from({ length }, (_, i) => "QX7ZT4RNW2PLM6KD"[(i * (2 * (n % 8) + 1) + n) % 16]).join("");

/** A credential that stays, goes again, or was there at the start. */
const secret = (n: number): fc.Arbitrary<Piece> =>
  fc
    .record({
      form: fc.constantFrom(
        { kind: "AWS access key", value: `AK${"IA"}${signs(n, 16)}` },
        { kind: "GitHub token", value: `gh${"p_"}${signs(n, 36)}` },
      ),
      before: fc.nat({ max: 4 }),
      fate: fc.constantFrom("stays", "goes again", "was there", "was there and goes"),
      isNew: fc.boolean(),
    })
    .map(({ form: { kind, value }, before, fate, isNew }) => {
      const plain = Array.from({ length: before + 1 }, (_, i) => `value_${n}_${i} = ${i}\n`).join("");
      const holding = `${plain}key_${n} = "${value}"\n`;
      const more = `more_${n} = 1\n`;
      const place = { path: `src/client_${n}.py`, area: "source" } as const;
      const line = before + 2;
      if (fate === "was there") return { ...place, given: holding, steps: [holding + more] };
      if (fate === "was there and goes") return { ...place, given: holding, steps: [plain + more] };
      const given = isNew ? null : plain;
      return fate === "stays"
        ? { ...place, given, steps: [holding, holding + more], secret: { kind, line, from: 0 } }
        : { ...place, given, steps: [holding, plain], secret: { kind, line, from: 0, to: 1 } };
    });

export const source = (n: number): fc.Arbitrary<Piece> =>
  fc.oneof(
    { weight: 3, arbitrary: lines(n) },
    { weight: 2, arbitrary: odd(n) },
    { weight: 2, arbitrary: traced(n) },
    { weight: 3, arbitrary: secret(n) },
  );
