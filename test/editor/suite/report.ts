// Says how the suite went, a line of JSON for each test, and rejects where one failed.

/** The launcher looks for lines that begin so. */
const prefix = 'SHAPELINT_TEST ';

export function report(runner: Mocha.Runner, write: (line: string) => void): Promise<void> {
  const say = (event: object) => write(prefix + JSON.stringify(event));
  runner.on('pass', (test) => say({ outcome: 'passed', title: test.fullTitle(), duration: test.duration }));
  runner.on('pending', (test) => say({ outcome: 'skipped', title: test.fullTitle() }));
  runner.on('fail', (test, error: Error) => say({ outcome: 'failed', title: test.fullTitle(), message: error.message }));
  return new Promise((resolve, reject) => {
    runner.on('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      say({ outcome: 'ended', passes, failures, pending });
      if (failures > 0) reject(new Error(`${failures} tests failed`));
      else resolve();
    });
  });
}
