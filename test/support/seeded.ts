import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadCatalog } from "../../src/catalog/load.ts";
import { derivedOf } from "../../src/domain/candidates/known-by.ts";
import type { Store } from "../../src/store/store.ts";
import { applications, candidates, documents, members, roles } from "../../src/store/tables.ts";
import { RESUME } from "./record.ts";

type Seed = { readonly name: string; readonly email: string; readonly resume?: string };

export const TEMPLATE = loadCatalog({}).get("mlops-engineer");
export const ZOE: Seed = { name: "Zoë Okafor", email: "zoe@example.test", resume: RESUME };

/**
 * The record that most tests begin with, put there as rows: the role MLE of Ada's and its candidates MLE-1, MLE-2 and so on,
 * at the first stage. For tests of other calls than those that make it; what is decided when one is made is not decided
 * here, and nothing is in the audit trail.
 */
export async function seeded(
  store: Store,
  people: readonly Seed[] = [ZOE],
  now = new Date("2026-11-24T09:00:00Z"),
): Promise<Store> {
  const { workspaceId } = store;
  const [first] = TEMPLATE.stages;
  await store.write(new AbortController().signal, async (tx) => {
    const [owner] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    if (!owner || !first) throw new Error("a workspace has a member, and a template stages");
    const roleId = uuidv7();
    await tx.insert(roles).values({
      ...{ workspaceId, id: roleId, key: "MLE", template: TEMPLATE.id, lane: "serving_reliability" },
      ...{ title: TEMPLATE.title, level: "senior" as const, location: "Lisbon", remote: false },
      ...{ currency: "USD", stages: TEMPLATE.stages, status: "open" as const },
      ...{ ownerId: owner.id, nextNumber: people.length + 1, openedAt: now },
    });
    for (const [n, { name, email, resume }] of people.entries()) {
      const [person, id] = [uuidv7(), uuidv7()];
      await tx.insert(candidates).values({
        ...{ workspaceId, id: person, name, email, createdAt: now },
        ...derivedOf({ name, email, phone: null, links: [] }),
      });
      await tx.insert(applications).values({
        ...{ workspaceId, id, ref: `MLE-${n + 1}`, roleId, candidateId: person, stage: first.id },
        ...{ status: "active" as const, stageEnteredAt: now, appliedAt: now },
      });
      if (resume === undefined) continue;
      await tx.insert(documents).values({
        ...{
          workspaceId,
          id: uuidv7(),
          applicationId: id,
          kind: "resume" as const,
          name: "résumé",
          text: resume,
        },
        ...{ sha256: createHash("sha256").update(resume).digest(), hiddenTextRemoved: 0 },
        ...{ addedBy: owner.id, createdAt: now },
      });
    }
  });
  return store;
}
