import type { AssetCounts, Availability } from "./asset.ts";

/** What filters and sorts need to know about an asset. Times are milliseconds, 0 for never. */
export interface IndexEntry extends AssetCounts {
  readonly number: number;
  readonly provider: string;
  readonly creator: string;
  readonly titleKey: string;
  readonly creatorKey: string;
  readonly updatedAt: number;
  readonly addedAt: number;
  readonly syncedAt: number;
  readonly wanted: boolean;
  readonly availability: Availability;
  readonly sources: readonly string[];
  /** Its files are known. */
  readonly looked: boolean;
}
