// The whole schema in one module, for drizzle's typed client.
export { confirmations, eventChains, events } from "./schema/audit.ts";
export { changes } from "./schema/changes.ts";
export { offers } from "./schema/offers.ts";
export { messages, outbox, replies, suppressions } from "./schema/outreach.ts";
export { decisions, interviewers, scorecards, votes } from "./schema/panel.ts";
export { consents, erasures, legalHolds, retentionSettings } from "./schema/personal-data.ts";
export { applications, candidates, roles } from "./schema/pipeline.ts";
export { assessments, assignments, documents, moves, originals, submissions } from "./schema/record.ts";
export { availability, interviewSeats, interviews } from "./schema/scheduling.ts";
export { impactSwitch, selfReports } from "./schema/self-reports.ts";
export { tokens } from "./schema/tokens.ts";
export { importedRecords, importKeys } from "./schema/transfer.ts";
export { uploads } from "./schema/uploads.ts";
export { documentWords } from "./schema/words.ts";
export { members, workspaces } from "./schema/workspace.ts";
