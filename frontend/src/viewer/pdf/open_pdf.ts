import {
  getDocument,
  InvalidPDFException,
  type PDFDocumentProxy,
  PDFWorker,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import { fetchBytes, type Progress } from "../fetch_bytes.ts";
import { LoadError } from "../load_error.ts";
import { pageScale, type PageSpace } from "./page_scale.ts";

/** Guides and rule books have a few megabytes; all of it is held in memory twice. */
const LIMITS = { bytes: 128 * 1024 * 1024 };

/** Pictures above are left out, in pixels: 256 MB of memory each. */
const MAX_IMAGE_PIXELS = 64 * 1024 * 1024;

/** How long reading the document may take, in ms. */
const TIMEOUT = 60_000;

/** A page as it is to be seen, and its text for who cannot see it. */
export interface DrawnPage {
  readonly canvas: HTMLCanvasElement;
  readonly text: string;
}

/** A PDF that is being looked at. */
export interface Pdf {
  readonly pages: number;
  /**
   * Draws a page, counted from 1.
   *
   * @throws {LoadError} `damaged`; the signal's reason when it was aborted
   */
  draw(page: number, space: PageSpace, signal: AbortSignal): Promise<DrawnPage>;
  /** Ends its worker and gives back its memory. */
  close(): void;
}

/** How to open. */
export interface OpenPdfOptions {
  readonly signal: AbortSignal;
  /** Told about the download, then once with `null` when reading begins. */
  readonly onProgress: (progress: Progress | null) => void;
}

/**
 * Fetches a PDF and opens it in a worker. Nothing of it is run: neither scripts in it, nor code made from it.
 *
 * @throws {LoadError} when it cannot be shown; the signal's reason when it was aborted
 */
export async function openPdf(url: string, { signal, onProgress }: OpenPdfOptions): Promise<Pdf> {
  const fetch = globalThis.fetch.bind(globalThis);
  const data = await fetchBytes(url, { limits: LIMITS, signal, onProgress, fetch });
  signal.throwIfAborted();
  onProgress(null);
  const port = new Worker(new URL("./pdf_worker.ts", import.meta.url), { type: "module" });
  const worker = PDFWorker.create({ port });
  const close = () => {
    worker.destroy();
    port.terminate();
  };
  try {
    const task = getDocument({
      data,
      worker,
      // The content security policy allows neither, and without them nothing is lost but speed.
      isEvalSupported: false,
      useWasm: false,
      maxImageSize: MAX_IMAGE_PIXELS,
      verbosity: 0,
    });
    const document = await Promise.race([task.promise, interruption(signal)]);
    return { pages: document.numPages, draw: (...args) => draw(document, ...args), close };
  } catch (error) {
    close();
    if (signal.aborted) throw signal.reason;
    throw toLoadError(error);
  }
}

async function draw(
  document: PDFDocumentProxy,
  number: number,
  space: PageSpace,
  signal: AbortSignal,
): Promise<DrawnPage> {
  try {
    const page = await document.getPage(number);
    signal.throwIfAborted();
    const natural = page.getViewport({ scale: 1 });
    const { shown, drawn } = pageScale(natural, space);
    const viewport = page.getViewport({ scale: drawn });
    const canvas = globalThis.document.createElement("canvas");
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    canvas.style.width = `${natural.width * shown}px`;
    canvas.style.height = `${natural.height * shown}px`;
    const task = page.render({ canvas, viewport });
    signal.addEventListener("abort", () => task.cancel(), { once: true });
    await task.promise;
    const { items } = await page.getTextContent();
    page.cleanup();
    return { canvas, text: items.map((item) => "str" in item ? item.str : "").join(" ") };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw toLoadError(error);
  }
}

/** Rejects when the signal aborts, or after a time in which every honest file is read. */
function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timeout = AbortSignal.timeout(TIMEOUT);
    AbortSignal.any([signal, timeout]).addEventListener("abort", () => {
      const seconds = TIMEOUT / 1000;
      reject(new LoadError("timedOut", `Reading it was given up after ${seconds} seconds`));
    });
  });
}

function toLoadError(error: unknown): LoadError {
  if (error instanceof LoadError) return error;
  // pdf.js keeps the class to itself.
  if (error instanceof Error && error.name === "PasswordException") {
    return new LoadError("password", "It can only be read with its password", { cause: error });
  }
  const what = error instanceof InvalidPDFException ? "It is no PDF file" : "It cannot be drawn";
  return new LoadError("damaged", what, { cause: error });
}
