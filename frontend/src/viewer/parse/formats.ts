/** The formats that can be shown in 3-D. */
export type Format = "stl" | "obj" | "3mf";

const FORMATS: readonly Format[] = ["stl", "obj", "3mf"];

/** The format that a file's name says, null when it is none that can be shown. */
export function formatOf(fileName: string): Format | null {
  const extension = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  return FORMATS.find((format) => format === extension) ?? null;
}
