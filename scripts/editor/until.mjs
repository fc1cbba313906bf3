// Acts until what is expected is shown: a key, a click or a pointer that comes while the workbench is busy elsewhere is lost. Nothing sleeps.

/** How long an act has to show before it is done again. */
const oneTry = 8_000;

/**
 * An act or a look, with the options of playwright's that say how long it may take. It rejects where it cannot be done in that time.
 * @typedef {(brief: { timeout: number }) => Promise<unknown>} Attempt
 */

/**
 * What is looked for; an element is to become visible.
 * @typedef {import('playwright-core').Locator | Attempt} Expected
 */

/**
 * `act` may be done again where it was heard, but late: it is one that does no harm twice, or looks first whether it is needed.
 * @typedef {((act: Attempt, expected: Expected) => Promise<void>)
 *   & { holds: (check: Attempt) => Promise<unknown>, setPatience: (milliseconds: number) => void, takeRepeats: () => number }} Until
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
  return Object.assign(until, { holds: (check) => holds(page, check)({ timeout: patience }), setPatience, takeRepeats });
}

/**
 * Looks with each frame that the page draws, until `check` does not throw.
 * @param {import('playwright-core').Page} page
 * @param {Attempt} check
 * @returns {Attempt}
 */
export function holds(page, check) {
  return async (brief) => {
    const end = Date.now() + brief.timeout;
    for (;;) {
      const failure = await failureOf(() => check(brief));
      if (failure === undefined) return;
      if (Date.now() > end) throw failure;
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  };
}

/** Gives up the wait for what takes longer. */
export function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function failureOf(attempt) {
  return attempt().then(
    () => undefined,
    (error) => error,
  );
}
