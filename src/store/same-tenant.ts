import { and, eq, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

type Row = { readonly workspaceId: AnyPgColumn; readonly id: AnyPgColumn };

/** A join condition: the row of `parent` whose id is in a column of `child`, in the same workspace. */
export const sameTenant = (
  parent: Row,
  child: { readonly workspaceId: AnyPgColumn },
  column: AnyPgColumn,
): SQL | undefined => and(eq(parent.workspaceId, child.workspaceId), eq(parent.id, column));
