// The manifest lists each rule with its own severity; to write it anew after a rule has come or gone: npx vitest run test/package.test.ts -u
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SEVERITIES } from '../server/src/diagnostics/diagnostic.ts';
import { codes } from '../server/src/rules/registry.ts';
import { previewLayerCommand } from '../server/src/protocol/preview.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: { readonly 'shapelint.rules': { properties: Record<string, unknown> } } };
    readonly commands: readonly { readonly command: string }[];
  };
}

const path = join(import.meta.dirname, '../package.json');

function readManifest(): Manifest {
  // The file is ours, and VS Code checks it: its form needs no proof here.
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

it('offers a setting for each rule', async () => {
  const manifest = readManifest();
  manifest.contributes.configuration.properties['shapelint.rules'].properties = Object.fromEntries(
    codes.map(({ code, severity, level, summary }) => [
      code,
      { type: 'string', enum: ['off', ...[...SEVERITIES].reverse()], default: level ?? severity, description: summary },
    ]),
  );
  await expect(`${JSON.stringify(manifest, undefined, 2)}\n`).toMatchFileSnapshot(path);
});

it('names files that exist', () => {
  const paths =
    readFileSync(path, 'utf8').match(/(?<=")(?:\.\/)?(?:images|syntaxes|schemas)\/[\w.-]+(?=")|\.\/language-configuration\.json/g) ?? [];
  expect(paths.filter((file) => !existsSync(join(import.meta.dirname, '..', file)))).toEqual([]);
  expect(paths.length).toBeGreaterThan(5);
});

it('declares the commands that the client registers', () => {
  const source = readFileSync(join(import.meta.dirname, '../client/src/commands.ts'), 'utf8');
  const registered = [...(source.match(/(?<=')shapelint\.\w+(?=')/g) ?? []), previewLayerCommand];
  expect(readManifest().contributes.commands.map(({ command }) => command)).toEqual(registered);
});
