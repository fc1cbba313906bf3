// Remembers what was worked out for texts: of a document that is edited, most is as it was.

/** A longer text is worked out each time. */
const LONGEST = 2_000;

/** Gives what `work` has answered for the text before, where that is remembered. It has to hang on the text alone, and no answer may be changed. */
export type Memory<Answer> = (text: string, work: (text: string) => Answer) => Answer;

/** Of the texts asked for last it remembers some with `letters` letters in all at least, and twice as many at most. */
export function createMemory<Answer extends object>(letters: number): Memory<Answer> {
  let recent = new Map<string, Answer>();
  let earlier = new Map<string, Answer>();
  let length = 0;
  return (text, work) => {
    const known = recent.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST) return work(text);
    // A slice would keep the whole document that it was cut from.
    const own = ` ${text}`.slice(1);
    const answer = earlier.get(text) ?? work(own);
    if (length > letters) {
      earlier = recent;
      recent = new Map();
      length = 0;
    }
    recent.set(own, answer);
    length += text.length;
    return answer;
  };
}
