// What a user sees of the extension, asked of a real editor. The same tests run on a desktop, on a server and in a browser's worker.
import * as vscode from 'vscode';
import { assertEqual, assertMatch } from './assert.ts';
import { codeActions, codesBecome, edit, eventually, hoverText, inlayLabels, open, ours, placeOf, set, undo } from './editor.ts';

export function registerTests(): void {
  suite('activation', () => {
    test('a .nn file has our language and wakes the extension', async () => {
      const document = await open('fine.nn');
      assertEqual(document.languageId, 'shapelint');
      await eventually(
        () => inlayLabels(document),
        (found) => found.length > 0,
      );
      assertEqual(vscode.extensions.getExtension('shapelint.shapelint')?.isActive, true);
    });

    test('commands are registered', async () => {
      await eventually(
        () => vscode.commands.getCommands(true),
        (found) => ['shapelint.restartServer', 'shapelint.showOutput'].every((command) => found.includes(command)),
      );
    });
  });

  suite('a broken network', () => {
    test('has one problem, on the guilty argument', async () => {
      const document = await open('broken.nn');
      const [problem] = await codesBecome(document.uri, 'channel-mismatch');
      assertEqual(document.getText(problem?.range), '8');
      assertEqual(problem?.severity, vscode.DiagnosticSeverity.Error);
      assertMatch(problem?.message ?? '', /8 channels.*16/);
    });

    test('shows sizes where the pointer rests', async () => {
      const document = await open('broken.nn');
      await eventually(
        () => hoverText(document, placeOf(document, 'MaxPool2d', 2)),
        (found) => found.includes('16'),
      );
    });

    test('shows the output size of each line, unless the setting says no', async () => {
      const document = await open('fine.nn');
      const labels = await eventually(
        () => inlayLabels(document),
        (found) => found.length > 0,
      );
      assertMatch(labels.join('\n'), /\[N, 16, H, W\]/);
      await set('inlayHints.enabled', false);
      await eventually(
        () => inlayLabels(document),
        (found) => found.length === 0,
      );
      await set('inlayHints.enabled', undefined);
      await eventually(
        () => inlayLabels(document),
        (found) => found.length > 0,
      );
    });

    test('is mended by its quick fix', async () => {
      const document = await open('broken.nn');
      const [problem] = await codesBecome(document.uri, 'channel-mismatch');
      if (problem === undefined) throw new Error('no problem');
      // Under heavy load VS Code 1.91 has answered with nothing, once in some ten runs: it is asked until there is something.
      const actions = await eventually(
        () => codeActions(document.uri, problem.range),
        (found) => found.some(({ isPreferred }) => isPreferred === true),
      );
      const fix = actions.find(({ isPreferred }) => isPreferred === true);
      const offered = actions.map(({ title, isPreferred }) => (isPreferred === true ? `${title} (preferred)` : title));
      if (fix?.edit === undefined) throw new Error(`no preferred fix with an edit among [${offered.join('; ')}]`);
      assertEqual(fix.title, 'Change in_channels to 16');
      const before = document.getText();
      await vscode.workspace.applyEdit(fix.edit);
      await codesBecome(document.uri);
      assertEqual(document.lineAt(5).text, '    Conv2d(16, 32, 3, padding=1)');
      await undo(document, before);
      await codesBecome(document.uri, 'channel-mismatch');
    });

    test('is quiet when its rule is off', async () => {
      const document = await open('broken.nn');
      await codesBecome(document.uri, 'channel-mismatch');
      await set('rules', { 'channel-mismatch': 'off' });
      await codesBecome(document.uri);
      await set('rules', { 'channel-mismatch': 'warning' });
      const [problem] = await codesBecome(document.uri, 'channel-mismatch');
      assertEqual(problem?.severity, vscode.DiagnosticSeverity.Warning);
    });

    test('is found again by a restarted server', async () => {
      const document = await open('broken.nn');
      await codesBecome(document.uri, 'channel-mismatch');
      await vscode.commands.executeCommand('shapelint.restartServer');
      await codesBecome(document.uri, 'channel-mismatch');
      await eventually(
        () => inlayLabels(document),
        (found) => found.length > 0,
      );
    });

    suiteTeardown(() => set('rules', undefined));
  });

  suite('YAML', () => {
    test('is ours by its name', async () => {
      const document = await open('broken.nn.yaml');
      assertEqual(document.languageId, 'yaml');
      const [problem] = await codesBecome(document.uri, 'channel-mismatch');
      assertEqual(document.getText(problem?.range), '8');
    });

    test('is ours once its top level says so, and then no more', async () => {
      const document = await open('other.yaml');
      // Its neighbour has been answered by now; this one was never asked about.
      await open('broken.nn.yaml');
      assertEqual(ours(document.uri).length, 0);
      const first = new vscode.Position(0, 0);
      await edit(document, (edits) => edits.insert(document.uri, first, 'shapelint: 1\n'));
      await codesBecome(document.uri, 'channel-mismatch');
      await edit(document, (edits) => edits.delete(document.uri, new vscode.Range(0, 0, 1, 0)));
      await codesBecome(document.uri);
    });
  });

  suite('the files of other tools', () => {
    const files = [
      { name: 'detector.yaml', language: 'yaml', code: 'concat-mismatch', at: '0', size: /#2 · 32x160x160/, fix: 'Change 0 to 2' },
      { name: 'tiny.cfg', language: 'darknet', code: 'channel-mismatch', at: '[yolo]', size: /#0 · 18x32x32/, fix: 'Change filters to 24' },
      {
        name: 'tiny.prototxt',
        language: 'prototxt',
        code: 'broadcast-mismatch',
        at: 'narrow',
        size: /16, 32, 32/,
        fix: 'Change num_output of narrow to 16',
      },
      {
        name: 'tiny.json',
        language: 'json',
        code: 'kernel-exceeds-input',
        at: '[7, 7]',
        size: /N, 2/,
        fix: 'Change the input size 5 to 7',
      },
    ];
    for (const { name, language, code, at, size, fix } of files)
      test(`${name} shows its sizes and its mistake, and is mended`, async () => {
        const opened = await open(name);
        const [problem] = await codesBecome(opened.uri, code);
        if (problem === undefined) throw new Error('no problem');
        // Another language makes another document of the same file.
        const document = await vscode.workspace.openTextDocument(opened.uri);
        assertEqual(document.languageId, language);
        assertEqual(document.getText(problem.range), at);
        await eventually(
          () => inlayLabels(document),
          (labels) => size.test(labels.join('\n')),
        );
        const actions = await eventually(
          () => codeActions(document.uri, problem.range),
          (found) => found.some(({ title }) => title === fix),
        );
        const action = actions.find(({ title }) => title === fix);
        if (action?.edit === undefined) throw new Error(`${fix} has no edit`);
        const before = document.getText();
        await vscode.workspace.applyEdit(action.edit);
        await codesBecome(document.uri);
        await undo(document, before);
        await codesBecome(document.uri, code);
      });
  });
  suite("a model with a module of the user's", () => {
    const definitionOf = (document: vscode.TextDocument, text: string) =>
      vscode.commands.executeCommand<vscode.Location[]>('vscode.executeDefinitionProvider', document.uri, placeOf(document, text, 1));

    test('finds its block above the model, as it is typed', async () => {
      const document = await open('models/own-module.yaml');
      await codesBecome(document.uri);
      const [place] = await eventually(
        () => definitionOf(document, 'Gate'),
        (found) => found.length > 0,
      );
      const modules = await open('modules.nn');
      assertEqual(place?.uri.toString(), modules.uri.toString());
      assertEqual(modules.getText(place?.range), 'Gate');
      const name = new vscode.Range(placeOf(modules, 'Gate'), placeOf(modules, 'Gate', 'Gate'.length));
      await edit(modules, (change) => change.replace(modules.uri, name, 'Other'));
      await codesBecome(document.uri, 'unknown-module');
      await edit(modules, (change) =>
        change.replace(modules.uri, new vscode.Range(name.start, name.start.translate(0, 'Other'.length)), 'Gate'),
      );
      await codesBecome(document.uri);
    });

    test('opens the blocks that ship with the extension', async () => {
      const document = await open('models/own-module.yaml');
      const [place] = await eventually(
        () => definitionOf(document, 'Conv'),
        (found) => found.length > 0,
      );
      assertEqual(place?.uri.toString(true), 'shapelint:/modules/common/conv.nn');
      if (place === undefined) return;
      const shipped = await vscode.workspace.openTextDocument(place.uri);
      assertEqual(shipped.languageId, 'shapelint');
      assertEqual(shipped.getText(place.range), 'Conv');
      await eventually(
        () => hoverText(document, placeOf(document, 'Conv', 1)),
        (found) => found.includes('block Conv'),
      );
    });
  });
}
