// Which YAML files are ours: by their name, or by `shapelint: 1` at their top level.

const MARK = /^(?:shapelint|"shapelint"|'shapelint')[ \t]*:/m;

/** The mark stands near the top where it stands at all. */
const SNIFFED = 20_000;

export function claimsYaml(path: string, text: string): boolean {
  if (/\.nn\.ya?ml$/i.test(path)) return true;
  return /\.ya?ml$/i.test(path) && MARK.test(text.slice(0, SNIFFED));
}
