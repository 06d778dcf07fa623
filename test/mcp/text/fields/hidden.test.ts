import { expect, it } from "vitest";
import { hiddenText } from "../../../../src/mcp/text/fields/hidden.ts";

it.each([
  [{}, "What others on the panel said is hidden until"],
  [
    { except: ["screen"] },
    "Apart from the scorecards of screen, what others on the panel said is hidden until",
  ],
])("says what is hidden, and which earlier cards are not", (open, begins) => {
  const text = hiddenText({ until: "scorecards", rounds: ["incident"], ...open });
  expect(text).toBe(`${begins} you submit your scorecard for incident (submit_scorecard).`);
});
