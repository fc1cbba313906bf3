// Which prototxt files are ours: those that hold layers. Solvers, label maps and other texts in protobuf's format are not.

/** So much of a file is looked at: a network begins at its top. */
const SNIFFED = 20_000;

const TOKEN = /#[^\r\n]*|"(?:[^"\\\r\n]|\\.)*"?|'(?:[^'\\\r\n]|\\.)*'?|[A-Za-z_]\w*|[{}<>:]|[^\s\w]|\S+/g;

export function claimsPrototxt(path: string, text: string): boolean {
  return /\.prototxt$/i.test(path) && holdsNetwork(text.slice(0, SNIFFED));
}

/** A `layer` or `layers` of the file itself with something of a layer inside, or an `input` with its sizes. */
function holdsNetwork(text: string): boolean {
  let depth = 0;
  let before = '';
  let isLayer = false;
  let hasInput = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.startsWith('#') || token === ':') continue;
    if (token === '{' || token === '<') {
      if (depth === 0) isLayer = before === 'layer' || before === 'layers';
      depth++;
    } else if (token === '}' || token === '>') depth = Math.max(depth - 1, 0);
    else if (depth === 1 && isLayer && /^(?:type|bottom|top|name|layer)$/.test(token)) return true;
    else if (depth === 0 && token === 'input') hasInput = true;
    if (depth <= 1 && hasInput && (token === 'input_dim' || token === 'input_shape')) return true;
    before = token;
  }
  return false;
}
