import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../../src/catalog/lexicon.ts";
import { greetingName } from "../../../src/domain/outreach/greeting-name.ts";

const lexicon = loadLexicon();

describe("the name for a greeting", () => {
  it.each([
    ["Zoë Okafor", "Zoë"],
    ["Kim Lee", "Kim"],
    ["Priya Raman", "Priya"],
    ["Maria-José Lopes", "Maria-José"],
    ["Anna Brandenburg-Keller", "Anna"],
    ["Siobhán O'Neil", "Siobhán"],
    ["Min-jun Kim", "Min-jun"],
    ["Jan van der Berg", "Jan"],
    ["Maria da Silva", "Maria"],
    ["John F. Kennedy", "John"],
    ["Dr. Anna Weber", "Anna"],
    ["Prof. Dr. Anna Weber", "Anna"],
    ["Mrs Anna Weber", "Anna"],
    ["Dr.-Ing. Anna Weber", "Anna"],
    ["Anna Weber, PhD", "Anna"],
    ["Anna Weber, Ph.D.", "Anna"],
    ["Anna Weber MBA", "Anna"],
    ["Martin King Jr.", "Martin"],
    ["Garcia, Maria", "Maria"],
    ["Garcia Lopez, Maria Jose", "Maria Jose"],
    ["GARCIA, Maria", "Maria"],
    ["Garcia,Maria", "Maria"],
    ["Weber, Dr. Anna", "Anna"],
    ["Smith, John F.", "John"],
    ["OKAFOR Zoë", "Zoë"],
    ["Zoë OKAFOR", "Zoë"],
    ["VAN DER BERG Jan", "Jan"],
    ["KIM Min Jun", "Min Jun"],
    ["  Zoë   Okafor ", "Zoë"],
    ["Zoë", "Zoë"],
  ])("of %s is %s", (name, greeted) => expect(greetingName(name, lexicon)).toBe(greeted));

  it.each([
    "Nguyen Van A",
    "Nguyễn Linh",
    "Tran Thi Minh",
    "Kim Min-jun",
    "Chen Mei-Ling",
    "Szabó Anna",
    "Kovács János",
    "Nagy Péter",
    "Tóth Éva",
    "Szőke Anna",
    "Satō Kenji",
    "Maria José Lopes",
    "A. Weber",
    "A Weber",
    "J. R. Hartley",
    "Anna W.",
    "Dr. Weber",
    "Prof. A. Weber",
    "Prof. Weber",
    "Mr Okafor",
    "ZOË OKAFOR",
    "LI Wei",
    "JP Morgan",
    "Anna Weber, AWS",
    "van der Berg Jan",
    "anna weber",
    "田中 健司",
    "김민준",
    "Иванова Анна",
    "Okafor",
    "Weber, Anna, Berlin",
  ])("of %s is the whole name", (name) => expect(greetingName(name, lexicon)).toBe(name));

  it.each([
    ["Zhang Wei (Vivian)", "Zhang Wei"],
    ["Zoë Okafor https://evil.example/", "Zoë"],
    ["Zoë evil.example", "Zoë"],
    ["Zoë {{ sender.email }}", "Zoë"],
    ["{{ role.title }} Okafor", "{{"],
    ["???", "???"],
  ])("of %s is what stands before the first thing that is no name", (name, greeted) =>
    expect(greetingName(name, lexicon)).toBe(greeted),
  );

  it("puts initials behind a comma in front, since they are no name to greet by", () => {
    expect(greetingName("Garcia, M.", lexicon)).toBe("M. Garcia");
  });

  it("is the whole name where the address writes the name the other way round", () => {
    expect(greetingName("Szabo Anna", lexicon, "anna.szabo@example.test")).toBe("Szabo Anna");
    expect(greetingName("Tanaka Yuki", lexicon, "yukitanaka7@example.test")).toBe("Tanaka Yuki");
    expect(greetingName("Anna Szabo", lexicon, "anna.szabo@example.test")).toBe("Anna");
    expect(greetingName("Anna Szabo", lexicon, "a@example.test")).toBe("Anna");
  });
});
