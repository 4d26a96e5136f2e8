import { expect, test } from "vitest";

import { readImages } from "./images.ts";
import { fixture } from "./testing/fake_host.ts";

function fixtureImages(): unknown[] {
  const detail = fixture("object_parts");
  const images: unknown = detail !== null && typeof detail === "object" && "images" in detail
    ? detail.images
    : [];
  return Array.isArray(images) ? images : [];
}

test("readImages() puts the primary picture first and names pictures as the site does", () => {
  expect(readImages(fixtureImages()).images).toMatchObject([
    {
      id: "image-157187",
      kind: "image",
      name: "front.jpg",
      ref: "https://dl.myminifactory.com/object-assets/58a/images/front.jpg",
    },
    {
      id: "image-157188",
      name: "the back's side.JPG",
      ref: "https://dl4.myminifactory.com/object-images/58a/images/the%20back%27s%20side.JPG",
    },
  ]);
});

test("readImages() gives the small form of the primary picture", () => {
  const images = (primary: number) =>
    [1, 2].map((id) => ({
      id,
      is_primary: id === primary,
      original: { url: `https://dl.myminifactory.com/${id}.png` },
      thumbnail: { url: `https://dl.myminifactory.com/230X230-${id} a.png` },
    }));
  expect(readImages(images(2)).thumbUrl).toBe("https://dl.myminifactory.com/230X230-2%20a.png");
  expect(readImages(images(0)).thumbUrl).toBe("https://dl.myminifactory.com/230X230-1%20a.png");
  const [image] = images(1);
  expect(readImages([{ ...image, thumbnail: null }]).thumbUrl).toBeNull();
  expect(readImages([{ ...image, thumbnail: { url: "https://elsewhere.example/a.png" } }]).thumbUrl)
    .toBeNull();
  expect(readImages([]).thumbUrl).toBeNull();
});

test("readImages() sets pictures without a usable address aside", () => {
  expect(readImages(fixtureImages()).quarantined).toEqual([
    {
      item: "image-9",
      reason: "This picture is not kept by MyMiniFactory: https://elsewhere.example/a.jpg",
    },
    { item: "image-10", reason: "This picture has no address" },
  ]);
  expect(readImages([null, 5, "x", {}]).quarantined).toHaveLength(4);
});

test("readImages() changes the revision with the address", () => {
  const revision = (url: string) => readImages([{ id: 1, original: { url } }]).images[0]?.revision;
  expect(revision("https://dl4.myminifactory.com/b.jpg"))
    .not.toBe(revision("https://dl4.myminifactory.com/a.jpg"));
});

test("readImages() reads pictures without ids and with broken encoding", () => {
  expect(readImages([{ url: "https://dl.myminifactory.com/100%.jpg" }]).images)
    .toMatchObject([{ name: "100%.jpg" }]);
});
