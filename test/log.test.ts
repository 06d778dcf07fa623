import { DrizzleQueryError } from "drizzle-orm";
import { expect, it } from "vitest";
import { errorInLog } from "../src/log.ts";

it("a log line of a failed query has the statement and the code, and no value of it", () => {
  const cause = Object.assign(new Error('invalid input: "Dana Whitlock"'), {
    code: "23505",
    detail: "Key (email)=(dana@example.test) already exists.",
    constraint: "candidates_email",
  });
  const logged = errorInLog(
    new DrizzleQueryError("insert into candidates values ($1)", ["Dana Whitlock"], cause),
  );
  expect(logged).toMatchObject({
    query: "insert into candidates values ($1)",
    cause: { code: "23505", constraint: "candidates_email" },
  });
  expect(JSON.stringify(logged)).not.toMatch(/dana/i);
  expect(JSON.stringify(logged)).toContain("log.test.ts");
});

it("a log line of the database's own error has its code and place, and no value", () => {
  const error = Object.assign(new Error('invalid input: "Dana Whitlock"'), {
    severity: "ERROR",
    routine: "report_invalid",
    code: "23505",
    detail: "Key (email)=(dana@example.test) already exists.",
    table: "user",
  });
  const logged = errorInLog(error);
  expect(logged).toMatchObject({ code: "23505", table: "user", routine: "report_invalid" });
  expect(JSON.stringify(logged)).not.toMatch(/dana/i);
  expect(JSON.stringify(logged)).toContain("log.test.ts");
});

it("a log line of any other error tells it whole", () => {
  expect(errorInLog(new Error("no way in"))).toMatchObject({ message: "no way in", type: "Error" });
});
