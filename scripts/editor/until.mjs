// Acts until what is expected is shown: a key, a click or a pointer that comes while the workbench is busy elsewhere is lost. Nothing sleeps.

/** How long an act has to show before it is done again. */
const oneTry = 8_000;

/**
 * How long an act or a look may take: options of playwright's.
 * @typedef {{ timeout: number }} Brief
 */

/**
 * What is looked for: something that becomes visible, or a look of one's own that rejects where it is not there in time.
 * @typedef {import('playwright-core').Locator | ((brief: Brief) => Promise<unknown>)} Expected
 */

/**
 * `act` may be done again where it was heard, but late: it is one that does no harm twice, or looks first whether it is needed.
 * @typedef {((act: (brief: Brief) => Promise<unknown>, expected: Expected) => Promise<void>)
 *   & { holds: (check: (brief: Brief) => Promise<unknown>) => Promise<void>, setPatience: (milliseconds: number) => void, takeRepeats: () => number }} Until
 */

/**
 * @param {import('playwright-core').Page} page Its waits have the same patience.
 * @param {number} patience
 * @returns {Until}
 */
export function createUntil(page, patience) {
  let repeats = 0;
  const setPatience = (milliseconds) => {
    patience = milliseconds;
    page.setDefaultTimeout(milliseconds);
  };
  setPatience(patience);

  const until = async (act, expected) => {
    const look = typeof expected === 'function' ? expected : (brief) => expected.waitFor(brief);
    const end = Date.now() + patience;
    for (;;) {
      const brief = { timeout: Math.min(oneTry, patience) };
      const hitch = await failureOf(() => act(brief));
      const failure = await failureOf(() => look(brief));
      if (failure === undefined) return;
      if (Date.now() > end || page.isClosed())
        throw hitch === undefined ? failure : new Error(`${failure.message}\nbefore that: ${hitch.message}`);
      repeats++;
    }
  };
  const takeRepeats = () => {
    const taken = repeats;
    repeats = 0;
    return taken;
  };
  return Object.assign(until, { holds: (check) => holds(check)({ timeout: patience }), setPatience, takeRepeats });
}

/** Looks again and again, each time with a round trip through the page, until `check` does not throw. */
export function holds(check) {
  return async (brief) => {
    const end = Date.now() + brief.timeout;
    for (;;) {
      const failure = await failureOf(() => check(brief));
      if (failure === undefined) return;
      if (Date.now() > end) throw failure;
    }
  };
}

function failureOf(attempt) {
  return attempt().then(
    () => undefined,
    (error) => error,
  );
}
