/** How every page looks: readable on a phone, by keyboard, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8886; --quiet: #666; --accent: #14713d; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --quiet: #aaa; --accent: #58c98a; --on-accent: #06210f; } }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 2rem 1.25rem; }
h1 { font-size: 1.4rem; line-height: 1.25; }
p { margin: 0.75rem 0; }
.host { font-size: 1.6rem; font-weight: 700; line-height: 1.2; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
label { display: block; margin: 1rem 0 0.35rem; font-weight: 600; }
input, select { box-sizing: border-box; width: 100%; padding: 0.6rem; font: inherit; border: 1px solid var(--line); border-radius: 6px; }
button, .button { display: inline-block; margin: 1rem 0.5rem 0 0; padding: 0.6rem 1.1rem; font: inherit; font-weight: 600;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: 6px; cursor: pointer;
  text-decoration: none; }
button.second, .button.second { color: inherit; background: none; border-color: var(--line); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[tabindex="-1"]:focus-visible { outline: none; }
button:disabled { opacity: 0.5; cursor: default; }
.drop { margin: 1rem 0; padding: 0.5rem 1rem 0.25rem; border: 2px dashed var(--line); border-radius: 8px; }
.drop.over { border-color: var(--accent); }
.drop input { margin: 0.5rem 0 0; border: 0; padding: 0; }
.drop input::file-selector-button { font: inherit; padding: 0.6rem 1rem; margin-right: 0.75rem; }
.files { list-style: none; margin: 0; padding: 0; }
.files li { padding: 0.5rem 0 0.5rem 0.75rem; border-left: 4px solid var(--line); margin: 0.75rem 0; overflow-wrap: anywhere; }
.files p { margin: 0.25rem 0 0; }
.files progress { display: block; width: 100%; accent-color: var(--accent); }
.files .kept { border-color: var(--accent); }
.files .refused { border-color: #c0392b; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[hidden] { display: none; }
[role="alert"] { border-left: 4px solid #c0392b; padding-left: 0.75rem; }
`;
