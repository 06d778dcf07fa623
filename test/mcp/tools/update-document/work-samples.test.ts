import { describe, expect, it } from "vitest";
import { PLAN, useBoats, WORK } from "../work-samples/set-up.ts";

const { begin } = useBoats();

/** Two candidates; the first was given the written task and has handed in, the second as far as wanted. */
async function beginTwo({ given }: { readonly given: boolean }) {
  const { ada, ...rest } = await begin();
  await ada.ok("add_candidate", { role: "BS", name: "Jan Holt", email: "jan@example.test" });
  await ada.ok("assign_exercise", PLAN);
  if (given) await ada.ok("assign_exercise", { ...PLAN, application: "BS-2" });
  const { document } = await ada.ok("add_document", WORK);
  for (const application of ["BS-1", "BS-2"]) await ada.ok("move_candidate", { application, to: "task" });
  const owes = async (application: string) =>
    (await ada.ok("get_candidate", { application })).tasks.map(({ what }) => what).includes("submission");
  return { ...rest, ada, work: document.id, owes };
}
const move = (document: string, application = "BS-1", move_to = "BS-2") => ({
  application,
  document,
  move_to,
});

describe("update_document moves a work sample", () => {
  it("and with it that it was handed in: the first waits again, the second does not", async () => {
    const { ada, work, owes } = await beginTwo({ given: true });
    expect([await owes("BS-1"), await owes("BS-2")]).toEqual([false, true]);
    const { facts, text } = await ada.call("update_document", move(work));
    expect(facts).toMatchObject({ waits_again: "BS-1", handed_in: { exercise: "plan" } });
    expect(text).toContain("Nothing is handed in at BS-1 any more");
    expect([await owes("BS-1"), await owes("BS-2")]).toEqual([true, false]);
    await ada.ok("update_document", move(work, "BS-2", "BS-1"));
    expect([await owes("BS-1"), await owes("BS-2")]).toEqual([false, true]);
  });

  it("to somebody who was given nothing: it is kept there and counts as no submission", async () => {
    const { ada, work, owes } = await beginTwo({ given: false });
    const { facts, text } = await ada.call("update_document", move(work));
    expect(facts).toMatchObject({ waits_again: "BS-1", handed_in: null });
    expect(text).toContain("counts as no submission");
    expect(await owes("BS-1")).toBe(true);
  });

  it("and the first does not wait again while another of theirs answers the exercise", async () => {
    const { ada, work, owes } = await beginTwo({ given: true });
    await ada.ok("add_document", { ...WORK, text: "A second plan, for 120 berths." });
    expect(await ada.ok("update_document", move(work))).not.toHaveProperty("waits_again");
    expect([await owes("BS-1"), await owes("BS-2")]).toEqual([false, false]);
  });

  it("and where it is removed the exercise waits again, where it is replaced it does not", async () => {
    const { ada, work, owes } = await beginTwo({ given: true });
    const better = { application: "BS-1", document: work, text: "A better plan for 80 berths." };
    const replaced = await ada.ok("update_document", better);
    expect(replaced).toMatchObject({ handed_in: { exercise: "plan" }, replaced: work });
    expect(await owes("BS-1")).toBe(false);
    const gone = { application: "BS-1", document: replaced.document.id, remove: true, reason: "Not theirs" };
    expect(await ada.ok("update_document", gone)).toMatchObject({ waits_again: "BS-1", removed: true });
    expect(await owes("BS-1")).toBe(true);
  });
});
