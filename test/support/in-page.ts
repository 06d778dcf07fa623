// What tests run inside a page. It is text, because nothing of a browser is known to the rest of the tests.

/** A drag with these files. */
export const dragOf = (files: readonly { name: string; base64: string }[]): string => `(() => {
  const transfer = new DataTransfer();
  for (const { name, base64 } of ${JSON.stringify(files)})
    transfer.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
  return transfer;
})()`;

export const FOCUSED = "document.activeElement?.id";

/** By how many pixels the page is wider than what shows it. */
export const OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Hands each value of the first progress bar to the function \`seen\`, which the test has put there. */
export const WATCH_PROGRESS = `new MutationObserver(() => {
  const bar = document.querySelector("progress");
  if (bar) seen(bar.value);
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })`;

/** Texts whose contrast with what is behind them is under 4.5 to 1. */
export const FAINT_TEXTS = `(() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const paper = matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)";
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$|^transparent$/.test(colour)) return colour;
    }
    return paper;
  };
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("h1, p, label, button, strong, select")].flatMap((element) => {
    const text = element.textContent.trim();
    if (text === "" || element.disabled) return [];
    const [dark, bright] = [light(getComputedStyle(element).color), light(behind(element))].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    return ratio < 4.5 ? [text.slice(0, 30) + ": " + ratio.toFixed(1)] : [];
  });
})()`;
