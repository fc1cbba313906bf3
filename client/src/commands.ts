// The commands of the palette.
import { commands, type Disposable, type LogOutputChannel } from 'vscode';
import type { Server } from './server.ts';

export const restartServerCommand = 'shapelint.restartServer';
export const showOutputCommand = 'shapelint.showOutput';
/** Registered by the preview (preview/panel.ts). */
export const previewCommand = 'shapelint.previewLayer';

export function registerCommands(server: Server, output: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand(restartServerCommand, () => server.restart()),
    commands.registerCommand(showOutputCommand, () => {
      output.show();
    }),
  ];
}
