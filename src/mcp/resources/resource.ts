import type { AccessRule } from "../../domain/access.ts";
import type { Context } from "../tool.ts";

/** A resource is data and one function. The catalogue is public. Personal data is private and has an access rule. */
export type Resource = {
  readonly name: string;
  readonly title: string;
  /** A fixed address, or a template with one variable. */
  readonly uri: string;
  readonly variable?: string;
  readonly description: string;
} & (
  | {
      readonly scope: "public";
      read(value: string, context: Pick<Context, "services">): unknown;
      complete?(context: Pick<Context, "services">): Values;
    }
  | {
      readonly scope: "private";
      readonly access: AccessRule;
      read(value: string, context: Context): unknown;
      /** Values for completing the variable. */
      complete?(context: Context): Values;
    }
);
type Values = readonly string[] | Promise<readonly string[]>;
