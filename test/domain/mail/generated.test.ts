import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadMailWords } from "../../../src/catalog/mail-words.ts";
import { GAP, splitMail } from "../../../src/domain/mail/split.ts";

const words = loadMailWords();
const ADA = "Ada Lovelace";
const AT = "<ada@example.test>";

/** The line above a quoted mail, as Gmail, Apple Mail, Thunderbird and others write it. */
const INTRODUCTIONS: Record<string, string> = {
  English: `On Mon, Nov 30, 2026 at 9:00 AM ${ADA} ${AT} wrote:`,
  "English, Apple": `On 30 Nov 2026, at 09:00, ${ADA} ${AT} wrote:`,
  "English, Thunderbird": `On 30/11/2026 09:00, ${ADA} wrote:`,
  "English, Proton": `On Monday, November 30th, 2026 at 9:00 AM, ${ADA} ${AT} wrote:`,
  "English, an address of many lines": `On Mon, Nov 30, 2026 at 9:00 AM ${ADA} of the hiring team ${AT} wrote:`,
  German: `Am Mo., 30. Nov. 2026 um 09:00 Uhr schrieb ${ADA} ${AT}:`,
  "German, Apple": `Am 30.11.2026 um 09:00 schrieb ${ADA} ${AT}:`,
  French: `Le lun. 30 nov. 2026 à 09:00, ${ADA} ${AT} a écrit :`,
  Spanish: `El lun, 30 nov 2026 a las 9:00, ${ADA} (${AT}) escribió:`,
  Italian: `Il giorno lun 30 nov 2026 alle ore 09:00 ${ADA} ${AT} ha scritto:`,
  Dutch: `Op ma 30 nov 2026 om 09:00 schreef ${ADA} ${AT}:`,
  Portuguese: `Em seg., 30 de nov. de 2026 às 09:00, ${ADA} ${AT} escreveu:`,
  Polish: `pon., 30 lis 2026 o 09:00 ${ADA} ${AT} napisał(a):`,
  "Polish, Thunderbird": `W dniu 30.11.2026 o 09:00, ${ADA} pisze:`,
  Swedish: `Den mån 30 nov. 2026 kl 09:00 skrev ${ADA} ${AT}:`,
  Danish: `Den man. 30. nov. 2026 kl. 09.00 skrev ${ADA} ${AT}:`,
  Norwegian: `man. 30. nov. 2026 kl. 09:00 skrev ${ADA} ${AT}:`,
  Finnish: `ma 30. marrask. 2026 klo 9.00 ${ADA} (${AT}) kirjoitti:`,
  Czech: `po 30. 11. 2026 v 9:00 odesílatel ${ADA} ${AT} napsal:`,
  Hungarian: `${ADA} ${AT} ezt írta (időpont: 2026. nov. 30., H, 9:00):`,
  Romanian: `În lun., 30 nov. 2026 la 09:00, ${ADA} ${AT} a scris:`,
  Turkish: `${ADA} ${AT}, 30 Kas 2026 Pzt, 09:00 tarihinde şunu yazdı:`,
  Greek: `Στις Δευ 30 Νοε 2026 στις 9:00 π.μ., ο χρήστης ${ADA} ${AT} έγραψε:`,
  Russian: `пн, 30 нояб. 2026 г. в 09:00, ${ADA} ${AT}:`,
  Ukrainian: `пн, 30 лист. 2026 р. о 09:00 ${ADA} ${AT} пише:`,
  Japanese: `2026年11月30日(月) 9:00 ${ADA} ${AT}:`,
  "Japanese, Apple": `2026/11/30 9:00、${ADA} ${AT}のメール:`,
  Chinese: `${ADA} ${AT} 于2026年11月30日周一 09:00写道：`,
  "Chinese, Apple": `在 2026年11月30日，09:00，${ADA} ${AT} 写道：`,
  "Chinese, traditional": `${ADA} ${AT} 於 2026年11月30日 週一 上午9:00寫道：`,
  Korean: `2026년 11월 30일 (월) 오전 9:00, ${ADA} ${AT}님이 작성:`,
  Vietnamese: `Vào Th 2, 30 thg 11, 2026 vào lúc 09:00 ${ADA} ${AT} đã viết:`,
  Indonesian: `Pada tanggal Sen, 30 Nov 2026 pukul 09.00 ${ADA} ${AT} menulis:`,
  Catalan: `Missatge de ${ADA} ${AT} del dia dl., 30 de nov. 2026 a les 9:00:`,
};

/** The headers above a quoted mail, as Outlook writes them: from, sent, to, subject. */
const HEADERS: Record<string, readonly [from: string, sent: string, to: string, subject: string]> = {
  English: ["From", "Sent", "To", "Subject"],
  "English, for the Mac": ["From", "Date", "To", "Subject"],
  German: ["Von", "Gesendet", "An", "Betreff"],
  French: ["De", "Envoyé", "À", "Objet"],
  Spanish: ["De", "Enviado el", "Para", "Asunto"],
  Italian: ["Da", "Inviato", "A", "Oggetto"],
  Dutch: ["Van", "Verzonden", "Aan", "Onderwerp"],
  Portuguese: ["De", "Enviada em", "Para", "Assunto"],
  Polish: ["Od", "Wysłano", "Do", "Temat"],
  Swedish: ["Från", "Skickat", "Till", "Ämne"],
  Danish: ["Fra", "Sendt", "Til", "Emne"],
  Finnish: ["Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"],
  Czech: ["Od", "Odesláno", "Komu", "Předmět"],
  Hungarian: ["Feladó", "Elküldve", "Címzett", "Tárgy"],
  Romanian: ["De la", "Trimis", "Către", "Subiect"],
  Turkish: ["Kimden", "Gönderildi", "Kime", "Konu"],
  Greek: ["Από", "Στάλθηκε", "Προς", "Θέμα"],
  Russian: ["От", "Отправлено", "Кому", "Тема"],
  Japanese: ["差出人", "送信日時", "宛先", "件名"],
  Chinese: ["发件人", "发送时间", "收件人", "主题"],
  Korean: ["보낸 사람", "보낸 날짜", "받는 사람", "제목"],
};

const ANNOUNCEMENTS = [
  ...["-----Original Message-----", "-----Ursprüngliche Nachricht-----", "-----Message d'origine-----"],
  ...["-----Mensaje original-----", "-----Messaggio originale-----", "-----Oorspronkelijk bericht-----"],
  ...["-----Mensagem original-----", "-----Wiadomość oryginalna-----", "-----Ursprungligt meddelande-----"],
  ...["-----Oprindelig meddelelse-----", "-----Opprinnelig melding-----", "-----元のメッセージ-----"],
  ...[
    "------------------ 原始邮件 ------------------",
    "-----Исходное сообщение-----",
    "-----원본 메시지-----",
  ],
  ...["---------- Forwarded message ---------", "Begin forwarded message:", "Début du message transféré :"],
  ...["---------- Weitergeleitete Nachricht ---------", "Anfang der weitergeleiteten Nachricht:"],
  ...[
    "---------- Mensaje reenviado ---------",
    "Inizio messaggio inoltrato:",
    "---------- 転送メッセージ ---------",
  ],
];

const MINE = [
  "I cut GPU spend by 38%.",
  "On call one week in six: it was calm.",
  "Thursday at 10:00 suits me.",
  "- 12 models",
];
const THEIRS = [
  "What has to change: p99 latency under 150 ms",
  "Are you on call?",
  "- 40 services in production",
  "Regards, Ada",
];

const mine = fc.array(fc.constantFrom(...MINE), { minLength: 1, maxLength: 4 });
const theirs = fc.array(fc.constantFrom(...THEIRS), { minLength: 1, maxLength: 4 });
const ending = fc.constantFrom("\n", "\r\n");
const marked = (lines: readonly string[], mark: string): string[] => lines.map((line) => `${mark}${line}`);

const ownOf = (text: string): string[] =>
  splitMail(text, words, "")
    .own.split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== GAP);

/** Everything of a mail is somewhere, and nothing of it twice. */
function requireWhole(text: string): void {
  const { text: kept, apart } = splitMail(text, words, "");
  const bare = (parts: string) => [...parts.replaceAll(GAP, "").replace(/\s+/g, "")].sort().join("");
  expect(bare([kept, ...apart.map((passage) => passage.text)].join(""))).toBe(bare(text));
}

/** A line wrapped as mail programs do, at the last blank before the place. */
function wrapped(line: string, at: number): string {
  const blank = line.lastIndexOf(" ", Math.min(at, line.length - 1));
  return blank <= 0 ? line : `${line.slice(0, blank)}\n${line.slice(blank + 1)}`;
}

describe("a generated mail", () => {
  it.each(Object.entries(INTRODUCTIONS))("is split below the introduction: %s", (_name, introduction) => {
    const mails = fc.record({
      ...{ mine, theirs, ending, mark: fc.constantFrom("> ", ">", "", ">> ") },
      wrap: fc.constantFrom(undefined, 78, 60),
    });
    fc.assert(
      fc.property(mails, ({ mine: own, theirs: others, ending: end, mark, wrap }) => {
        const above = wrap === undefined ? introduction : wrapped(introduction, wrap);
        const text = [...own, "", above, "", ...marked(others, mark)].join("\n").replaceAll("\n", end);
        expect(ownOf(text)).toEqual(own);
        requireWhole(text.replaceAll("\r", ""));
      }),
      { numRuns: 40 },
    );
  });

  it.each(Object.entries(HEADERS))("is split above the headers: %s", (_name, [from, sent, to, subject]) => {
    const mails = fc.record({
      ...{ mine, theirs, ending, space: fc.constantFrom("", " ", "\u00a0") },
      ...{
        star: fc.constantFrom("", "*"),
        ruler: fc.constantFrom("", "_".repeat(32)),
        address: fc.boolean(),
      },
    });
    fc.assert(
      fc.property(mails, ({ mine: own, theirs: others, ending: end, space, star, ruler, address }) => {
        const header = (name: string, value: string) => `${star}${name}${space}:${star} ${value}`;
        const headers = [
          header(from, address ? `${ADA} ${AT}` : ADA),
          header(sent, "30.11.2026 09:00"),
          header(to, "Kim Ray"),
          header(subject, "Role"),
        ];
        const text = [...own, "", ruler, ...headers, "", ...others].join("\n").replaceAll("\n", end);
        expect(ownOf(text)).toEqual(own);
        requireWhole(text.replaceAll("\r", ""));
      }),
      { numRuns: 40 },
    );
  });

  it.each(ANNOUNCEMENTS)("is split below %s", (announcement) => {
    fc.assert(
      fc.property(mine, theirs, fc.constantFrom("", "> "), (own, others, mark) => {
        const text = [...own, "", announcement, "", ...marked([`From: ${ADA}`, "", ...others], mark)].join(
          "\n",
        );
        expect(ownOf(text)).toEqual(own);
        requireWhole(text);
      }),
      { numRuns: 20 },
    );
  });

  it("gives back answers between marked lines, whatever stands where", () => {
    const parts = fc.array(fc.tuple(theirs, mine), { minLength: 1, maxLength: 5 });
    const introduction = fc.constantFrom(...Object.values(INTRODUCTIONS));
    fc.assert(
      fc.property(parts, introduction, fc.boolean(), (pairs, above, apart) => {
        const gap = apart ? [""] : [];
        const body = pairs.flatMap(([others, own]) => [...marked(others, "> "), ...gap, ...own, ...gap]);
        const text = [above, "", ...body].join("\n");
        expect(ownOf(text)).toEqual(pairs.flatMap(([, own]) => own));
        requireWhole(text);
      }),
    );
  });

  it("is split the same a second time", () => {
    const lines = fc.array(
      fc.constantFrom(
        ...MINE,
        ...THEIRS,
        ...marked(THEIRS, "> "),
        ...Object.values(INTRODUCTIONS),
        "",
        "-- ",
        GAP,
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(lines, (all) => {
        const { own } = splitMail(all.join("\n"), words, "");
        expect(splitMail(own, words, "").own).toBe(own);
      }),
    );
  });
});
