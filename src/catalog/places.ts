import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { createPlaces, type Places } from "../domain/jurisdictions/place-names.ts";

const Names = z.record(z.string(), z.array(z.string()));
const City = z.union([z.string(), z.strictObject({ name: z.string(), also: z.array(z.string()) })]);
const CitiesByState = z.record(z.string(), z.array(City));
const Cities = z.record(z.string(), z.union([z.array(City), CitiesByState]));

/** The known places. The lists are read when a place is first looked up. */
export const loadPlaces = (): Places =>
  createPlaces(() => ({
    countries: read("countries", Names),
    subdivisions: read("subdivisions", Names),
    states: read("states", z.record(z.string(), Names)),
    cities: read("cities", Cities),
  }));

const read = <T>(name: string, schema: z.ZodType<T>): T =>
  schema.parse(parse(readFileSync(new URL(`places/${name}.yaml`, import.meta.url), "utf8")));
