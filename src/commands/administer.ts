import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { memberAvailability } from "./availability.ts";
import { consent } from "./consent.ts";
import { doctor } from "./doctor.ts";
import { doctorPublic } from "./doctor-public.ts";
import { erase } from "./erase.ts";
import { evaluate } from "./evaluate.ts";
import { backup, exportAll } from "./export.ts";
import { exportPerson } from "./export-person.ts";
import { importAnswers, turnOff, turnOn } from "./impact.ts";
import { importPeople } from "./import.ts";
import { addMember, changeAccess, listTeam, removeMember, renameMember, signOutMember } from "./member.ts";
import { restore } from "./restore.ts";
import {
  eraseDue,
  listHolds,
  listRetention,
  listRules,
  placeHold,
  releaseHold,
  setLaw,
  setPeriod,
} from "./retention.ts";
import { listSuppressed, suppressAddress } from "./suppress.ts";
import { checkTemplateFile, createTemplate } from "./template.ts";
import { addTokenCommands } from "./token.ts";

/**
 * Adds what a person at the machine runs: everything but the servers, which a host starts and waits for. Loaded together,
 * because whoever runs one of these waits for nothing else.
 */
export function addCommands(program: Command): void {
  program
    .command("doctor")
    .description("check the database, its history, and what is configured")
    .option("--github <url>", "also read this pull request, and print what is found")
    .option(
      "--reread",
      "read stored files again that an older release read, and mark what was assessed from them as stale",
    )
    .option(
      "--public [url]",
      "instead check the public address as hosts meet it, by default GREENFLAG_PUBLIC_URL",
    )
    .action(async (options: { github?: string; reread?: true; public?: string | true }) => {
      const { github, reread, public: address } = options;
      if (address === undefined) return doctor(readConfig(), { url: github, reread });
      return doctorPublic(readConfig(), { url: address === true ? undefined : address });
    });

  program
    .command("evaluate <labelled>")
    .description(
      "measure the rules, or rules and a reading, on documents that your team has labelled (JSON Lines)",
    )
    .option("--template <id>", "the role template whose rubric is measured", "mlops-engineer")
    .option("--readings <file>", "what a reader found in the same documents (JSON Lines)")
    .action(async (file: string, options: { template: string; readings?: string }) =>
      evaluate(readConfig(), { file, ...options }),
    );

  const template = program.command("template").description("role templates of your own");
  template
    .command("check <file>")
    .description("tell everything that is wrong with a template: a YAML file, or the folder of one")
    .action(async (file: string) => checkTemplateFile(readConfig(), file));
  template
    .command("new <id>")
    .description("write a commented template to begin with into GREENFLAG_TEMPLATES_DIR, or print it")
    .option("--title <title>", "of the job; by default made from the id")
    .action(async (id: string, { title }: { title?: string }) => createTemplate(readConfig(), { id, title }));

  program
    .command("suppress [who]")
    .description("an address, or the id of a message that went to it: nobody writes there any more")
    .option("--reason <reason>", "why, for whoever reads the list", "asked for it")
    .option("--remove", "take it off the list; after a mail that read like an opt-out: it may be written to")
    .option("--list", "show the list")
    .action(
      async (who: string | undefined, options: { reason: string; remove?: boolean; list?: boolean }) => {
        const config = readConfig();
        if (options.list || who === undefined) return listSuppressed(config);
        return suppressAddress(config, { who, reason: options.reason, remove: options.remove ?? false });
      },
    );

  program
    .command("import <path>")
    .description(
      "take people in from a sheet, another tracker's export or résumés; without --yes, only say what would come in",
    )
    .option("--role <key>", "the role of those for whom none is named")
    .option("--map <file>", "what the source's names are here; by default the one that lies beside it")
    .option("--dates <order>", "how dates with slashes are written: DMY, MDY or YMD")
    .option("--yes", "add them")
    .action(async (path: string, options: { role?: string; map?: string; dates?: string; yes?: true }) =>
      importPeople(readConfig(), path, options),
    );

  const member = program.command("member").description("who is on the hiring team");
  member
    .command("add <email>")
    .requiredOption("--name <name>", "as it signs messages")
    .requiredOption("--access <access>", "admin, hiring_manager, recruiter, interviewer or viewer")
    .action(async (email: string, options: { name: string; access: string }) =>
      addMember(readConfig(), { email, ...options }),
    );
  member.command("list").action(async () => listTeam(readConfig()));
  member
    .command("access <email> <access>")
    .action(async (email: string, access: string) => changeAccess(readConfig(), { email, access }));
  member
    .command("rename <old-email> <new-email>")
    .option("--name <name>", "as it signs messages, where that changes too")
    .action(async (from: string, to: string, { name }: { name?: string }) =>
      renameMember(readConfig(), { from, to, name }),
    );
  member
    .command("sign-out <email>")
    .description("ends everything by which a member is signed in")
    .action(async (email: string) => signOutMember(readConfig(), { email }));
  member.command("remove <email>").action(async (email: string) => removeMember(readConfig(), { email }));
  member
    .command("availability <email>")
    .description("when a member can interview; with no option, shows it and reads their calendar anew")
    .option("--timezone <zone>", "IANA name, such as Europe/Berlin")
    .option("--hours <hours>", "such as: mon-thu 09:00-17:30, fri 09:00-15:00")
    .option("--limit <count>", "interviews a week at most, or none")
    .option("--buffer <minutes>", "to be left free before and after an interview")
    .option("--calendar <source>", "https address or file of an iCalendar calendar, or none")
    .action(async (email: string, options: object) => memberAvailability(readConfig(), email, options));

  addTokenCommands(program);

  const retention = program
    .command("retention")
    .description(
      "how long records of applicants are kept: with no command, what is due, held back and not known",
    )
    .action(async () => listRetention(readConfig()));
  retention
    .command("erase")
    .description("erase what is due; without --yes, tells who would be")
    .option("--yes", "erase them")
    .action(async ({ yes }: { yes?: true }) => eraseDue(readConfig(), { agreed: yes ?? false }));
  retention
    .command("hold <application>")
    .description("keep a record from being erased, because of a dispute or the like")
    .requiredOption("--reason <text>", "why, for whoever reads the list")
    .option("--until <date>", "the last day, as YYYY-MM-DD; by default until it is released")
    .action(async (application: string, options: { reason: string; until?: string }) =>
      placeHold(readConfig(), { application, ...options }),
    );
  retention
    .command("release <application>")
    .description("end every legal hold on a person")
    .action(async (application: string) => releaseHold(readConfig(), application));
  retention
    .command("holds")
    .description("who must not be erased, and why")
    .action(async () => listHolds(readConfig()));
  retention
    .command("set <place> <months>")
    .description("a period of your own for a place, or for default; none takes it back")
    .option("--why <text>", "for whoever asks later")
    .action(async (place: string, months: string, { why }: { why?: string }) =>
      setPeriod(readConfig(), { place, months, why }),
    );
  retention
    .command("law <rule> <on|off>")
    .description("say whether a law on file binds you")
    .requiredOption("--why <text>", "for whoever asks later")
    .action(async (rule: string, binds: string, { why }: { why: string }) =>
      setLaw(readConfig(), { rule, binds, why }),
    );
  retention
    .command("rules")
    .description("every law and usual period on file, with its source, and what you have set")
    .action(async () => listRules(readConfig()));

  program
    .command("consent <application>")
    .description("somebody agreed to stay on file after their application has ended, or took that back")
    .option("--until <date>", "the last day, as YYYY-MM-DD")
    .option("--withdraw", "they took it back")
    .requiredOption("--how <text>", "how they said so, such as the day of their mail")
    .action(async (application: string, options: { until?: string; withdraw?: true; how: string }) =>
      consent(readConfig(), application, options),
    );

  program
    .command("export")
    .description(
      "write the whole workspace into a new folder: one JSON Lines file a table, and the files as they came",
    )
    .requiredOption("--out <dir>", "a folder that is not there yet")
    .option(
      "--person <application>",
      "only what a candidate is owed of their own record: a page to read, and the data",
    )
    .action(async ({ out, person }: { out: string; person?: string }) =>
      person === undefined
        ? exportAll(readConfig(), { out })
        : exportPerson(readConfig(), {
            application: person,
            out,
          }),
    );

  program
    .command("backup")
    .description("the same, and then read it again and check it")
    .requiredOption("--out <dir>", "a folder that is not there yet")
    .action(async (options: { out: string }) => backup(readConfig(), options));

  program
    .command("restore <dir>")
    .description("make the workspace of an export or a backup again, in an empty database")
    .option("--erased <path>", "who was erased since: a list, or the folder of a later backup")
    .action(async (directory: string, options: { erased?: string }) =>
      restore(readConfig(), { directory, ...options }),
    );

  program
    .command("erase <application>")
    .description("erase a person with all of their applications; without --yes, tells what would go")
    .option("--yes", "erase them")
    .action(async (application: string, { yes }: { yes?: true }) =>
      erase(readConfig(), { application, agreed: yes ?? false }),
    );

  const impact = program
    .command("impact")
    .description("the adverse-impact report: off until an admin turns it on");
  impact.command("on").action(async () => turnOn(readConfig()));
  impact
    .command("off")
    .option("--erase", "delete what applicants said of themselves as well")
    .action(async ({ erase }: { erase?: true }) => turnOff(readConfig(), { erase: erase ?? false }));
  impact
    .command("import <file>")
    .description('answers as JSON Lines: {"application": "MLE-7", "sex": "female"}')
    .action(async (file: string) => importAnswers(readConfig(), { file }));
}
