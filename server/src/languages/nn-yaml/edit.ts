// Writes a new value for an argument into YAML: into a call string, or as a key of the keyword form.
import type { Network, Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { setCallArgument, type LineForm } from '../nn/edit.ts';

export function setYamlArgument(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const { callRange, argumentRanges, nameRange } = node.source;
  const isKeywordForm = /:\s*$/.test(text.slice(callRange.start, nameRange.start));
  if (!isKeywordForm) return setCallArgument(text, node, name, value);
  // A tuple in round brackets would be split at its commas.
  const written = value.replace(/^\((.*?),?\)$/, '[$1]');
  const range = argumentRanges.get(name);
  if (range !== undefined) return [{ range, newText: written }];
  const isFlow = text.charAt(callRange.start) === '{';
  if (isFlow) {
    const end = text.slice(0, callRange.end - 1).trimEnd().length;
    return [{ range: { start: end, end }, newText: `, ${name}: ${written}` }];
  }
  const lineStart = text.lastIndexOf('\n', callRange.start - 1) + 1;
  const indent = ' '.repeat(callRange.start - lineStart);
  const end = text.slice(0, callRange.end).trimEnd().length;
  return [{ range: { start: end, end }, newText: `\n${indent}${name}: ${written}` }];
}

/** A key `require` of its own above the `input` of the network. */
export function addYamlRequirement(text: string, network: Network, condition: string): readonly TextEdit[] | undefined {
  const within = text.slice(network.range.start, network.range.end);
  const key = /^([ ]+)input[ ]*:/m.exec(within);
  if (key?.[1] === undefined || network.requirements.length > 0) return undefined;
  const start = network.range.start + key.index;
  return [{ range: { start, end: start }, newText: `${key[1]}require: ${condition}\n` }];
}

export const yamlLine: LineForm = {
  lead: /^([ ]*)- (?:(?:"?[A-Za-z_]\w*"?[ ]*:[ ]*)?["']?)$/,
  statement: (name, call) => (name === undefined ? `- ${call}` : `- ${name}: ${call}`),
};
