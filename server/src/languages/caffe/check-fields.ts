// Compares a file with the fields that Caffe and its known forks have: misspelt names, values of another kind, fields given twice.
import type { Problem } from '../../network/network.ts';
import type { TextEdit } from '../../text/edit.ts';
import { closest } from '../../text/closest.ts';
import { correctValues } from './check-values.ts';
import { typeOfOldWord } from './layers/old-words.ts';
import { isForeign, parametersOf } from './layers/parameters.ts';
import { layerRules } from './layers/registry.ts';
import type { FieldSchema, MessageSchema } from './schema/field.ts';
import { PARAMETER_FIELDS, schemas } from './schema/registry.ts';
import type { Field, Message } from './text-format/tree.ts';
import { removal } from './write-field.ts';

export interface CheckedFields {
  /** What is meant: a misspelt field stands under its right name, so that one mistake is told once. */
  readonly root: Message;
  readonly problems: readonly Problem[];
}

interface UnknownField {
  readonly field: Field;
  readonly within: string;
  readonly near: string | undefined;
  /** All places at which it stands. */
  readonly places: Field[];
}

export function checkFields(text: string, root: Message): CheckedFields {
  const problems: Problem[] = [];
  const unknown = new Map<string, UnknownField>();
  const corrected = correct(root, 'net');
  return { root: corrected, problems: [...problems, ...[...unknown.values()].map(unknownProblem)] };

  function correct(message: Message, name: string): Message {
    const schema = schemas.get(name);
    if (schema === undefined) return message;
    const type = name === 'layer' ? typeOf(message) : undefined;
    const isCustom = type !== undefined && !layerRules.has(type);
    const seen = new Map<string, Field>();
    const fields = message.fields.map((field): Field => {
      const known = fieldOf(schema, name, field.name);
      if (known === undefined) return isCustom && field.name.endsWith('_param') ? field : misspelt(field, name, schema);
      if (type !== undefined && PARAMETER_FIELDS.has(field.name) && isForeign(field.name, type)) {
        problems.push(foreign(field, type, message));
        return ownFor(field, type, message);
      }
      const first = seen.get(field.name);
      seen.set(field.name, field);
      if (first !== undefined && known.isRepeated !== true) problems.push(givenTwice(field, first, name));
      // What a layer's type may be depends on the form of the file, and is looked at with it.
      return name === 'layer' && field.name === 'type' ? field : correctField(field, known);
    });
    return { ...message, fields };
  }

  function correctField(field: Field, schema: FieldSchema): Field {
    if (schema.type !== 'message') {
      const values = correctValues(field, schema, problems);
      return values === field.values ? field : { ...field, values };
    }
    const values = field.values.map((value) => (value.kind === 'message' ? correct(value, schema.message ?? '') : value));
    return { ...field, values };
  }

  /** A number under a name that may mean something else is not known; a word, a text or a message is what it seems to be. */
  function misspelt(field: Field, within: string, schema: MessageSchema): Field {
    const names = [...Object.keys(schema), ...(within === 'layer' ? PARAMETER_FIELDS : [])];
    const near = closest(field.name, names);
    const key = `${within}.${field.name}`;
    const before = unknown.get(key);
    if (before === undefined) unknown.set(key, { field, within, near, places: [field] });
    else before.places.push(field);
    const meant = near === undefined ? undefined : fieldOf(schema, within, near);
    if (near === undefined || meant === undefined) return field;
    const isMessage = field.values.every(({ kind }) => kind === 'message');
    if (isMessage !== (meant.type === 'message')) return field;
    if (isMessage || meant.type === 'string') return correctField({ ...field, name: near }, meant);
    return {
      ...field,
      name: near,
      values: field.values.map((value) => (value.kind === 'message' ? value : { ...value, type: 'placeholder' })),
    };
  }

  function unknownProblem({ field, within, near, places }: UnknownField): Problem {
    const owner = within === 'net' ? 'A network' : within === 'layer' ? 'A layer' : `\`${within}\``;
    const more = places.length === 1 ? '' : ` It stands ${places.length} times in this file.`;
    const why = near === undefined ? 'It may be a field of a fork.' : `Did you mean \`${near}\`? It may also be a field of a fork.`;
    const words = {
      message: `${owner} has no field \`${field.name}\` in Caffe.${more}\n${why} Caffe itself does not read a file with a field that it does not know.`,
      related: [],
    };
    // Whether it is misspelt or a fork's, only the author can say: neither fix is made without a look.
    const ideas = [
      ...(near === undefined
        ? []
        : [
            {
              title: `Change \`${field.name}\` to \`${near}\``,
              edits: places.map(({ nameRange }): TextEdit => ({ range: nameRange, newText: near })),
            },
          ]),
      { title: `Remove \`${field.name}\``, edits: places.map(({ range }) => removal(text, range)) },
    ];
    const fault = { code: 'unknown-field', reason: 'unknown', name: field.name } as const;
    return { fault, range: field.nameRange, frames: [], words, ideas };
  }

  function givenTwice(field: Field, first: Field, within: string): Problem {
    const owner = within === 'net' ? 'the file' : within === 'layer' ? 'one layer' : `one \`${within}\``;
    return {
      fault: { code: 'duplicate-name', reason: 'field', name: field.name, what: 'field', first: first.nameRange },
      range: field.nameRange,
      frames: [],
      words: {
        message: `\`${field.name}\` is given twice in ${owner}.\nThere can be one only, and Caffe does not read the file. Take one of them out.`,
        related: [{ message: `\`${field.name}\` is given here first`, range: first.nameRange }],
      },
      ideas: [
        { title: 'Remove this one', edits: [removal(text, field.range)] },
        { title: 'Remove the first one', edits: [removal(text, first.range)] },
      ],
    };
  }
}

function typeOf({ fields }: Message): string | undefined {
  const type = fields.find(({ name }) => name === 'type')?.values[0];
  if (type?.kind !== 'scalar') return undefined;
  return type.type === 'identifier' ? typeOfOldWord(type.text) : type.text;
}

/** What the layer reads of its own, where it has nothing there. */
function unwritten(type: string, { fields }: Message): string | undefined {
  const [own] = parametersOf.get(type) ?? [];
  return own === undefined || fields.some(({ name }) => name === own) ? undefined : own;
}

/** Parameters of another type may be meant for this one: where they have the same fields, they are read as if they were. */
function ownFor(field: Field, type: string, layer: Message): Field {
  const own = unwritten(type, layer);
  return own === undefined ? field : { ...field, name: own };
}

function foreign(field: Field, type: string, layer: Message): Problem {
  const own = unwritten(type, layer);
  const reads =
    parametersOf
      .get(type)
      ?.map((name) => `\`${name}\``)
      .join(' and ') ?? '';
  const message = `${type} does not read \`${field.name}\`.\nThese are parameters of other layers; what is for ${type} stands in ${reads}.`;
  const ideas =
    own === undefined ? [] : [{ title: `Change \`${field.name}\` to \`${own}\``, edits: [{ range: field.nameRange, newText: own }] }];
  const fault = { code: 'ignored-key', reason: 'foreign-parameters', message, related: [] } as const;
  return { fault, range: field.nameRange, frames: [], ideas };
}

const PARAMETERS: FieldSchema = { type: 'message', doc: '' };

/** The schema of a field of the message called `within`. */
export function fieldOf(schema: MessageSchema, within: string, name: string): FieldSchema | undefined {
  if (Object.hasOwn(schema, name)) return schema[name];
  return within === 'layer' && PARAMETER_FIELDS.has(name) ? { ...PARAMETERS, message: name } : undefined;
}
