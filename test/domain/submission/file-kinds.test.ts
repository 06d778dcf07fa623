import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { pathMatcher } from "../../../src/domain/submission/path-matcher.ts";

const kinds = loadCatalog({}).fileKinds();

describe("the kinds of files", () => {
  it.each([
    ["web/package-lock.json", "lock_files"],
    ["bun.lock", "lock_files"],
    ["app/go.sum", "lock_files"],
    ["infra/.terraform.lock.hcl", "lock_files"],
    ["vendor/lib/a.go", "vendored"],
    ["a/b_pb2.py", "generated"],
    ["api/service.pb.go", "generated"],
    ["src/__generated__/types.ts", "generated"],
    ["src/a.test.ts", "tests"],
    ["app/tests.py", "tests"],
    ["integration-tests/test_x.py", "tests"],
    ["src/test/java/FooTest.java", "tests"],
    ["lib/UserServiceTest.kt", "tests"],
    ["pkg/a_test.go", "tests"],
    ["spec/models/user_spec.rb", "tests"],
    ["testdata/golden.json", "tests"],
    ["pkg/fixtures/cert.pem", "tests"],
    ["conftest.py", "tests"],
    ["k8s/base/app.yaml", "infrastructure"],
    ["Dockerfile", "infrastructure"],
    ["api/Dockerfile.gpu", "infrastructure"],
    ["api.Dockerfile", "infrastructure"],
    ["compose.prod.yaml", "infrastructure"],
    ["docker-compose.yml", "infrastructure"],
    ["charts/app/templates/deployment.yaml", "infrastructure"],
    ["main.tf", "infrastructure"],
    [".github/workflows/ci.yml", "infrastructure"],
    [".gitlab-ci.yml", "infrastructure"],
    [".circleci/config.yml", "infrastructure"],
    ["docs/guide.md", "docs"],
    ["docs/index.html", "docs"],
    ["LICENSE", "docs"],
    ["LICENSE-MIT", "docs"],
    ["README.de.md", "docs"],
    ["CHANGELOG.rst", "docs"],
    ["notes.txt", "docs"],
    ["model.ONNX", "binary"],
    ["docs/screen.png", "binary"],
    ["data/train.csv", "data"],
    ["eval.jsonl", "data"],
    [".env", "configuration"],
    ["requirements.txt", "configuration"],
    ["requirements-dev.txt", "configuration"],
    ["requirements/base.in", "configuration"],
    ["constraints.txt", "configuration"],
    ["docs/conf.py", "configuration"],
    ["docs/a.yaml", "configuration"],
    [".github/CODEOWNERS", "configuration"],
    [".github/dependabot.yml", "configuration"],
    ["CMakeLists.txt", "configuration"],
    ["pyproject.toml", "configuration"],
    ["vite.config.ts", "configuration"],
    ["Makefile", "configuration"],
    [".github/ISSUE_TEMPLATE/bug.md", "docs"],
    ["src/notes/NoteList.tsx", "source"],
    ["src/license-check.ts", "source"],
    ["src/README.tsx", "source"],
    ["src/changelog/parse.py", "source"],
    ["src/docs/render.ts", "source"],
    ["src/contributing.go", "source"],
    ["src/testimonials.tsx", "source"],
    ["src/latest.py", "source"],
    ["src/contest.ts", "source"],
    ["src/data/loader.py", "source"],
    ["src/deploy/client.ts", "source"],
    ["notebooks/train.ipynb", "source"],
    ["proto/service.proto", "source"],
    ["migrations/0001_init.sql", "source"],
    ["models/staging/orders.sql", "source"],
    ["src/build/main.ts", "source"],
    ["services/ab-test/main.py", "source"],
    ["features/login.feature", "tests"],
    ["features/steps/login.py", "tests"],
    ["t/basic.t", "tests"],
    ["internal/testutil/db.go", "tests"],
    ["src/My.UnitTests/Calc.cs", "tests"],
    ["MyApp.Tests/UserTests.cs", "tests"],
    ["app/src/androidTest/java/A.kt", "tests"],
    ["jest.setup.js", "tests"],
    ["src/setupTests.js", "tests"],
    ["phpunit.xml", "tests"],
    ["perf_tests/locustfile.py", "tests"],
    ["nginx/nginx.conf", "infrastructure"],
    ["monitoring/prometheus.yml", "infrastructure"],
    ["grafana/dashboards/a.json", "infrastructure"],
    ["base/deployment.yaml", "infrastructure"],
    ["flux/apps.yaml", "infrastructure"],
    ["cdk.json", "infrastructure"],
    ["MLproject", "configuration"],
    ["COPYING.LESSER", "docs"],
    ["corpus/train.txt", "data"],
    ["pkg/coverage/report.go", "source"],
    ["src/base/model.py", "source"],
    ["features/store.py", "source"],
    ["src/nginx/parser.go", "source"],
    ["main.py", "source"],
    ["vendor", "source"],
  ])("put %s among %s", (path, area) => {
    expect(kinds.areaOf(path)).toBe(area);
  });

  it.each(["app/tests.py", "src/main/java/FooTest.java", "pkg/a_test.go", "web/a-test.ts", "lib/b.cy.js"])(
    "look for test cases in %s",
    (path) => {
      expect(kinds.isTest(path)).toBe(true);
    },
  );

  it.each(["src/latest.py", "src/contest.ts", "node_modules/a/test/b.js", "docs/Test.md"])(
    "look for none in %s",
    (path) => {
      expect(kinds.isTest(path)).toBe(false);
    },
  );
});

it("matches folders of any depth, one name, one sign and either of several", () => {
  const matches = pathMatcher(["src/**/{a,b}?.p*"]);
  expect(["src/a1.py", "src/x/y/b2.p"].every(matches)).toBe(true);
  expect(["src/a.py", "src/c1.py", "lib/src/a1.py"].some(matches)).toBe(false);
});

describe("JSON that may be a manifest", () => {
  it.each(["cluster.json", "ops/rollout.json", "ops/Deployment.JSON", "package/app.json"])(
    "is %s",
    (path) => {
      expect(kinds.mayBeManifest(path)).toBe(true);
    },
  );

  it.each([
    "web/package.json",
    "tsconfig.build.json",
    ".eslintrc.json",
    "api/user.schema.json",
    "src/Locales/de.json",
    ".vscode/settings.json",
    "src/__snapshots__/a.json",
    "cluster.yaml",
  ])("is not %s", (path) => {
    expect(kinds.mayBeManifest(path)).toBe(false);
  });
});

describe("programs that keep a repository", () => {
  it.each(["dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", "Renovate Bot"])(
    "commit as %s",
    (author) => {
      expect(kinds.isKeeper(author)).toBe(true);
    },
  );

  it.each(["Renovatea Silva", "ana@dependabot.example", "mergifyer"])("are not %s", (author) => {
    expect(kinds.isKeeper(author)).toBe(false);
  });
});
