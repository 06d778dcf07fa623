import { EVERYONE } from "../../domain/access.ts";
import { withArticle } from "../../domain/article.ts";
import { linesOf } from "../text/lines.ts";
import type { Prompt } from "./prompt.ts";

export const scopeRole: Prompt = {
  name: "scope_role",
  access: EVERYONE,
  title: "Scope a role",
  description:
    "Decide lane, outcomes, must-haves, pay and loop before anyone is interviewed, and open the role.",
  needs: [{ name: "template" }],
  write({ template = "" }, { services }) {
    const { title, lanes, mistakes, salary } = services.catalog.get(template);
    return linesOf(
      `Help me scope and open ${withArticle(title)} role with Greenflag.`,
      "If I have a job post already, pass it to check_role as description first and read me the findings with their",
      "quotes. Then work through this with me, one question at a time:",
      ...lanes.map((lane) => `- Lane ${lane.id}: ${lane.hire_when}`),
      lanes.length > 0 && "- Which lane is it? Ask what hurts today; if I name two lanes, make me choose.",
      "- Two or three outcomes, each with a number and where it stands now.",
      "- At most six must-haves; everything else is a nice-to-have.",
      salary.levels.length > 0
        ? `- Level, location, remote. Call benchmark_salary (template ${template}) with them, show me each step, and agree on a range.`
        : "- Level, location, remote, and the range that we pay: there are no figures for this title.",
      "- Work at night, at weekends or on a rota as it really is (on_call), or that there is none.",
      "Then call open_role with all of it, read me the findings and the forecast (check_role with the role), and fix them with",
      "update_role. When no error is left, call draft_job_post and show me the post.",
      mistakes.length > 0 && `Watch for: ${mistakes.map((m) => m.title).join("; ")}.`,
    );
  },
};
