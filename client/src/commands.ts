// The commands of the palette.
import { commands, type Disposable, type LogOutputChannel } from 'vscode';
import type { Server } from './server.ts';

export const restartServerCommand = 'shapelint.restartServer';
export const showOutputCommand = 'shapelint.showOutput';

export function registerCommands(server: Server, output: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand(restartServerCommand, () => server.restart()),
    commands.registerCommand(showOutputCommand, () => {
      output.show();
    }),
  ];
}
