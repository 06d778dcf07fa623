// pdf.js makes an object of the first class as it is loaded, and looks for all three; text is read without drawing, so
// that empty ones do. What it would take them from is a native module, which the bundle does not carry.
class DOMMatrix {}
class ImageData {}
class Path2D {}

Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });

export {};
