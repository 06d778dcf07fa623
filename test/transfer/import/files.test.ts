import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { zipOf } from "../../support/docx.ts";
import { folderOf, person, read, readFolder, toldOf } from "./folder.ts";

const someone = (id: string, name: string, email?: string, job = "Data Engineer") => ({
  ...{ id, name, email, stage: "Applied", stage_kind: "applied", disqualified: false },
  job: { title: job },
});
const PDF = "%PDF-1.7";

/** Which files each person got, as `name: kind`. */
async function filesOf(people: readonly object[], names: readonly string[]) {
  const files = Object.fromEntries(names.map((name) => [name, PDF]));
  const source = await readFolder({ ...files, "candidates.json": { candidates: people } });
  const got = source.people.map(
    (one) => [one.name, one.files.map(({ name, kind }) => `${name}: ${kind}`)] as const,
  );
  return { got: Object.fromEntries(got), told: toldOf(source) };
}

describe("a file beside an export", () => {
  const people = [
    someone("48206478", "Zoë Müller", "zoe.m@example.test"),
    someone("48206479", "Anna Maria López"),
    someone("48206480", "Ian McDonald"),
  ];

  it.each([
    "48206478/document.pdf",
    "resumes/48206478.pdf",
    "48206478-final.pdf",
    "zoe.m@example.test.pdf",
    "CV_zoe.m@example.test_2026.pdf",
    "zoe.m@example.test/cv.pdf",
    "Zoe Muller.pdf",
    "zoe_mueller_cv_2026-03.pdf",
    "MÜLLER, Zoë - Lebenslauf.pdf",
    "CV-ZoeMueller (1).pdf",
    "Zoë Müller/resume.pdf",
    "resume_zoe-muller_data-engineer_EN_v2.pdf",
  ])("is the person's whom %s names", async (name) => {
    const { got, told } = await filesOf(people, [name]);
    expect(got["Zoë Müller"]).toEqual([`${name.split("/").at(-1)}: resume`]);
    expect(told).toEqual([]);
  });

  it.each([
    "Zoe.pdf",
    "Muller cv.pdf",
    "cv.pdf",
    "482064780.pdf",
    "other@example.test.pdf",
    "Maria Lopez cv.pdf",
  ])("is nobody's where %s names nobody", async (name) => {
    const { got, told } = await filesOf(people, [name]);
    expect(Object.values(got).flat()).toEqual([]);
    expect(told).toEqual([`${name}: names nobody of the source: left out`]);
  });

  it("is told to need a list where nobody is named", async () => {
    const { told } = await filesOf([], ["a.pdf", "b.pdf"]);
    expect(told).toEqual([expect.stringMatching(/^2 files: no list says whose they are/)]);
  });

  it("is nobody's where its name may be a longer one", async () => {
    const { got, told } = await filesOf([...people, someone("1", "Maria López")], ["Maria Lopez Garcia.pdf"]);
    expect(Object.values(got).flat()).toEqual([]);
    expect(told).toEqual([
      "Maria Lopez Garcia.pdf: has the name of candidates.json, candidate 1 with other words beside it: left out",
    ]);
  });

  it("is the one's whose longer name stands in it", async () => {
    const { got } = await filesOf([...people, someone("1", "Maria López")], ["Anna Maria Lopez.pdf"]);
    expect(got["Anna Maria López"]).toEqual(["Anna Maria Lopez.pdf: resume"]);
    expect(got["Maria López"]).toEqual([]);
  });

  it("is nobody's where two people have the name", async () => {
    const { got, told } = await filesOf(
      [...people, someone("2", "Ian McDonald", "i2@example.test")],
      ["ian_mcdonald.pdf"],
    );
    expect(Object.values(got).flat()).toEqual([]);
    expect(told).toEqual([
      "ian_mcdonald.pdf: may belong to 2 people (candidates.json, candidate 48206480; candidates.json, candidate 2): left out",
    ]);
  });

  it("is of the kind that its name or folder says, and the only one without a word for it is the résumé", async () => {
    const { got } = await filesOf(people, [
      "resumes/48206478.pdf",
      "Anschreiben Zoë Müller.pdf",
      "zoe muller certificate.pdf",
      "ian_mcdonald.pdf",
      "ian_mcdonald cover letter.docx",
      "Anna Maria Lopez.pdf",
      "Anna Maria Lopez 2.pdf",
    ]);
    expect(got).toEqual({
      "Zoë Müller": [
        "Anschreiben Zoë Müller.pdf: cover_letter",
        "48206478.pdf: resume",
        "zoe muller certificate.pdf: other",
      ],
      "Anna Maria López": ["Anna Maria Lopez 2.pdf: other", "Anna Maria Lopez.pdf: other"],
      "Ian McDonald": ["ian_mcdonald cover letter.docx: cover_letter", "ian_mcdonald.pdf: resume"],
    });
  });

  it("is left out where it is hidden, a link or of a kind that is not read", async () => {
    const folder = folderOf({
      "candidates.json": { candidates: people },
      ".48206478.pdf": PDF,
      "__MACOSX/._48206478.pdf": PDF,
      "photos/48206478.png": "x",
      "old/48206478.xls": "x",
    });
    const outside = folderOf({ "secret.pdf": PDF });
    symlinkSync(join(outside, "secret.pdf"), join(folder, "48206478.pdf"));
    symlinkSync(outside, join(folder, "48206479"));
    const source = await read(folder);
    expect(source.people.flatMap(({ files }) => files)).toEqual([]);
    expect(toldOf(source).toSorted()).toEqual([
      "48206478.pdf: is a link, and is not followed",
      "48206479: is a link, and is not followed",
      "old/48206478.xls: is a sheet of a kind that is not read: save it as XLSX or CSV",
      "photos/48206478.png: is of a kind that is not read",
    ]);
  });

  it("may lie in a zip, and the people as well", async () => {
    const folder = folderOf({
      "candidates.json": { candidates: people },
      "cvs.zip": zipOf({
        "48206478/cv.pdf": PDF,
        "__MACOSX/48206478/._cv.pdf": PDF,
        "more.zip": Buffer.from(zipOf({ a: PDF })),
      }),
    });
    const source = await read(folder);
    expect(source.people[0]?.files).toEqual([
      { name: "cv.pdf", kind: "resume", path: join(folder, "cvs.zip"), entry: "48206478/cv.pdf" },
    ]);
    expect(toldOf(source)).toEqual(["cvs.zip/more.zip: is an archive in an archive: unpack the outer one"]);

    const all = join(folder, "all.zip");
    writeFileSync(
      all,
      zipOf({ "candidates.json": JSON.stringify({ candidates: people }), "48206480/cv.pdf": PDF }),
    );
    const zipped = await read(all);
    expect(zipped.people.map(({ name, files }) => [name, files.length])).toEqual([
      ["Zoë Müller", 0],
      ["Anna Maria López", 0],
      ["Ian McDonald", 1],
    ]);
  });
});

describe("a JSON Resume", () => {
  const resume = (email: string | undefined) => ({
    basics: {
      ...{
        name: "Kim Vargas",
        label: "Engineer",
        email,
        phone: "+351 910 000 001",
        url: "https://vargas.example.test",
      },
      location: { city: "Lisbon", countryCode: "PT" },
      profiles: [{ network: "GitHub", username: "kim", url: "github.com/kim" }],
    },
    work: [{ name: "Tarn Works", position: "Engineer", startDate: "2020-01" }],
  });

  it("is a person with a résumé, who applies for a role where one is named", async () => {
    const folder = folderOf({ "kim.json": resume("kim@example.test") });
    const kim = person({
      where: "kim.json",
      name: "Kim Vargas",
      email: "kim@example.test",
      phone: "+351 910 000 001",
      links: ["https://vargas.example.test", "https://github.com/kim"],
      location: "Lisbon, PT",
      files: [{ name: "kim.json", kind: "resume", path: join(folder, "kim.json") }],
    });
    expect(await read(folder)).toEqual({
      system: "json-resume",
      people: [kim],
      unclear: [],
      recognised: [{ what: "kim.json", as: "JSON Resume" }],
    });
    const { people } = await read(folder, "MLE");
    expect(people).toEqual([
      { ...kim, applications: [{ role: "MLE", status: "active", history: [], records: [] }] },
    ]);
  });

  it("belongs to the person of an export who has its address, and to nobody by the name alone", async () => {
    const source = await readFolder({
      "candidates.json": { candidates: [someone("48206481", "Kim Vargas", "Kim@example.test")] },
      "a.json": resume("kim@example.test"),
      "b.json": resume("other@example.test"),
    });
    expect(source.system).toBe("workable");
    expect(source.people.map(({ where, files }) => [where, files.map(({ name }) => name)])).toEqual([
      ["candidates.json, candidate 48206481", ["a.json"]],
      ["b.json", ["b.json"]],
    ]);
  });
});
