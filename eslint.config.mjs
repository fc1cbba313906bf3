// The house rules that a machine can check: strict types, small files, no cycles, and the arrows between the rooms.
import { defineConfig, globalIgnores } from 'eslint/config';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** What each room of server/src may import, besides itself. docs/architecture.md draws the same picture. */
const ground = ['text', 'diagnostics', 'dims', 'protocol'];
const upToNetwork = [...ground, 'network'];
const upToOperators = [...upToNetwork, 'operators'];
const upToAnalysis = [...upToOperators, 'languages', 'inference', 'rules', 'analysis'];
const upToFeatures = [...upToAnalysis, 'features', 'reference'];
const mayImport = {
  text: [],
  protocol: [],
  dims: [],
  diagnostics: ['text'],
  network: ['text', 'diagnostics', 'dims'],
  operators: ['text', 'diagnostics', 'dims', 'network'],
  reference: upToOperators,
  languages: ['text', 'diagnostics', 'dims', 'network', 'operators'],
  inference: ['text', 'diagnostics', 'dims', 'network', 'operators'],
  rules: ['text', 'diagnostics', 'dims', 'network', 'operators', 'inference'],
  analysis: upToAnalysis,
  features: [...upToAnalysis, 'reference'],
  lsp: upToFeatures,
  cli: upToFeatures,
};
const rooms = Object.keys(mayImport);

const node = {
  regex: '^node:|^(fs|path|os|process|child_process|worker_threads)$',
  message: 'Only files called -node.ts and cli/ may need Node: the rest runs in a browser worker.',
};
const lspTypes = { regex: '^vscode-(languageserver|jsonrpc)', message: 'Nothing below features knows LSP types.' };
const editor = { regex: '^vscode$|^vscode-languageclient', message: 'Only the client knows the editor.' };
const knowsLsp = ['features', 'lsp'];

/** The restrictions on one room: other rooms above or beside it, Node, LSP types, the editor. */
function arrows(room) {
  const closed = rooms.filter((other) => other !== room && !mayImport[room].includes(other));
  const walls = {
    regex: `^(\\.\\./)+(${[...closed, 'client'].join('|')})/`,
    message: `An arrow that points up or sideways: ${room} may lean on ${mayImport[room].join(', ') || 'no other room'}.`,
  };
  const patterns = [walls, editor, ...(room === 'cli' ? [] : [node]), ...(knowsLsp.includes(room) ? [] : [lspTypes])];
  return { files: [`server/src/${room}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', 'test-results/', 'test/fixtures/', '**/*.mjs']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/extensions': ['.ts'],
    },
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.browser.json', 'tsconfig.preview.json', 'test/editor/suite/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // A type alias and an interface say different things; the author chooses.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Settings and environments are looked up by names that are data.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of string literals says the same and needs no run time.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one thing has one name everywhere.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
        { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: import from the file that has it.' },
      ],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-self-import': 'error',
    },
  },
  {
    files: ['server/src/**/*.ts', 'client/src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  ...rooms.map(arrows),
  {
    // What starts the server and its worker under Node.
    files: ['server/src/{lsp,reference}/*-node.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [editor, { regex: '^(\\.\\./)+(cli|client)/', message: 'An arrow that points sideways.' }] },
      ],
    },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: ['server/src/{lsp,reference}/*-node.ts', 'server/src/cli/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate'].map((name) => ({ name, message: node.message })),
      ],
    },
  },
  {
    files: ['client/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: 'server/src/(?!protocol/)', message: 'The client knows the server by its protocol alone.' }] },
      ],
    },
  },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
