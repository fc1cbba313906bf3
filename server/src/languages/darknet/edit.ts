// Writes a new value for an argument as an option of its section, where it stands or below the section's header.
import type { Node } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { argumentNames } from './argument-names.ts';
import { findOption, parseConfiguration, type Section } from './parse.ts';

/** A tuple of equal numbers is one number; the strides of height and width have options of their own. */
export function setOption(text: string, node: Node, name: string, value: string): readonly TextEdit[] | undefined {
  const key = argumentNames.get(name);
  const numbers = /^\(?(\d+(?:, ?\d+)*),?\)?$/.exec(value)?.[1]?.split(',').map(Number);
  const section = parseConfiguration(text).sections.find(({ headerRange }) => headerRange.start === node.source.nameRange.start);
  const [first, second = first] = numbers ?? [];
  if (key === undefined || section === undefined || first === undefined || second === undefined || (numbers?.length ?? 0) > 2)
    return undefined;
  if (first === second && findOption(section, 'stride_x') === undefined) return set(text, section, { [key]: first });
  return name === 'stride' && section.type !== 'upsample' ? set(text, section, { stride_y: first, stride_x: second }) : undefined;
}

/** Options that are there get their values, the others a line below the header. */
function set(text: string, section: Section, values: Readonly<Record<string, number>>): readonly TextEdit[] {
  const newline = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  const { end } = section.headerRange;
  const written = Object.entries(values).map(([key, value]) => ({ key, newText: String(value), option: findOption(section, key) }));
  const added = written.flatMap(({ key, newText, option }) => (option === undefined ? [`${newline}${key}=${newText}`] : []));
  const changed = written.flatMap(({ newText, option }) => (option === undefined ? [] : [{ range: option.valueRange, newText }]));
  return [...changed, ...(added.length === 0 ? [] : [{ range: { start: end, end }, newText: added.join('') }])];
}
