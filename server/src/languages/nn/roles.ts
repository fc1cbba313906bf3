// What a parameter of a block can be to a format whose rows name the block; docs/language.md says what each means.

export const ROLES = ['channels', 'channel_list', 'width', 'scaled', 'output', 'repeats', 'setting'] as const;
export type Role = (typeof ROLES)[number];

export function isRole(name: string): name is Role {
  return ROLES.some((role) => role === name);
}
