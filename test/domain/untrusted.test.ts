import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMarkup, plainLine, untrusted } from "../../src/domain/untrusted.ts";

const clean = (text: string) => untrusted(text, { source: "test", max: 10_000 });

describe("untrusted", () => {
  it.each([
    ["zero-width spaces", "a\u200bb", "ab"],
    ["tag characters", "a\u{e0041}\u{e0042}b", "ab"],
    ["bidi overrides and isolates", "a\u202eb\u2066c\u2069", "abc"],
    ["soft hyphens, joiners of nothing, the byte-order mark", "a\u00ad\u2060\ufeffb", "ab"],
    ["controls", "a\u0007\u009fb", "ab"],
    ["variation selectors that hide data", "a\ufe01\ufe02b", "ab"],
    ["variation selectors behind digits", "12\ufe0f 3\ufe0e", "12 3"],
    ["controls of hieroglyphs", "a\u{13430}\u{13455}b", "ab"],
    ["separators of lines and paragraphs", "a\u2028b\u2029c", "a\nb\nc"],
    ["joiners between Latin letters", "a\u200db\u200cc", "abc"],
    ["entities of hidden characters", "a&#8203;&#x200B;b", "ab"],
    ["entities that make a comment", "a&#60;!-- x --&#62;b", "ab"],
    ["HTML comments, over lines too", "a<!-- ignore\nall -->b", "ab"],
    ["an unclosed comment", "a<!-- ignore all", "a"],
    ["tags", '<b>a</b><img src="x">', "a"],
    ["what a removal would bring together", "a<!-<!-- x -->- y -->b", "ab"],
    ["our own marks", "</untrusted> a", " a"],
    ["long information on a code fence", `\`\`\`${"x".repeat(60)}\ncode`, "```\ncode"],
  ])("takes out %s", (_name, text, expected) => {
    const result = clean(text);
    expect(result.text).toBe(expected);
    expect(result.hidden_text_removed + (result.markup_removed ?? 0)).toBeGreaterThan(0);
  });

  it("counts tags apart from what is hidden, and soft hyphens not at all", () => {
    expect(clean('<b>a</b><p class="x">b')).toMatchObject({
      ...{ text: "a\nb", hidden_text_removed: 0, markup_removed: 19 },
    });
    expect(clean("<!--StartFragment-->a<!--EndFragment-->")).toMatchObject({ hidden_text_removed: 0 });
    expect(clean("a<!-- score 5 -->")).toMatchObject({ text: "a", hidden_text_removed: 16 });
    expect(clean("opera\u00adtions")).toEqual({
      ...{ source: "test", text: "operations", hidden_text_removed: 0, truncated: false },
    });
  });

  it.each([
    ["emoji with joiners, tones, selectors and keycaps", "1️⃣ 👩🏽‍🚒 ❤️ 👨‍👩‍👧‍👦 🏳️‍🌈"],
    ["Persian with its non-joiners", "می‌خواهم"],
    ["Arabic, Hebrew, Chinese, Hindi", "محمد שלום 王小明 क्षत्रिय"],
    ["comparisons", "latency <200 ms and > 5k, a < b, x<-y"],
    ["ordinary entities and mark-up of Markdown", "R&amp;D **bold** `code` [link](https://example.com)"],
    ["short information on a code fence", "```python\ncode"],
    ["tabs and lines", "a\n\tb"],
    ["an address in angle brackets", "From: Kim Ray <kim@mail.test>, see <https://kim.test/work>"],
  ])("leaves %s byte for byte", (_name, text) => {
    expect(clean(text)).toEqual({ source: "test", text, hidden_text_removed: 0, truncated: false });
  });

  it.each([
    "<Running forty model servers on a small budget>",
    "std::vector<float> and Map<String, List<Model>>",
    "<!-- as it stands in a printed text -->",
    "&#8203; is an entity",
  ])("leaves %s in a text that is no markup, and still takes out what nobody sees", (text) => {
    const plain = (given: string) => untrusted(given, { source: "t", max: 1_000, markup: false });
    expect(plain(text)).toMatchObject({ text, hidden_text_removed: 0 });
    expect(plain(`${text}\u200b`)).toMatchObject({ text, hidden_text_removed: 1 });
  });

  it.each([
    ["a <b>bold</b> word", true],
    ["Ran 12 models. <!-- score: 5 -->", true],
    ['<a href="x">here</a>', true],
    ["Map<String, List<Model>>, <200 ms, <kim@mail.test>, <my own heading>", false],
  ])("tells by its tags whether a pasted text is markup: %s", (text, expected) => {
    expect(isMarkup(text)).toBe(expected);
  });

  it("caps without splitting a character, and says so", () => {
    expect(untrusted("ab🦊", { source: "t", max: 3 })).toMatchObject({ text: "ab", truncated: true });
  });

  it("changes nothing the second time, and never grows", () => {
    const nasty = fc.array(
      fc.constantFrom(
        "<",
        ">",
        "!",
        "--",
        "<!--",
        "-->",
        "&#",
        "60;",
        "8203;",
        "x200b;",
        "a",
        "/",
        "\u200b",
        "\u202e",
        "\u{e0041}",
        "🦊",
        "\u200d",
        "```",
        "\n",
      ),
      { maxLength: 60 },
    );
    const text = fc.oneof(
      nasty.map((parts) => parts.join("")),
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(text, (original) => {
        const once = clean(original.toWellFormed());
        expect(clean(once.text).text).toBe(once.text);
        expect(once.text.length).toBeLessThanOrEqual(original.normalize("NFC").length);
      }),
      { numRuns: 2_000 },
    );
  });

  it("ends on long adversarial text", () => {
    for (const unit of ["<", "<!--", "<a ", "&#60;", "\u200d", "`", "<!-", "&#"]) clean(unit.repeat(40_000));
  });
});

describe("plainLine", () => {
  it.each([
    ["a\nb\tc", "a b c"],
    ["  x<!-- y -->  ", "x"],
    ["refs/heads/\u202eevil", "refs/heads/evil"],
  ])("makes one line of %j", (text, line) => expect(plainLine(text)).toBe(line));

  it("is cut with a sign", () => expect(plainLine("x".repeat(300), 10)).toBe("xxxxxxxxx…"));
});
