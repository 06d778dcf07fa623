import type { ServerContext } from "@modelcontextprotocol/server";
import { describe, expect, it } from "vitest";
import { withProgress } from "../../src/mcp/progress.ts";
import { ERAS } from "../support/clients.ts";
import { useDatabase } from "../support/database.ts";
import { start } from "../support/harness.ts";

const database = useDatabase();

describe("a call that takes longer than a second", () => {
  it.each(ERAS)("tells a client that wants to know that it goes on (%s)", async (era) => {
    let open = () => {};
    const opening = new Promise<void>((resolve) => {
      open = resolve;
    });
    const greenflag = await start({ store: await database.workspace(), era, opening });
    const seconds: number[] = [];
    const answer = await greenflag.call("get_pipeline", {}, ({ progress }) => {
      if (seconds.push(progress) === 2) open();
    });
    expect(answer.isError).toBe(false);
    expect(seconds.length).toBeGreaterThanOrEqual(2);
    expect(seconds).toEqual([...new Set(seconds)].sort((a, b) => a - b));
    await greenflag.close();
  });

  it("is silent towards a client that does not", async () => {
    const notices: unknown[] = [];
    const context = { mcpReq: { notify: async (notice: unknown) => notices.push(notice) } };
    const slow = () => new Promise<string>((resolve) => setTimeout(resolve, 1_100, "done"));
    expect(await withProgress(context as unknown as ServerContext, slow)).toBe("done");
    expect(notices).toEqual([]);
  });
});
