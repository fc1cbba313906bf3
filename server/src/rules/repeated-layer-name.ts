// repeated-layer-name: a layer with weights that has the name of another one.
import { faultRule } from './rule.ts';

export const repeatedLayerName = faultRule({
  code: 'repeated-layer-name',
  severity: 'warning',
  summary: 'A layer with weights that has the name of another one of its network.',
  word: ({ name, first }) => ({
    message: `There is a layer called \`${name}\` already.\nWeights are loaded by the names of layers: those of both go to the first one, and this one keeps its start values.`,
    related: [{ message: `\`${name}\` is the name of this layer as well`, range: first }],
  }),
  fixes: ({ name, free }, { range }) => [
    { title: `Change \`${name}\` to \`${free}\``, changes: [{ kind: 'text', edit: { range, newText: free } }] },
  ],
});
