// What the parameters of a network's layers are called: the names of a PyTorch state dict.
import type { Layer, Network, Node } from '../../network/network.ts';
import { kernels } from '../../reference/registry.ts';

/** Each node's name, as stands before the point in `layer1.0.conv1.weight`, and what else its layers may be called. */
export interface ParameterNames {
  readonly names: ReadonlyMap<Node, string>;
  /** The name that a layer goes by, for one that is written with positions where there are names; undefined where there is no such layer. */
  readonly find: (name: string) => string | undefined;
}

interface Scope {
  readonly name: string;
  readonly parts: Map<string, Scope>;
  /** Those of the layers that one name is bound to, in turn. */
  readonly lists: Map<string, readonly Scope[]>;
  /** True where it is a layer with parameters, and not layers around which it stands. */
  isLayer: boolean;
  /** True for a module that stands in no file of the user's. */
  isInLibrary: boolean;
}

/**
 * A layer is called by the name that it is bound to, else by its position among the layers around it, as in a Sequential. Blocks
 * are scopes: what is inside stands behind their name and a point. `repeat` and `for` are none: what they unroll to is
 * counted as if it were written out. A name that several layers with parameters in one scope are bound to names none of them.
 *
 * What is found besides: a position where there is a name; the layers that one name is bound to as `name.0`, `name.1`, ..., as those of a
 * ModuleList; the only layer with parameters of a scope by the name of the scope; and what is in a part of a module of ours without that part.
 */
export function parameterNames(network: Network): ParameterNames {
  const root = scopeOf('');
  const names = new Map<Node, string>();
  nameLayers(network.layers, root, names);
  return { names, find: (name) => find(root, name.split('.'))?.name };
}

function scopeOf(name: string): Scope {
  return { name, parts: new Map(), lists: new Map(), isLayer: false, isInLibrary: false };
}

function nameLayers(layers: readonly Layer[], scope: Scope, names: Map<Node, string>): void {
  const modules = unrolled(layers);
  const uses = new Map<string, number>();
  for (const { name, layer } of modules.map((layer) => ({ name: layer.name, layer })))
    if (name !== undefined && hasParameters(layer)) uses.set(name, (uses.get(name) ?? 0) + 1);
  modules.forEach((layer, at) => {
    const position = String(layer.index ?? at);
    const { name } = layer;
    const isNamed = name !== undefined && !/^\d+$/.test(name) && hasParameters(layer);
    const isName = isNamed && uses.get(name) === 1;
    const own = open(scope, isName ? name : position);
    if (isName && !scope.parts.has(position)) scope.parts.set(position, own);
    if (isNamed) scope.lists.set(name, [...(scope.lists.get(name) ?? []), own]);
    if (layer.node !== undefined) {
      names.set(layer.node, own.name);
      own.isLayer = hasParameters({ ...layer, children: [] });
    }
    own.isInLibrary = isInLibrary(layer);
    nameLayers(layer.children, own, names);
  });
}

/** The layers of a scope in order: what loops unroll to stands in their place, and a mere reference is no layer. */
function unrolled(layers: readonly Layer[]): Layer[] {
  return layers.flatMap((layer) => {
    if (layer.kind === 'group' && layer.name === undefined) return unrolled(layer.children);
    return layer.kind === 'reference' ? [] : [layer];
  });
}

function hasParameters({ node, children }: Layer): boolean {
  return (node !== undefined && kernels.get(node.operator)?.parameters !== undefined) || children.some(hasParameters);
}

function isInLibrary({ node, children }: Layer): boolean {
  return node === undefined ? children.length > 0 && children.every(isInLibrary) : node.source.isInLibrary === true;
}

/** The scope below `scope`, made where there is none. Names may have points in them: each part is a scope then. */
function open(scope: Scope, name: string): Scope {
  return name.split('.').reduce((outer, part) => {
    const known = outer.parts.get(part);
    if (known !== undefined) return known;
    const made = scopeOf(outer.name === '' ? part : `${outer.name}.${part}`);
    outer.parts.set(part, made);
    return made;
  }, scope);
}

/** The layer with parameters that is meant. */
function find(scope: Scope, [part, ...rest]: readonly string[]): Scope | undefined {
  if (part === undefined) return scope.isLayer ? scope : onlyLayer(scope);
  const below = scope.parts.get(part);
  const found = below === undefined ? undefined : find(below, rest);
  if (found !== undefined) return found;
  const [place = '', ...behind] = rest;
  const listed = /^\d+$/.test(place) ? scope.lists.get(part)?.[Number(place)] : undefined;
  const inList = listed === undefined ? undefined : find(listed, behind);
  if (inList !== undefined || !scope.isInLibrary) return inList;
  // Our modules are made of others where their authors' classes are one: the part of which alone the name can be.
  const inside = [...new Set(scope.parts.values())].flatMap((inner) => (inner.isInLibrary ? (find(inner, [part, ...rest]) ?? []) : []));
  return inside.length === 1 ? inside[0] : undefined;
}

function onlyLayer(scope: Scope): Scope | undefined {
  const layers = [...new Set(scope.parts.values())].flatMap((part) => (part.isLayer ? [part] : [onlyLayer(part)]));
  const [only, ...others] = layers;
  return others.length === 0 ? only : undefined;
}
