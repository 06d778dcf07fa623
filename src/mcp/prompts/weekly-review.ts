import { READ } from "../../domain/access.ts";
import type { Prompt } from "./prompt.ts";

export const weeklyReview: Prompt = {
  name: "weekly_review",
  access: READ,
  title: "Review the week",
  description: "What moved, what waits for us, and the three things to do first.",
  needs: [{ name: "role", optional: true }],
  write({ role }) {
    const of = role ? `, role ${role}` : "";
    return [
      `Review our hiring week with Greenflag${role ? ` for role ${role}` : ""}. Three calls are enough:`,
      `1. get_pipeline${role ? ` with role ${role}` : ""}: each role by stage, its weeks open beside what such searches take,`,
      "   what waits for us and what for the candidate. Take needs_attention in its order, which the answer states,",
      "   and keep each item's next call; one that",
      "   names who is theirs to make. Say how many more there are of a kind. Name the drafts that wait, one by one;",
      "   each is read and confirmed on its own.",
      `2. get_report with report funnel${of}: where people are lost. Show me the chart; say conversion with its denominator.`,
      `3. get_report with report time_in_stage${of}: which stage is slower than its goal, median and 85th percentile.`,
      "Then name the three things to do first, each with its next call, and do one at a time, only when I agree.",
      "Give references with names. Say a number only where a tool gave it, with its denominator; where a report says insufficient",
      "data, say so and draw no conclusion.",
    ].join("\n");
  },
};
