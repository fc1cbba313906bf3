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
}

/**
 * A layer is called by the name that it is bound to, else by its position among the layers around it, as in a Sequential. Blocks
 * are scopes: what is inside stands behind their name and a point. `repeat` and `for` are none: what they unroll to is
 * counted as if it were written out. A name that several layers with parameters in one scope are bound to names none of them.
 */
export function parameterNames(network: Network): ParameterNames {
  const root: Scope = { name: '', parts: new Map() };
  const names = new Map<Node, string>();
  nameLayers(network.layers, root, names);
  return { names, find: (name) => find(root, name)?.name };
}

function nameLayers(layers: readonly Layer[], scope: Scope, names: Map<Node, string>): void {
  const modules = unrolled(layers);
  const uses = new Map<string, number>();
  for (const { name, layer } of modules.map((layer) => ({ name: layer.name, layer })))
    if (name !== undefined && hasParameters(layer)) uses.set(name, (uses.get(name) ?? 0) + 1);
  modules.forEach((layer, at) => {
    const position = String(layer.index ?? at);
    const { name } = layer;
    const isName = name !== undefined && !/^\d+$/.test(name) && uses.get(name) === 1 && hasParameters(layer);
    const own = open(scope, isName ? name : position);
    if (isName && !scope.parts.has(position)) scope.parts.set(position, own);
    if (layer.node !== undefined) names.set(layer.node, own.name);
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

/** The scope below `scope`, made where there is none. Names may have points in them: each part is a scope then. */
function open(scope: Scope, name: string): Scope {
  return name.split('.').reduce((outer, part) => {
    const known = outer.parts.get(part);
    if (known !== undefined) return known;
    const made: Scope = { name: outer.name === '' ? part : `${outer.name}.${part}`, parts: new Map() };
    outer.parts.set(part, made);
    return made;
  }, scope);
}

function find(scope: Scope, name: string): Scope | undefined {
  return name.split('.').reduce<Scope | undefined>((outer, part) => outer?.parts.get(part), scope);
}
