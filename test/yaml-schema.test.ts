// The JSON Schema that ships is the one that the operators make; `npx vitest -u` writes it anew.
import { expect, it } from 'vitest';
import { createYamlSchema } from '../server/src/languages/nn-yaml/schema.ts';

it('matches the operators', async () => {
  await expect(`${JSON.stringify(createYamlSchema(), undefined, 1)}\n`).toMatchFileSnapshot('../schemas/shapelint.schema.json');
});
