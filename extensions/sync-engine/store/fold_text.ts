/** A text in lower case and without accents: what searches and sorts compare. */
export function foldText(text: string): string {
  const plain = isAscii(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLowerCase();
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
