import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { createPanelReports } from "../../src/services/panel-reports.ts";
import { createBegin } from "../../src/services/session.ts";
import type { Store } from "../../src/store/store.ts";
import { useDatabase } from "../support/database.ts";
import { ALAN, addMember, card, GRACE, startPanel } from "../support/panel.ts";

const database = useDatabase();
const caller = { client: "test 1", tool: "get_report", signal: new AbortController().signal };

const reportsFor = (store: Store, member: string, now = new Date("2026-11-26T09:00:00Z")) =>
  createPanelReports({
    begin: createBegin({ store: async () => store, now: () => now, member }),
    catalog: loadCatalog({}),
  });

describe("what is owed", () => {
  it("is listed over every running application, longest first, without the caller's own", async () => {
    const store = await database.workspace();
    const { ada, alan } = await startPanel(store);
    ada.clock.now = new Date("2026-11-25T09:00:00Z");
    await ada.ok("add_candidate", { role: "MLE", name: "Other", email: "other@example.test" });
    await alan.ok("submit_scorecard", card("screen", [3]));
    const { owed } = reportsFor(store, "ada@example.test");
    expect(await owed(caller, { role: "mle" })).toEqual([
      {
        ref: "MLE-1",
        name: "Zoë Okafor",
        role: "MLE",
        what: "scorecards",
        round: "screen",
        by: [GRACE],
        days: 2,
        next: "submit_scorecard",
      },
      {
        ref: "MLE-2",
        name: "Other",
        role: "MLE",
        what: "assessment",
        by: ["ada@example.test"],
        days: 1,
        next: "score_candidate",
      },
    ]);
    await addMember(store, "other@example.test", "viewer");
    expect((await reportsFor(store, "other@example.test").owed(caller, {})).map((o) => o.ref)).toEqual([
      "MLE-1",
    ]);
    await expect(owed(caller, { role: "NOPE" })).rejects.toThrow(/No role/);
  });
});

describe("agreement", () => {
  it("is over all cards of a role that the caller may see, and says how many it left out", async () => {
    const store = await database.workspace();
    const { ada, grace, alan } = await startPanel(store);
    await ada.ok("update_role", { role: "MLE", panel: [{ round: "screen", members: [GRACE, ALAN] }] });
    for (const n of [2, 3]) {
      const application = `MLE-${n}`;
      await ada.ok("add_candidate", {
        role: "MLE",
        name: `P${n}`,
        email: `p${n}@example.test`,
        resume_text: "Ran 4 models.",
      });
      await ada.ok("score_candidate", { application });
      await ada.ok("move_candidate", { application, to: "screen" });
      await alan.ok("submit_scorecard", card("screen", [n, 1, 4], "x", { application }));
      if (n === 2) await grace.ok("submit_scorecard", card("screen", [n, 2, 4], "x", { application }));
    }
    await alan.ok("submit_scorecard", card("screen", [3, 2, 4]));
    await grace.ok("submit_scorecard", card("screen", [3, 2, 3]));
    const [all] = await reportsFor(store, "ada@example.test").agreement(caller, {});
    expect(all).toMatchObject({ role: "MLE", applications: 3, left_out: 0, n: 12, criteria: 6 });
    expect(all?.value).toBeGreaterThan(0.5);
    const [hers] = await reportsFor(store, GRACE).agreement(caller, { role: "MLE" });
    expect(hers).toMatchObject({ applications: 2, left_out: 1, n: 12 });
  });

  it("says that there is not enough, on an empty record too", async () => {
    const store = await database.workspace();
    await startPanel(store);
    expect(await reportsFor(store, "ada@example.test").agreement(caller, {})).toMatchObject([
      { value: null, n: 0, reading: expect.stringMatching(/Not enough/) },
    ]);
    expect(await reportsFor(await database.workspace(), "ada@example.test").agreement(caller, {})).toEqual(
      [],
    );
  });
});
