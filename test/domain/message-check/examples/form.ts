import type { Examples } from "./example.ts";

const words = (count: number) => Array.from({ length: count }, () => "word").join(" ");

export const FORM: Examples = {
  unfilled: {
    finds: [
      "The range is {{ salary }}.",
      "{% if note %}",
      "at [COMPANY NAME] we",
      "on [insert date]",
      "TODO: say why.",
      "Hello undefined,",
      "The range is null.",
      "Hello null and welcome",
      ["Fine.", { subject: "{{ role.title }}" }],
    ],
    passes: [
      "You rejected the null hypothesis twice.",
      "columns with null values and undefined behaviour",
      "a list [1] with references [see below]",
      "We use {braces} and 30% of the budget.",
      "what is on the todo list",
      "Hello Null,",
    ],
  },
  markup: {
    finds: ["<b>bold</b>", 'see <a href="x">this</a>', "<!-- quiet -->", "<br/>"],
    passes: ["p99 < 250 ms and > 9", "a -> b", "x <- y", "cost < budget >= goal"],
  },
  image: {
    finds: ["![logo](x)", "<img src=x>", "data:image/png;base64,AAAA", "![pixel][1]"],
    passes: [
      "look here! [a link] (text)",
      "the training data: images, mostly",
      "an image of the container",
      "x != [y](z)",
    ],
  },
  hidden_characters: {
    finds: ["in\u200bvisible", "\u202egnp.exe", "tag \u{e0041}", "bell \u0007", "<i>x</i>"],
    passes: ["Zoë Álvarez, 李小龙, يحيى", "a 👩‍💻 who codes", "tabs\tand\r\nlines", "<250 ms"],
  },
  length: {
    finds: [
      [words(181), { purpose: "source" }],
      [words(181), { purpose: "screen_invite" }],
      [words(181), { unsolicited: true }],
      [words(251), { purpose: "status_update" }],
    ],
    passes: [
      [words(180), { purpose: "source" }],
      [words(250), { purpose: "status_update" }],
      [words(181), { purpose: "schedule" }],
    ],
  },
  exclamation: {
    finds: ["Great! Really!", "Wow!!", ["One!", { subject: "Two!" }]],
    passes: ["Thank you!", "a != b and c != d", "Nothing at all."],
  },
};
