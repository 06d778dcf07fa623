import { expect, it } from "vitest";
import { send } from "../../examples/github/server.ts";
import { worksOnGithub } from "../support/works-on-github.ts";

const begin = worksOnGithub();
const POD =
  "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n" +
  "spec: { containers: [{ name: a, image: r/a:1, resources: { requests: { cpu: 4 } } }] }\n";
const APP = "apiVersion: v1\nkind: Service\nmetadata: { name: app }\n";

it("without a token tells manifests and sources that were not read apart, each by its name", async () => {
  const sources = Object.fromEntries(["a.py", "b.py", "c.py"].map((path) => [path, "x = 1\n"]));
  const changed = Object.fromEntries(Object.keys(sources).map((path) => [path, "x = 1\ny = 2\n"]));
  const manifests = { "one.yaml": APP, "two.yaml": APP, "three.yaml": APP };
  const { pull } = await begin([{ files: { ...changed, ...manifests } }], {
    hasToken: false,
    start: sources,
  });
  const { snapshot } = await pull();
  expect(snapshot.missing).toEqual([
    { part: "infrastructure", why: "1 manifest was not read; with GITHUB_TOKEN one query reads them" },
    { part: "sources", why: "3 changed sources were not read; with GITHUB_TOKEN one query reads them" },
  ]);
});

it("where only sources were not read, what runs is known all the same", async () => {
  const { pull } = await begin([{ files: { "a.py": "x = 2\n", "b.py": "x = 2\n", "one.yaml": POD } }], {
    ...{ hasToken: false, start: { "a.py": "x = 1\n", "b.py": "x = 1\n" } },
  });
  const { facts } = await pull();
  expect(facts.infrastructure?.requested.cpu).toMatchObject({ after: { at_least: 4 } });
  expect(facts.missing.join("; ")).not.toMatch(/infrastructure/);
  expect(facts.missing.join("; ")).toMatch(/sources: \d changed sources? w/);
  expect(facts.tests.cases_added).toBe(0);
});

it("reads without a token what GitHub gives, though it fails for another file", async () => {
  const { pull } = await begin([{ files: { "one.yaml": APP, "two.yaml": APP } }], {
    hasToken: false,
    intercept(request, response) {
      if (!/\/contents\/two.yaml/.test(request.url ?? "")) return false;
      send(response, 404, { message: "Not Found" });
      return true;
    },
  });
  const { snapshot } = await pull();
  expect(snapshot.after.map(({ path }) => path)).toEqual(["one.yaml"]);
  expect(snapshot.missing).toEqual([
    { part: "infrastructure", why: "1 manifest was not read: GitHub shows nothing at this address" },
  ]);
});
