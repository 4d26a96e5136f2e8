/**
 * Reads PDF files beside the page. It answers as soon as it is loaded; the older build also runs in the web views of
 * systems that are still supported.
 *
 * @module
 */
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
