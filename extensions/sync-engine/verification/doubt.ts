/** Fewer bad files than this are repaired without a question, and so are those up to this share of what was read. */
const FEW_FILES = 50;
const FEW_OF_ALL = 0.2;

/** How many files are bad, and of how many that is said. */
export interface Doubt {
  readonly bad: number;
  readonly of: number;
}

/**
 * Whether so much is bad that another folder in the library's place, or a disk that dies, is likelier than so many files
 * that went bad one by one: whoever repairs is to be asked first. Null when not.
 */
export function doubtOf(bad: number, of: number): Doubt | null {
  return bad >= FEW_FILES && bad > of * FEW_OF_ALL ? { bad, of } : null;
}
