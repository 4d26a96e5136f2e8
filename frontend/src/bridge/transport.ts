/** What a connection tells. After `onClose` nothing more is told. */
export interface TransportEvents {
  onOpen(): void;
  /** One frame of the protocol, as JSON text. */
  onFrame(frame: string): void;
  /** `refused`: trying again as it is makes no sense. */
  onClose(reason: "lost" | "refused"): void;
}

/** One connection to the engine. */
export interface Transport {
  send(frame: string): void;
  /** Ends it; `onClose` is not called. */
  close(): void;
}

/** Tries to connect once. */
export type Connect = (events: TransportEvents) => Transport;
