// The YAML form of our language: the same call strings, read into the same syntax tree.
import type { Language } from '../language.ts';
import { applyBefore } from '../nn/edit.ts';
import { lowerTree } from '../nn/lower.ts';
import { claimsYaml } from './claims.ts';
import { LONGEST_YAML } from './document.ts';
import { addYamlRequirement, setYamlArgument, yamlLine } from './edit.ts';
import { parseNetworkYaml } from './parse.ts';

export const nnYaml: Language = {
  id: 'shapelint-yaml',
  name: 'Shapelint YAML',
  claims: claimsYaml,
  longestText: LONGEST_YAML,
  read: (text, createBuilder) => lowerTree(text, parseNetworkYaml(text), createBuilder),
  setArgument: setYamlArgument,
  applyBefore: (text, node, input, call, name) => applyBefore(text, node, input, call, name, yamlLine),
  addRequirement: addYamlRequirement,
};
