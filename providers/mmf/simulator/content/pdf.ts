import { padText } from "./pad_text.ts";

/** Smallest PDF that `encodePdf` writes. */
export const MIN_PDF_SIZE = 3_000;

/** What the pages after the title tell. */
const STEPS: readonly (readonly [heading: string, ...lines: string[]])[] = [
  ["Before you print", "0.2 mm layers, three walls, 15 % infill.", "No supports are needed."],
  ["Putting it together", "Dry-fit all parts first.", "Glue from the base upwards."],
];

/** Writes an assembly guide of three A4 pages in exactly `size` bytes. */
export function encodePdf(title: string, size: number): Uint8Array {
  const pages = [
    `0.18 0.42 0.41 rg 0 560 595 282 re f 1 g ${line(30, 48, 640, "Assembly guide")} 0 g ` +
    line(14, 48, 500, title),
    ...STEPS.map(([heading, ...lines], i) =>
      [
        line(22, 48, 760, `${i + 1}  ${heading}`),
        "0.18 0.42 0.41 RG 2 w 48 745 m 547 745 l S",
        ...lines.map((text, n) => line(13, 48, 710 - 22 * n, text)),
      ].join(" ")
    ),
  ];
  const numbers = pages.map((_, i) => 4 + 2 * i);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${numbers.map((n) => `${n} 0 R`).join(" ")}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...pages.flatMap((stream, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R ` +
      "/Resources << /Font << /F1 3 0 R >> >> >>",
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    ]),
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

/** Draws one line of text, in points from the lower left corner. */
function line(size: number, x: number, y: number, text: string): string {
  const words = text.replace(/[^\x20-\x7e]|[()\\]/g, "");
  return `BT /F1 ${size} Tf ${x} ${y} Td (${words}) Tj ET`;
}
