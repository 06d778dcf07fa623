import type { Config } from "../config.ts";
import { ADMINISTER } from "../domain/access.ts";
import { dayOf } from "../domain/days.ts";
import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import type { Services } from "../services/services.ts";
import type { Session } from "../services/session.ts";
import { retentionLines, ruleLines, settingLine } from "./retention-text.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

/** Tells what is due to be erased and why, what is held back, and of whom it is not known. */
export const listRetention = (config: Config): Promise<void> =>
  asAdmin(config, "list", async (session, { retention }) => {
    for (const line of retentionLines(await retention.list(session))) print(line);
  });

/** Erases what is due, one person after another; without `agreed`, tells who would be. */
export const eraseDue = (config: Config, { agreed }: { readonly agreed: boolean }): Promise<void> =>
  asAdmin(config, "erase", async (session, services) => {
    const { retention } = services;
    const { due } = await retention.list(session);
    if (due.length === 0) return print("Nobody is due to be erased.");
    if (!agreed) {
      for (const line of retentionLines({ ...(await retention.list(session)), held: [], unknown: [] }))
        print(line);
      return print(`To erase ${pluralize(due.length, "person", "people")}: greenflag retention erase --yes`);
    }
    let erased = 0;
    for (const { references } of due) {
      const [reference] = references;
      if (reference === undefined) continue;
      // A session of its own: each erasure is on record at its own time.
      const one = await retention.erase(await start(services, "erase"), reference);
      if (one.result === "erased") erased += 1;
      const told = { erased: "erased", no_longer_due: "left: no longer due", refused: `left: ${one.why}` };
      print(`${references.join(", ")}: ${told[one.result]}`);
    }
    if (erased > 0) await retention.clear(await start(services, "erase"));
    print(`${erased} of ${pluralize(due.length, "person", "people")} erased.`);
  });

export const placeHold = (
  config: Config,
  input: { readonly application: string; readonly reason: string; readonly until?: string | undefined },
): Promise<void> =>
  asAdmin(config, "hold", async (session, { holds }) => {
    const { ref, name } = await holds.place(session, input);
    print(
      `${ref} ${name}: a legal hold stands${input.until ? ` until ${input.until}` : " until it is released"}.`,
    );
    print(`Nobody can erase this record while it does. To end it: greenflag retention release ${ref}`);
  });

export const releaseHold = (config: Config, application: string): Promise<void> =>
  asAdmin(config, "release", async (session, { holds }) => {
    const { ref, name, released } = await holds.release(session, application);
    print(`${ref} ${name}: ${pluralize(released, "legal hold")} released.`);
  });

export const listHolds = (config: Config): Promise<void> =>
  asAdmin(config, "holds", async (session, { holds }) => {
    const all = await holds.list(session);
    if (all.length === 0) print("No legal hold stands.");
    for (const { references, name, reason, until, ended, by, on } of all) {
      const end = until === null ? "until released" : ended ? `ended on ${until}` : `until ${until}`;
      print(`${references.join(", ")} ${name}: ${end}, placed by ${by} on ${dayOf(on)}: ${reason}`);
    }
  });

export const setPeriod = (
  config: Config,
  input: { readonly place: string; readonly months: string; readonly why?: string | undefined },
): Promise<void> =>
  asAdmin(config, "set", async (session, { retentionSettings }) => {
    const { place, months, changed } = await retentionSettings.setPeriod(session, input);
    if (months !== null) return print(`${place}: records are kept for ${pluralize(months, "month")}.`);
    print(
      changed ? `${place}: the period on file counts again.` : `${place}: no period of your own was set.`,
    );
  });

export const setLaw = (
  config: Config,
  { rule, binds, why }: { readonly rule: string; readonly binds: string; readonly why: string },
): Promise<void> =>
  asAdmin(config, "law", async (session, { retentionSettings }) => {
    if (binds !== "on" && binds !== "off")
      throw new DomainError("invalid", `${JSON.stringify(binds)}: give on or off.`);
    const { law, who } = await retentionSettings.setLaw(session, { rule, binds: binds === "on", why });
    print(`${law} (${who}): it ${binds === "on" ? "binds" : "does not bind"} this team.`);
  });

export const listRules = (config: Config): Promise<void> =>
  asAdmin(config, "rules", async (session, { retentionSettings }) => {
    const { settings, duties, longest } = await retentionSettings.rules(session);
    for (const line of ruleLines([...duties, ...longest])) print(line);
    for (const setting of settings) print(settingLine(setting));
  });

const start = (services: Services, command: string): Promise<Session> =>
  services.startSession({
    client: "greenflag",
    tool: `retention ${command}`,
    access: ADMINISTER,
    signal: NEVER_CANCELLED,
  });

const asAdmin = (
  config: Config,
  command: string,
  work: (session: Session, services: Services) => Promise<void>,
): Promise<void> =>
  withApp(config, { command: `greenflag retention ${command}` }, async (app) => {
    const services = await app.services();
    await work(await start(services, command), services);
  });
