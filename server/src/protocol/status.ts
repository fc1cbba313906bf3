// What the server tells the client about a document after each analysis, for the editor's status item.

export const documentStatusMethod = 'shapelint/documentStatus';

/** Sent from server to client after the diagnostics of the same version. */
export interface DocumentStatus {
  readonly uri: string;
  readonly version: number;
  readonly networks: readonly NetworkStatus[];
}

export interface NetworkStatus {
  readonly name: string;
  readonly layers: number;
  /** Null where a fault leaves the count unknown. */
  readonly parameters: number | null;
}
