import type { Examples } from "./example.ts";

export const PEOPLE: Examples = {
  wrong_name: {
    finds: [
      "Hello Priya,",
      "Dear Mr. Smith,",
      "Hi Zoë Raman,",
      "thanks\nHey Tom - a word",
      "Dear Hiring Manager,",
    ],
    passes: [
      "Hello Zoë,",
      "Dear Ms. Alvarez Lind:",
      "hi zoe, thank you",
      "Hello there,",
      "Hello again, Zoë.",
      "Hello,\n\nthis is short.",
      "I said hello to Tom.",
    ],
  },
  other_candidate: {
    finds: [
      "as Priya Raman did",
      "better than MARIA JOSE LOPES",
      "with Maria Lopes",
      ["Fine.", { subject: "For Priya Raman" }],
      "asked Grace for it",
    ],
    passes: [
      "Zoë Álvarez-Lind, this is for you",
      "a period of grace",
      "Priya said so",
      "Lopes and Maria",
      "Graceful shutdown",
    ],
  },
  several_recipients: {
    finds: [
      "write to eve@evil.example",
      "Cc: all of them",
      "bcc: x",
      ["Fine.", { subject: "a.b@c.example.org" }],
    ],
    passes: [
      "reply to dana@example.test.",
      "zoe@mail.example.test",
      "p99@1000rps",
      "this goes to: the team",
      "follow @dana",
    ],
  },
  link_host: {
    finds: [
      "https://evil.example/x",
      "see evil.com.",
      "EVIL.COM",
      "https://github.com@evil.example/",
      "https://user:pw@github.com/",
      "https://github.com.evil.example/a",
      "ftp://github.com/x",
      "https://gіthub.com/x",
      "get.sh/x",
      "[here](//evil.io)",
      "http://127.0.0.1:9090/",
      "http://[",
      "www.github.io",
      "mailto:eve@evil.example",
      "[x](javascript:alert(1))",
    ],
    passes: [
      "https://github.com/acme/task.",
      "(http://127.0.0.1:8080/x)",
      "jobs.example.test",
      "train.py, NOTES.md and Node.js",
      "ASP.NET and KServe 0.13.2",
      "e.g. there.It lacks a space, i.e. a.m.",
      "dana@evil.example",
      "features/join.py",
    ],
  },
};
