// Places in a text, as offsets: the only kind of place that rooms below the connection and the command line know.

/** A half-open range of UTF-16 offsets, `start` included and `end` not. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** True where `offset` lies in `outer` or at its end (a cursor behind the last letter still means the word). */
export function contains(outer: Range, offset: number): boolean {
  return outer.start <= offset && offset <= outer.end;
}
