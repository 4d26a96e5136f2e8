/** A file or a pasted text that is to be imported. */
export interface SavedText {
  readonly name: string;
  readonly content: Blob;
  /** Milliseconds since the Unix epoch, null when nobody knows. */
  readonly savedAt: number | null;
}

/** As `library.import` takes it. */
export interface SentDocument {
  readonly upload: string;
  readonly name: string;
  readonly savedAt: number | null;
}

/** How to send. */
export interface SendOptions {
  /** `Hello.mediaBase` of the engine. */
  readonly base: string;
  readonly signal: AbortSignal;
  /** Called after each piece with the bytes that were sent so far. */
  readonly onProgress: (sent: number) => void;
  readonly fetch: typeof globalThis.fetch;
}

/** Bytes of a piece; the engine takes no larger ones. */
const PIECE = 4 * 1024 * 1024;

/** `unreachable`: the page has no way to the engine for files, as when it talks to it by the host's bus. */
type Reason = "tooLarge" | "failed" | "unreachable";

/** Why files did not get to the engine. */
export class SendError extends Error {
  override readonly name = "SendError";
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Sends texts to the engine, piece by piece.
 *
 * @throws {SendError}
 */
export async function sendFiles(
  texts: readonly SavedText[],
  { base, signal, onProgress, fetch }: SendOptions,
): Promise<SentDocument[]> {
  const documents: SentDocument[] = [];
  let sent = 0;
  for (const { name, content, savedAt } of texts) {
    const upload = newId();
    for (let at = 0; at === 0 || at < content.size; at += PIECE) {
      const body = content.slice(at, at + PIECE, "text/plain");
      // Of this type a page of the desktop window may send it without being asked first.
      const response = await fetch(`${base}import/${upload}/${at}`, {
        method: "POST",
        body,
        signal,
      })
        .catch((error: unknown) => {
          if (signal.aborted) throw error;
          throw new SendError("unreachable");
        });
      await response.body?.cancel();
      if (!response.ok) throw new SendError(response.status === 413 ? "tooLarge" : "failed");
      sent += body.size;
      onProgress(sent);
    }
    documents.push({ upload, name, savedAt });
  }
  return documents;
}

/** Works in pages that came over plain HTTP, too. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
