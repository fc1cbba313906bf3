// From JSON to Keras models: the envelopes of Keras 1 to 3 and of TensorFlow.js, and the two ways to write calls.
import type { Range } from '../../text/range.ts';
import { itemsOf, parseJson, rangeOf, textOf, valueOf, type JsonNode } from './json.ts';
import type { KerasCall, KerasFormat, KerasLayer, KerasModel, OutputReference } from './tree.ts';

const MODELS = new Set(['Sequential', 'Model', 'Functional']);

export interface ParsedModel {
  readonly model: KerasModel | undefined;
  readonly format: KerasFormat;
  readonly fault?: { readonly message: string; readonly range: Range };
}

export function parseModel(text: string): ParsedModel {
  const { root, fault } = parseJson(text);
  const node = modelNode(root);
  return { model: node === undefined ? undefined : readModel(node), format: formatOf(root), ...(fault !== undefined && { fault }) };
}

function formatOf(root: JsonNode | undefined): KerasFormat {
  const topology = valueOf(root, 'modelTopology');
  const holders = [root, topology, valueOf(topology, 'model_config')];
  const version = holders.map((holder) => textOf(valueOf(holder, 'keras_version'))).find((text) => text !== undefined);
  // Keras 3 writes no version into its models, and a module beside each class.
  const isKeras3 = version?.startsWith('3') ?? holders.some((holder) => valueOf(holder, 'module') !== undefined);
  return { isTensorFlowJs: topology !== undefined, isKeras3, ...(version !== undefined && { version }) };
}

/** Whether the text is a model: its layers, not a graph of TensorFlow's, and not some other JSON. */
export function isModel(text: string): boolean {
  // Most JSON is told apart without being parsed.
  if (!text.includes('class_name') || !text.includes('config')) return false;
  return modelNode(parseJson(text).root) !== undefined;
}

/** The object with `class_name` and `config` of a model, wherever the envelope has it. */
function modelNode(root: JsonNode | undefined): JsonNode | undefined {
  const topology = valueOf(root, 'modelTopology') ?? valueOf(root, 'model_topology') ?? root;
  const inner = valueOf(topology, 'model_config') ?? topology;
  return [embedded(inner), topology].find((node) => node !== undefined && isModelNode(node));
}

/** A model that is written as a string within the JSON: its places are those of the letters, unless they are escaped. */
function embedded(node: JsonNode | undefined): JsonNode | undefined {
  const text = textOf(node);
  if (node === undefined || text === undefined) return node;
  const { root } = parseJson(text);
  return root === undefined ? undefined : at(root, rangeOf(node));
}

/** The same nodes, all at one place: the letters of an escaped string have no places of their own. */
function at(node: JsonNode, { start, end }: Range): JsonNode {
  return {
    ...node,
    offset: start,
    length: end - start,
    ...(node.children !== undefined && { children: node.children.map((child) => at(child, { start, end })) }),
  };
}

function isModelNode(node: JsonNode): boolean {
  const config = valueOf(node, 'config');
  const layers = config?.type === 'array' ? config : valueOf(config, 'layers');
  return MODELS.has(textOf(valueOf(node, 'class_name')) ?? '') && layers?.type === 'array';
}

function readModel(node: JsonNode): KerasModel {
  const config = valueOf(node, 'config');
  const isList = config?.type === 'array';
  const nameNode = (isList ? undefined : valueOf(config, 'name')) ?? valueOf(node, 'name');
  const className = valueOf(node, 'class_name');
  const kind = textOf(className) === 'Sequential' ? 'sequential' : 'functional';
  return {
    name: textOf(nameNode) ?? (kind === 'sequential' ? 'sequential' : 'model'),
    nameRange: rangeOf(nameNode ?? className ?? node),
    range: rangeOf(node),
    kind,
    layers: itemsOf(isList ? config : valueOf(config, 'layers')).map(readLayer),
    inputs: references(valueOf(config, 'input_layers')),
    outputs: references(valueOf(config, 'output_layers')),
    config,
  };
}

/** Also a layer that is written within the settings of another. */
export function readLayer(node: JsonNode, index: number): KerasLayer {
  const classNode = valueOf(node, 'class_name');
  const config = valueOf(node, 'config');
  // A model within a model keeps its own name in its config; what calls refer to stands beside it.
  const nameNode = valueOf(node, 'name') ?? valueOf(config, 'name');
  const className = textOf(classNode) ?? '';
  const [module, registeredName] = ['module', 'registered_name'].map((key) => textOf(valueOf(node, key)));
  return {
    className,
    classRange: rangeOf(classNode ?? node),
    name: textOf(nameNode) ?? `${className.toLowerCase()}_${index}`,
    nameRange: rangeOf(nameNode ?? classNode ?? node),
    range: rangeOf(node),
    config,
    buildConfig: valueOf(node, 'build_config'),
    ...(module !== undefined && { module }),
    ...(registeredName !== undefined && { registeredName }),
    ...(isModelNode(node) && { model: readModel(node) }),
    calls: itemsOf(valueOf(node, 'inbound_nodes')).map(readCall),
  };
}

/** `[["conv", 0, 0, {}], ...]` up to Keras 2, an object with `args` in Keras 3. */
function readCall(node: JsonNode): KerasCall {
  if (node.type === 'object') {
    const settings = valueOf(node, 'kwargs');
    const written = valueOf(node, 'args');
    const references = [...histories(written), ...namedParts(settings, histories)];
    return { references, settings, range: rangeOf(node), isKeras3: true, ...(written !== undefined && { written }) };
  }
  // A call on one output is written without its list at times.
  const calls = itemsOf(node)[0]?.type === 'string' ? [node] : itemsOf(node);
  const named = calls.flatMap((call) => itemsOf(call)[3] ?? []);
  const positional = calls.flatMap((call) => readReference(call) ?? []);
  const references = [...positional, ...named.flatMap((settings) => namedParts(settings, nestedReferences))];
  return { references, settings: named[0], range: rangeOf(node) };
}

/** The tensors among the settings of a call, each with the name under which it is handed over. */
function namedParts(settings: JsonNode | undefined, read: (node: JsonNode) => readonly OutputReference[]): readonly OutputReference[] {
  return (settings?.type === 'object' ? (settings.children ?? []) : []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    const argument = textOf(key);
    return value === undefined || argument === undefined ? [] : read(value).map((reference) => ({ ...reference, argument }));
  });
}

/** `["conv", 0, 0]`, or a list of such; other lists are settings. */
function nestedReferences(node: JsonNode): readonly OutputReference[] {
  const [name, ...numbers] = itemsOf(node);
  const isReference = name?.type === 'string' && numbers.length === 2 && numbers.every(({ type }) => type === 'number');
  return isReference ? [readReference(node)].flatMap((reference) => reference ?? []) : itemsOf(node).flatMap(nestedReferences);
}

/** The tensors among the arguments of a call of Keras 3, in order. */
function histories(node: JsonNode | undefined): readonly OutputReference[] {
  if (node === undefined) return [];
  if (textOf(valueOf(node, 'class_name')) === '__keras_tensor__') {
    const config = valueOf(node, 'config');
    const reference = readReference(valueOf(config, 'keras_history'));
    const shape = valueOf(config, 'shape');
    return reference === undefined ? [] : [{ ...reference, ...(shape !== undefined && { shape }) }];
  }
  const parts = node.type === 'object' ? (node.children ?? []).flatMap(({ children }) => children?.[1] ?? []) : itemsOf(node);
  return parts.flatMap(histories);
}

/** What stands in the place of a layer's name for a number or a list that is handed over where a tensor may be. */
const CONSTANT = '_CONSTANT_VALUE';

function readReference(node: JsonNode | undefined): OutputReference | undefined {
  const [name, call, output] = itemsOf(node);
  const layer = textOf(name);
  if (name === undefined || layer === undefined || layer === CONSTANT) return undefined;
  const [callRange, outputRange] = [call, output].map((part) => (part?.type === 'number' ? rangeOf(part) : undefined));
  return {
    layer,
    call: whole(call),
    output: whole(output),
    range: rangeOf(name),
    ...(callRange !== undefined && { callRange }),
    ...(outputRange !== undefined && { outputRange }),
  };
}

function whole(node: JsonNode | undefined): number {
  const value: unknown = node?.value;
  return typeof value === 'number' ? value : 0;
}

/** `[["in", 0, 0]]`, or one reference alone, or (Keras 3) a map of them. */
function references(node: JsonNode | undefined): readonly OutputReference[] {
  if (node?.type === 'object') return (node.children ?? []).flatMap(({ children }) => references(children?.[1]));
  const one = readReference(node);
  return one === undefined ? itemsOf(node).flatMap((item) => references(item)) : [one];
}
