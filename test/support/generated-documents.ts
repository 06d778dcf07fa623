import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { searchKey } from "../../src/domain/pipeline/application.ts";
import type { Store } from "../../src/store/store.ts";
import { applications, candidates, documents, members, roles } from "../../src/store/tables.ts";
import { TEMPLATE } from "./seeded.ts";

/** Words with the ways in which they are written; a query and a document need not write them the same way. */
export const VOCABULARY: Readonly<Record<string, readonly string[]>> = {
  common: ["common", "Common", "COMMON"],
  often: ["often", "Often"],
  resume: ["resume", "Résumé", "RE\u0301SUME\u0301"],
  lodz: ["Łódź", "lodz", "ŁÓDŹ"],
  kafka: ["kafka", "Kafka"],
  java: ["java", "Java"],
  javascript: ["JavaScript", "javascript"],
  c: ["C", "c"],
  5: ["5"],
  p99: ["p99", "P99"],
  москва: ["Москва", "МОСКВА"],
  東: ["東"],
  京: ["京"],
  office: ["oﬃce", "office"],
  rare: ["rare", "Rare"],
  σιγμας: ["σιγμας", "ΣΙΓΜΑΣ"],
  drop: ["drop"],
};
const OFTEN = ["common", "common", "common", "often", "often", "java", "kafka"];
/** Words that stand in names too, and only there. */
const NAMES = ["Kafka", "Zoë", "Rare", "Björn", "Okafor", "O'Neil"];
const BETWEEN = [" ", " ", " ", ", ", "\n", "/", "-", " – ", ". ", " 💥 ", "\t"];

export type GeneratedApplication = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Name and e-mail as people are found by them. */
  readonly key: string;
  readonly stage: string;
  readonly documents: GeneratedDocument[];
};
type GeneratedDocument = {
  readonly id: string;
  /** The words in the spelling that is their key in the vocabulary. */
  words: string[];
  isOwn: boolean;
  readonly handedIn: boolean;
};

export type Random = { next(): number; pick<T>(items: readonly T[]): T; upTo(most: number): number };

/** Random choices, the same for the same seed. */
export function randomOf(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) / 32_768;
  };
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return { next, upTo, pick: (items) => items[upTo(items.length - 1)] as (typeof items)[number] };
}

const someWord = (random: Random): string =>
  random.next() < 0.5 ? random.pick(OFTEN) : random.pick(Object.keys(VOCABULARY));

/** One of the ways to write a word. */
export const written = (random: Random, word: string): string => random.pick(VOCABULARY[word] ?? [word]);

/** Some words, and how a document or a query may write them. */
export const someWords = (random: Random, count: number): string[] =>
  Array.from({ length: count }, () => someWord(random));

const textOf = (random: Random, words: readonly string[]): string =>
  words.map((word) => `${written(random, word)}${random.pick(BETWEEN)}`).join("");

/**
 * A role with people and `count` documents of every kind and author, some of them not the candidate's own words. The
 * stage `exercise` is the one in which work is judged blind.
 */
export async function generatedDocuments(
  store: Store,
  random: Random,
  count: number,
  nameOf = () => `${random.pick(NAMES)} ${random.pick(NAMES)}`,
) {
  const { workspaceId } = store;
  const now = new Date("2026-11-24T09:00:00Z");
  const roleId = uuidv7();
  const all: GeneratedApplication[] = [];
  await store.write(new AbortController().signal, async (tx) => {
    const [owner] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    if (!owner) throw new Error("a workspace has a member");
    await tx.insert(roles).values({
      ...{ workspaceId, id: roleId, key: "MLE", template: TEMPLATE.id, title: "Engineer" },
      ...{ level: "senior" as const, location: "Lisbon", remote: false, currency: "USD" },
      ...{ stages: TEMPLATE.stages, status: "open" as const, ownerId: owner.id, openedAt: now },
    });
    const rows = [];
    for (let made = 0; made < count; ) {
      const name = nameOf();
      const email = `p${all.length}@example.test`;
      const application: GeneratedApplication = {
        ...{ id: uuidv7(), name, email, key: searchKey(`${name} ${email}`) },
        ...{ stage: random.pick(["applied", "exercise"]), documents: [] },
      };
      all.push(application);
      for (let n = random.upTo(4); n > 0 && made < count; n -= 1, made += 1) {
        const document = someDocument(random);
        application.documents.push(document);
        const { kind, mail, ownWords } = document;
        const text = textOf(random, document.words);
        rows.push({
          ...{
            workspaceId,
            id: document.id,
            applicationId: application.id,
            kind,
            name: "d",
            text,
            mail,
            ownWords,
          },
          ...{ sha256: createHash("sha256").update(`${made} ${text}`).digest(), hiddenTextRemoved: 0 },
          ...{ addedBy: owner.id, createdAt: now },
        });
      }
    }
    for (const [n, { id, name, email, key, stage }] of all.entries()) {
      const person = uuidv7();
      await tx.insert(candidates).values({
        ...{ workspaceId, id: person, name, email, searchKey: key, createdAt: now },
      });
      await tx.insert(applications).values({
        ...{ workspaceId, id, ref: `MLE-${n + 1}`, roleId, candidateId: person, stage },
        ...{ status: "active" as const, stageEnteredAt: now, appliedAt: now },
      });
    }
    for (let from = 0; from < rows.length; from += 200)
      await tx.insert(documents).values(rows.slice(from, from + 200));
  });
  return { roleId, applications: all };
}

function someDocument(random: Random) {
  const kind = random.pick([
    ...(["resume", "resume", "resume", "cover_letter", "email", "email", "note"] as const),
    ...(["work_sample", "submission_notes"] as const),
  ]);
  const author = random.pick(["candidate", "candidate", "team", "unknown"] as const);
  const what = random.pick(["letter", "letter", "letter", "auto_reply"] as const);
  const isSplit = random.next() < 0.9;
  const mail = kind === "email" && isSplit ? { what, from: null, author, stated: false } : null;
  const ownWords = random.next() < 0.9;
  const isCandidates = kind !== "email" || (isSplit && author === "candidate" && what === "letter");
  return {
    ...{ id: uuidv7(), kind, mail, ownWords, words: someWords(random, 1 + random.upTo(12)) },
    isOwn: kind !== "note" && ownWords && isCandidates,
    handedIn: kind === "work_sample" || kind === "submission_notes",
  };
}
