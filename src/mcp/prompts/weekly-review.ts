import type { Prompt } from "./index.ts";

export const weeklyReview: Prompt = {
  name: "weekly_review",
  title: "Review the week",
  description: "What moved, what waits for us, and the three things to do first.",
  needs: [{ name: "role", optional: true }],
  write({ role }) {
    return [
      `Review our hiring week with Greenflag${role ? ` for role ${role}` : ""}.`,
      `1. get_pipeline${role ? ` with role ${role}` : ""}: report each role by stage, weeks open, and who is over the goal.`,
      "2. Take needs_attention in its order: it is sorted by severity, then days over, then closeness to an offer.",
      "3. Offer to do the first three: score, summarize, draft a status_update. Do one at a time and only when I agree.",
      "Give references with names, and say a number only where the tool gave it.",
    ].join("\n");
  },
};
