// Which YAML files are YOLO models: those with rows of modules under a backbone or a head.

/** A model begins early in its file; the rest of a long one is not searched. */
const LONGEST_HEAD = 60_000;
const SECTION = /^(?:backbone|head|"backbone"|'backbone'|"head"|'head')[ \t]*:/m;
/** `[-1, 1, Conv, [64, 3, 2]]`, behind a dash or in a list. Arguments by their names are another format's. */
const ROW = /\[\s*(?:-?\d+|\[[-\d,\s]*\])\s*,\s*-?\d+\s*,\s*["']?[A-Za-z_][\w.]*["']?\s*(?:,(?!\s*\{)|\])/;
/** Kindle's models have sections of such names as well, and rows with options behind the arguments. */
const KINDLE = /^input_channel[ \t]*:/m;

export function claimsModel(path: string, text: string): boolean {
  if (!/\.ya?ml$/i.test(path)) return false;
  const head = text.slice(0, LONGEST_HEAD);
  return SECTION.test(head) && ROW.test(head) && !KINDLE.test(head);
}
