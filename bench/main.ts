import { benchDebrief } from "./debrief.ts";
import { benchEvidence } from "./evidence.ts";
import { benchFind } from "./find.ts";
import { benchOutreach } from "./outreach.ts";
import { benchReports } from "./reports.ts";
import { benchRoleCheck } from "./role-check.ts";
import { benchScheduling } from "./scheduling.ts";
import { benchStart } from "./start.ts";
import { benchSubmission } from "./submission.ts";

await benchStart();
benchEvidence();
await benchSubmission();
await benchOutreach();
benchDebrief();
benchRoleCheck();
await benchFind();
benchScheduling();
await benchReports();
