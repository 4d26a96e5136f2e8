/** A request that reached the simulator. */
export interface LoggedRequest {
  /** Milliseconds since the Unix epoch, of the simulator's clock. */
  readonly at: number;
  /** The real origin, such as `https://dl4.myminifactory.com`. */
  readonly origin: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** 0 until the answer begins. */
  readonly status: number;
  /** Bytes of the body that were sent so far, compressed as they were. */
  readonly sent: number;
}

/** Every request since the start or the last `clear()`, in order of arrival. */
export interface RequestLog {
  all(): readonly LoggedRequest[];
  /** Those to one real origin. */
  to(origin: string): LoggedRequest[];
  clear(): void;
}

/** An entry that the server still completes. */
export type OpenRequest = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

/** Collects requests and tells a listener about those that are over. */
export class RequestRecorder implements RequestLog {
  #entries: OpenRequest[] = [];
  readonly #onDone: (entry: LoggedRequest) => void;

  constructor(onDone: (entry: LoggedRequest) => void = () => {}) {
    this.#onDone = onDone;
  }

  all(): readonly LoggedRequest[] {
    return [...this.#entries];
  }

  to(origin: string): LoggedRequest[] {
    return this.#entries.filter((entry) => entry.origin === origin);
  }

  clear(): void {
    this.#entries = [];
  }

  open(request: Omit<LoggedRequest, "status" | "sent">): OpenRequest {
    const entry = { ...request, status: 0, sent: 0 };
    this.#entries.push(entry);
    return entry;
  }

  done(entry: LoggedRequest): void {
    this.#onDone(entry);
  }
}
