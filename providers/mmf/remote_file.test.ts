import { expect, test } from "vitest";

import { downloadLink, pickFiles, readLink, type RemoteFile, toAssetFile } from "./remote_file.ts";

function file(id: string, role: RemoteFile["role"], name = id): RemoteFile {
  return { id, role, name, size: 1, date: null, link: `https://www.myminifactory.com/${id}` };
}

function picked(...files: RemoteFile[]): string[] {
  return pickFiles(files).map(({ id }) => id);
}

test("pickFiles() takes the creator's archives and leaves their meshes", () => {
  const archive = file("archive-1", "archive", "all.zip");
  const zip = file("object-1-zip", "zip");
  expect(
    picked(zip, archive, file("file-1", "part", "Body.STL"), file("file-2", "part", "how.pdf")),
  )
    .toEqual(["archive-1", "file-2"]);
});

test("pickFiles() takes parts before the site's zip, and that when there is nothing else", () => {
  const zip = file("object-1-zip", "zip");
  expect(picked(zip, file("file-1", "part", "a.stl"))).toEqual(["file-1"]);
  expect(picked(zip)).toEqual(["object-1-zip"]);
  expect(picked()).toEqual([]);
});

test("pickFiles() takes a file once, as it was first described", () => {
  expect(pickFiles([file("file-1", "part", "first"), file("file-1", "part", "second")]))
    .toMatchObject([{ name: "first" }]);
});

test("toAssetFile() keeps the revision of a renamed file", () => {
  const revision = (change: Partial<RemoteFile>) =>
    toAssetFile({ ...file("file-1", "part"), ...change }).revision;
  expect(revision({ name: "other" })).toBe(revision({}));
  expect(revision({ size: 2 })).not.toBe(revision({}));
  expect(revision({ date: "2026-01-01T00:00:00.000Z" })).not.toBe(revision({}));
});

test("readLink() knows what a download address stands for", () => {
  expect(readLink("/download/8?archive_id=3")).toMatchObject({ role: "archive", archive: "3" });
  expect(readLink("/download/8")).toMatchObject({ role: "zip", archive: null });
  expect(readLink("/download/8?downloadfile=a.stl")).toMatchObject({ role: "part" });
  expect(readLink("https://dl4.myminifactory.com/x/a.stl")).toMatchObject({ role: "part" });
  expect(readLink("https://elsewhere.example/download/8")).toBeNull();
});

test("downloadLink() encodes names", () => {
  expect(downloadLink("8", { downloadfile: "a b&c=ü.stl" }))
    .toBe("https://www.myminifactory.com/download/8?downloadfile=a+b%26c%3D%C3%BC.stl");
  expect(downloadLink("8", null)).toBe("https://www.myminifactory.com/download/8");
});
