// Elements with less typing.

type Child = Node | string | null | undefined | false;

/** Attributes as they are written; one that is false or undefined is left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, ...children);
  return made;
}

function append(to: Element, ...children: readonly Child[]): void {
  for (const child of children) if (child !== null && child !== undefined && child !== false) to.append(child);
}

export function replace(to: Element, ...children: readonly Child[]): void {
  to.replaceChildren();
  append(to, ...children);
}

export function button(
  label: string,
  onClick: () => void,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** The element of the page with this id; the page has all that are asked for. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}
