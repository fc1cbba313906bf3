// The JSON Schema of our YAML, made from the operators, for editors that know YAML and not Shapelint.
import { isFloat, type ArgumentValue } from '../../network/argument.ts';
import type { Operator, Parameter, ParameterType } from '../../operators/operator.ts';
import { operators } from '../../operators/registry.ts';

/** A schema in the terms of draft 7, which YAML extensions read. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const SIZE: JsonSchema = { type: ['integer', 'string'] };

const TYPES: Readonly<Record<ParameterType, JsonSchema>> = {
  integer: SIZE,
  integers: { anyOf: [SIZE, { type: 'array', items: SIZE }] },
  number: { type: ['number', 'string'] },
  numbers: { anyOf: [{ type: ['number', 'string'] }, { type: 'array', items: { type: ['number', 'string'] } }] },
  boolean: { type: ['boolean', 'string'] },
  string: { type: 'string' },
  padding: { anyOf: [SIZE, { type: 'array', items: SIZE }] },
  any: {},
};

export function createYamlSchema(): JsonSchema {
  const statements = { $ref: '#/definitions/statements' };
  const shapes = { type: 'object', additionalProperties: { type: 'array', items: { type: ['integer', 'string'] } } };
  const output = { anyOf: [shapes, { type: 'string' }, { type: 'array', items: { type: 'string' } }] };
  const body = {
    type: 'object',
    properties: {
      input: { ...shapes, description: 'The inputs with their shapes: {x: [N, 3, H=224, W=224]}.' },
      require: { type: ['string', 'array'], description: 'What is promised of the symbols: H % 32 == 0.' },
      layers: statements,
      output: { ...output, description: 'The outputs, with their shapes as claims: {y: [N, 10]}.' },
    },
    additionalProperties: false,
  };
  const declarations = (what: string) => ({ type: 'object', description: what, additionalProperties: { anyOf: [statements, body] } });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Shapelint network',
    type: 'object',
    properties: {
      shapelint: { const: 1, description: 'The version of this form.' },
      blocks: declarations('Reusable pieces: a name with parameters, and its layers.'),
      nets: declarations('Networks: a name, and its inputs, layers and outputs.'),
    },
    required: ['shapelint'],
    additionalProperties: false,
    definitions: {
      statements: { type: 'array', items: { $ref: '#/definitions/statement' } },
      statement: {
        anyOf: [
          { type: 'string', description: 'A call: Conv2d(3, 64, 3, padding=1).' },
          { $ref: '#/definitions/keywordForm' },
          ...controls(),
          bound(),
        ],
      },
      keywordForm: {
        type: 'object',
        properties: {
          type: { type: 'string', examples: [...operators.keys()] },
          inputs: { description: 'The names that it is applied to.' },
        },
        required: ['type'],
        allOf: [...operators.values()].map(operatorSchema),
      },
    },
  };
}

function controls(): JsonSchema[] {
  const statements = { $ref: '#/definitions/statements' };
  const control = (key: string, value: JsonSchema, more: JsonSchema = {}) => ({
    type: 'object',
    properties: { [key]: value, do: statements, ...more },
    required: [key, 'do'],
    additionalProperties: false,
  });
  return [
    control('repeat', SIZE),
    control('for', { type: 'string', description: 'c in [256, 128]' }),
    control('if', { type: 'string' }, { else: statements }),
  ];
}

function bound(): JsonSchema {
  return {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: { anyOf: [{ type: 'string' }, { $ref: '#/definitions/keywordForm' }] },
  };
}

function operatorSchema({ name, summary, parameters }: Operator): JsonSchema {
  const properties = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameterSchema(parameter)]));
  return { if: { properties: { type: { const: name } } }, then: { description: summary, properties } };
}

function parameterSchema({ type, doc, choices, legal, default: value }: Parameter): JsonSchema {
  const description = legal === undefined ? doc : `${doc} Legal: ${legal}.`;
  const json = value === undefined ? undefined : toJson(value);
  return { description, ...(choices === undefined ? TYPES[type] : { enum: choices }), ...(json !== undefined && { default: json }) };
}

/** A default as JSON, or undefined where it has no form there. */
function toJson(value: ArgumentValue): unknown {
  if (isFloat(value)) return value.value;
  if (Array.isArray(value)) return value.map(toJson);
  return typeof value === 'object' && value !== null ? undefined : value;
}
