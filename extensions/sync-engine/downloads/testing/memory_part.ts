import type { PartRecord } from "../transfer_request.ts";

/** The record of a partial file in memory, as the database would keep it. */
export class MemoryPart implements PartRecord {
  validator: string | null = null;
  size: number | null = null;
  readonly chunks = new Map<number, Uint8Array>();

  begin(size: number | null, validator: string | null): void {
    this.chunks.clear();
    this.size = size;
    this.validator = validator;
  }

  addChunk(n: number, hash: Uint8Array): void {
    this.chunks.set(n, hash);
  }
}
