import { loadCatalog } from "../../../../src/catalog/load.ts";
import { teamDirectory } from "../../../catalog/team-directory.ts";
import { useDatabase } from "../../../support/database.ts";
import { type Harness, type HarnessOptions, start } from "../../../support/harness.ts";
import { addMember, assign } from "../../../support/panel.ts";

/** A trade of its own with an exercise of each form, and a rubric of one flag that a figure shows. */
const TEMPLATE = `
id: boat-seller
title: Boat seller
key: BS
stages:
  - { id: applied, name: Applied, kind: application, goal_days: 3, gate: [] }
  - { id: task, name: Written task, kind: exercise, goal_days: 7, minutes: 45, gate: [submission, scorecards] }
  - { id: quay, name: On the quay, kind: exercise, goal_days: 5, minutes: 60, gate: [scorecards] }
  - { id: debrief, name: Debrief, kind: debrief, goal_days: 2, gate: [votes] }
  - { id: offer, name: Offer, kind: offer, goal_days: 5, gate: [] }
rubric:
  vocabulary: {}
  profile:
    expects: operator
    operator: { any: [{ signal: phrase, of: [sold] }] }
    modeler: { any: [{ signal: phrase, of: [brochure] }] }
  flags:
    - id: boats_sold
      label: Boats sold
      polarity: green
      definition: How many boats they sold.
      counts: ["sold 14 boats"]
      does_not_count: ["love boats"]
      examples: { yes: "Sold 14 boats.", no: "Loves boats." }
      why: A count of boats.
      question: How many boats did you sell?
      weight: 2
      conditions: [{ missing: no number of boats in it, any: [{ signal: count, of: [boats] }] }]
exercises:
  - { id: plan, form: written, title: A season's plan, brief: "Plan one season for a harbour of 80 berths, on two pages.", round: task,
      hours: 2, due_days: 7, ai_policy: "Any tool; say where you used one.",
      requirements: [{ id: berths, text: The plan counts the berths }, { id: price, text: A price has a reason }] }
  - { id: past_work, form: portfolio, title: Three boats you sold, brief: "Show three sales of your own.", round: task, hours: 1,
      due_days: 5, ai_policy: "Any tool." }
  - { id: buyer, form: role_play, title: The careful buyer, brief: "A buyer asks you about an old boat.", round: quay, hours: 1,
      due_days: 6, ai_policy: "None in the room." }
  - { id: pitch, form: talk, title: Ten minutes on one boat, brief: "Present one boat to three of us.", round: quay, hours: 2,
      due_days: 6, ai_policy: "Any tool." }
`;

export const BS = { application: "BS-1" };
export const PLAN = { ...BS, exercise: "plan" };
export const WORK = {
  ...BS,
  kind: "work_sample",
  text: "A plan for 80 berths. Last year I sold 20 boats from this quay.",
};
export const INES = "ines@example.test";

/** A role of that trade with one candidate, Mira, whose letter shows no flag. */
export function useBoats() {
  const database = useDatabase();
  const catalog = () => loadCatalog({ directory: teamDirectory({ "boat-seller.yaml": TEMPLATE }) });
  return {
    async begin(more: Partial<HarnessOptions> = {}) {
      const store = await database.workspace();
      const options = { store, catalog: catalog(), ...more };
      const ada = await start(options);
      await ada.ok("open_role", { template: "boat-seller", level: "mid", location: "Hamburg" });
      const person = { role: "BS", name: "Mira Holm", email: "mira@example.test", timezone: "Europe/Berlin" };
      await ada.ok("add_candidate", { ...person, resume_text: "Loves boats and quays." });
      return {
        ...{ store, ada },
        /** A colleague with interviewer's access, who sits in the rounds named. */
        async interviewer(...rounds: string[]): Promise<Harness> {
          await addMember(store, INES);
          for (const round of rounds) await assign(store, round, [INES], "ada@example.test", "BS-1");
          return start({ ...options, member: INES });
        },
      };
    },
  };
}

export const moveTo = (ada: Harness, to: string) =>
  ada.agreed("move_candidate", { ...BS, to, override: true, reason: "For the test" });
