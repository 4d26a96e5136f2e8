import { expect, test } from "vitest";
import type { HistoryRow } from "../../protocol.ts";
import { historyText } from "./history.ts";

const NOW = new Date(2026, 0, 2, 12, 0).getTime();

const ROW: HistoryRow = {
  id: 1,
  at: new Date(2026, 0, 1, 9, 5).getTime(),
  provider: "mmf",
  fileId: "mmf:object-1/archive-1",
  assetId: "mmf:object-1",
  title: "Dragon",
  name: "dragon.zip",
  outcome: "succeeded",
  bytes: 1_500_000,
  reason: null,
  message: null,
  hint: null,
};

test("historyText() tells what became of a file, when and why", () => {
  expect(historyText(ROW, NOW)).toBe(
    "2026-01-01 09:05  succeeded   1.5 MB  Dragon / dragon.zip",
  );
  const failed = { outcome: "failed", bytes: 0, reason: "gone", message: "It is gone" } as const;
  expect(historyText({ ...ROW, ...failed, hint: "What you have stays." }, NOW)).toBe(
    "2026-01-01 09:05  failed              Dragon / dragon.zip\n  It is gone. What you have stays.",
  );
});
