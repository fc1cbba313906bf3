// Writes the page of an operator's file from the declarations in it: signatures, arguments, inputs and results.
import type { Operator, Parameter } from '../server/src/operators/operator.ts';
import { formatValue } from '../server/src/rules/words.ts';

/** What one file of server/src/operators declares. */
export interface OperatorFile {
  /** `max-pooling` of `max-pooling.ts`. */
  readonly name: string;
  /** The comment on its first line. */
  readonly headline: string;
  readonly operators: readonly Operator[];
}

export function operatorPage({ name, headline, operators }: OperatorFile): string {
  const sections = groupAlike(operators).map(section);
  return [`# ${name}`, headline, ...sections].join('\n\n') + '\n';
}

export function operatorIndex(files: readonly OperatorFile[]): string {
  const rows = files.map(
    ({ name, operators }) => `| [${name}](${name}.md) | ${operators.map((operator) => `\`${operator.name}\``).join(', ')} |`,
  );
  const count = files.reduce((sum, { operators }) => sum + operators.length, 0);
  return (
    [
      '# Operators',
      `${count} operators, each with the name, the order of arguments and the defaults of PyTorch. The pages are made from the declarations in \`server/src/operators\` by \`npx vitest run test/operator-docs.test.ts -u\`.`,
      ['| file | operators |', '| --- | --- |', ...rows].join('\n'),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** Operators that differ in their names alone have one section: `ReLU`, `Tanh`, `Sigmoid`. */
function groupAlike(operators: readonly Operator[]): (readonly Operator[])[] {
  const groups = new Map<string, Operator[]>();
  for (const operator of operators) {
    const key = JSON.stringify([
      operator.parameters,
      operator.forwardParameters,
      operator.inputs.minimum,
      operator.inputs.maximum,
      operator.outputs,
    ]);
    const group = groups.get(key) ?? [];
    groups.set(key, [...group, operator]);
  }
  return [...groups.values()];
}

function section(alike: readonly Operator[]): string {
  const [first] = alike;
  if (first === undefined) return '';
  const { parameters, forwardParameters = [] } = first;
  const signatures = alike.map((operator) => `${operator.name}(${operator.parameters.map(signature).join(', ')})`);
  const summaries = new Set(alike.map(({ summary }) => summary));
  const texts = summaries.size === 1 ? [...summaries] : alike.map(({ name, summary }) => `- \`${name}\`: ${summary}`);
  return [
    `## ${alike.map(({ name }) => name).join(', ')}`,
    texts.join('\n'),
    ['```python', ...signatures, '```'].join('\n'),
    ...(parameters.length === 0 ? [] : [table(parameters)]),
    ...(forwardParameters.length === 0 ? [] : [`In the second brackets:\n\n${table(forwardParameters)}`]),
    `Takes ${inputWords(first)}; gives ${outputWords(first)}.`,
  ].join('\n\n');
}

function signature({ name, default: value }: Parameter): string {
  return value === undefined ? name : `${name}=${formatValue(value)}`;
}

function table(parameters: readonly Parameter[]): string {
  return ['| argument | takes | |', '| --- | --- | --- |', ...parameters.map(row)].join('\n');
}

function row({ name, type, doc, choices, nullable, inferable, legal, default: value }: Parameter): string {
  const takes = [
    choices === undefined ? TYPES[type] : choices.map((choice) => `"${choice}"`).join(', '),
    ...(legal === undefined ? [] : [legal]),
    ...(nullable === true ? ['or `None`'] : []),
    ...(inferable === true ? ['or `_`'] : []),
    ...(value === undefined ? ['has to be written'] : []),
  ];
  return `| \`${name}\` | ${takes.join(', ')} | ${doc.replaceAll('|', '\\|')} |`;
}

const TYPES: Readonly<Record<Parameter['type'], string>> = {
  integer: 'a whole number',
  integers: 'a whole number or a tuple',
  number: 'a number',
  numbers: 'a number or a tuple',
  boolean: 'True or False',
  string: 'a string',
  padding: 'a whole number, a tuple or a word',
  any: 'a value',
};

function inputWords({ inputs: { minimum, maximum } }: Operator): string {
  const words = (count: number) => `${count} ${count === 1 ? 'input' : 'inputs'}`;
  if (minimum === maximum) return words(minimum);
  return maximum === Infinity ? `${words(minimum)} or more` : `${minimum} to ${words(maximum)}`;
}

function outputWords({ outputs }: Operator): string {
  if (outputs === 'single') return 'one tensor';
  return outputs === 'sequence' ? 'a sequence of tensors' : `a record: ${outputs.map((part) => `\`${part}\``).join(', ')}`;
}
