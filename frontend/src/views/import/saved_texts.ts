import type { SavedText } from "./send_files.ts";

/** Characters from which on a pasted text is the list itself and nothing that is being written. */
const LEAST_LIST = 200;

/** Files as they were picked or dropped. */
export function textsOf(files: readonly File[]): SavedText[] {
  return files.map((file) => ({ name: file.name, content: file, savedAt: file.lastModified }));
}

/** What was pasted, null when it is too short to be the list. */
export function textOfClipboard({ clipboardData }: ClipboardEvent): SavedText | null {
  const text = clipboardData?.getData("text/plain") ?? "";
  if (text.length < LEAST_LIST) return null;
  return { name: "Clipboard", content: new Blob([text]), savedAt: Date.now() };
}
