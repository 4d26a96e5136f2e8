import { padText } from "./pad_text.ts";

/** Smallest PDF that `encodePdf` writes. */
export const MIN_PDF_SIZE = 1_000;

/** Writes a one-page PDF of exactly `size` bytes. */
export function encodePdf(title: string, size: number): Uint8Array {
  const words = title.replace(/[^\x20-\x7e]|[()\\]/g, "");
  const stream = `BT /F1 18 Tf 40 780 Td (${words}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " +
    "/Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const offset = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}` +
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n`;
  const end = (start: number) => `\n${table}startxref\n${start}\n%%EOF\n`;
  // The blanks come before the table, whose place therefore depends on the length of its own address.
  let start = size;
  for (let i = 0; i < 3; i++) start = size - end(start).length + 1;
  return padText(body, end(start), size);
}
