import { readFileSync } from "node:fs";
import { parse } from "yaml";
import {
  type DutyRule,
  type LongestRule,
  RetentionData,
  type RetentionRules,
} from "../domain/personal-data/retention-rule.ts";

let read: RetentionRules | undefined;

/** How long records of applicants are kept, by place. Read when first needed. */
export function loadRetention(): RetentionRules {
  read ??= rulesIn(readFileSync(new URL("personal-data/retention.yaml", import.meta.url), "utf8"));
  return read;
}

function rulesIn(text: string): RetentionRules {
  const { asking, rules } = RetentionData.parse(parse(text));
  return {
    asking: asking.keep,
    duties: rules.filter((rule): rule is DutyRule => rule.kind === "duty"),
    longest: rules.filter((rule): rule is LongestRule => rule.kind === "longest"),
  };
}
