import { expect, test } from "vitest";
import { makeDetail, makeFileRow } from "../testing/make_detail.ts";
import { assetText } from "./show.ts";

test("assetText() tells a model and each of its files", () => {
  const fileRows = [
    makeFileRow(),
    makeFileRow({
      id: "mmf:object-1/image-2",
      path: "MyMiniFactory/Somebody/Dragon/renders/a.png",
      size: null,
      state: "absent",
      listed: false,
      job: { state: "failed", reason: "gone", message: "The site has it no more" },
    }),
  ];
  expect(assetText(makeDetail({ fileRows }), 0)).toBe(
    [
      "Dragon",
      "  Model:   mmf:object-1",
      "  By:      Somebody",
      "  State:   public, wanted",
      "  Here:    1 of 1 file (1.5 MB of 1.5 MB)",
      "  Folder:  MyMiniFactory/Somebody/Dragon",
      "  Page:    https://www.myminifactory.com/object/1",
      "  Came by: purchase",
      "  Tags:    red, large",
      "Files:",
      "  here      archive-1          1.5 MB  files/dragon.stl",
      "  absent    image-2                    renders/a.png " +
      "(no longer on the site, failed: The site has it no more)",
      "A dragon. Print it slowly.",
    ].join("\n"),
  );
});

test("assetText() leaves out what is not known, and no text steers the terminal", () => {
  const text = assetText(
    makeDetail({
      title: "Dra\x1b[2Jgon",
      creator: "",
      wanted: false,
      hasUpdates: true,
      detailRevision: null,
      description: null,
      fileRows: [],
    }),
    0,
  );
  expect(text).toMatch(/^Dra \[2Jgon\n/);
  expect(text).toContain("not wanted, newer on the site");
  expect(text).toContain("its files are not known yet");
  expect(text).not.toMatch(/By:|Files:/);
});

test("assetText() tells each way in which a site does not give a model, and what it means", () => {
  const denial = { kind: "locked", message: "It has a padlock", at: 0 } as const;
  const locked = { availability: "locked", denied: "locked", denial } as const;
  expect(assetText(makeDetail(locked), 0)).toMatch(
    /Access: +It has a padlock \(.*\)\. .*still have access/,
  );
  const vanished = { ...locked, denied: "gone", denial: { ...denial, kind: "gone" } } as const;
  expect(assetText(makeDetail(vanished), 0)).toMatch(/Access: .* no longer has this/);
  expect(assetText(makeDetail({ availability: "withdrawn" }), 0)).toContain("Private or withdrawn");
  expect(assetText(makeDetail({ availability: "gone" }), 0)).toContain("stays, and stays verified");
  expect(assetText(makeDetail({ files: 0, fileRows: [] }), 0)).toContain("lists no files");
  expect(assetText(makeDetail(), 0)).not.toContain("Access:");
});
