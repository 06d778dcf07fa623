import { describe, expect, it } from "vitest";
import { loadCellLists, loadHeaderLists, loadSheetWords } from "../../src/catalog/sheet-words.ts";

const { fields } = loadHeaderLists();
const { header, cell } = loadSheetWords();

describe("the names of columns", () => {
  const yes = fields.flatMap(({ field, examples }) => examples.yes.map((name) => [field, name] as const));
  const no = fields.flatMap(({ field, examples }) => examples.no.map((name) => [field, name] as const));

  it.each(yes)("%s is what a column called %s holds", (field, name) => {
    expect(header(name)).toBe(field);
  });

  it.each(no)("%s is not what a column called %s holds", (field, name) => {
    expect(header(name)).not.toBe(field);
  });

  it("each mean one thing only", () => {
    for (const { field, words } of fields)
      for (const word of Object.values(words).flat()) expect([word, header(word)]).toEqual([word, field]);
  });

  it.each([
    "First Name, Last Name, Email, Phone, Social Media, Website, Address, Source, Who gets credit, Job, Prospect Stage",
    "Full-Name*, Email, Date-Added*, Stage*, Archive-Reason, Archive-Date, Sources, Origin",
    "Name, Jobs, Emails, Phones, Tags, Sources, Links, Social Links, Cover Letter",
    "full_name, email, phone_numbers, source, linkedin_url, position, location, added_on, desired_salary, currency_code, notes",
    "Vorname, Nachname, E-Mail-Adresse, Handynummer, Stelle, Bewerbungsdatum, Absagegrund, Notizen",
    "Prénom, Nom de famille, Courriel, Téléphone, Poste, Étape, Date de candidature",
    "Nombre, Apellidos, Correo electrónico, Teléfono, Puesto, Etapa, Fecha de solicitud",
    "Imię, Nazwisko, Adres e-mail, Numer telefonu, Stanowisko, Etap, Data aplikacji, Uwagi",
    "Voornaam, Achternaam, E-mailadres, Telefoonnummer, Vacature, Fase, Sollicitatiedatum",
  ])("are all known in %s", (names) => {
    for (const name of names.split(", ")) expect([name, header(name)]).not.toEqual([name, undefined]);
  });
});

describe("the words of cells", () => {
  const { status, months } = loadCellLists();

  it("each mean one status only", () => {
    for (const [key, byLanguage] of Object.entries(status))
      for (const word of Object.values(byLanguage).flat())
        expect([word, cell.statusOf(word)]).toEqual([word, key]);
  });

  it("each mean one month only", () => {
    for (const { month, words } of months)
      for (const word of words) expect([word, cell.monthOf(word)]).toEqual([word, month]);
  });

  it.each([
    ["Candidate withdrew: took another offer", "withdrawn"],
    ["Declined offer", "withdrawn"],
    ["Hired", "hired"],
    ["Too little experience on call", "rejected"],
  ])("%s is the reason of somebody %s", (reason, end) => {
    expect(cell.endByReason(reason)).toBe(end);
  });
});
