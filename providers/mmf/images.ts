import * as v from "valibot";

import type { AssetFile, Quarantined } from "../sdk/mod.ts";
import { clip, id, read, text } from "./lenient.ts";
import { siteUrl } from "./site.ts";
import { hashText, stableId } from "./stable_id.ts";

const Image = v.object({
  id: v.optional(id),
  is_primary: v.optional(v.unknown()),
  url: v.optional(text),
  original: v.optional(v.unknown()),
  thumbnail: v.optional(v.unknown()),
});
/** One of the sizes that each picture comes in. */
const Sized = v.object({ url: text });

/** What a model's list of pictures came to. */
export interface Images {
  readonly images: AssetFile[];
  readonly quarantined: Quarantined[];
  /** The small form of the first of `images`, null when it has none. */
  readonly thumbUrl: string | null;
}

/**
 * The pictures of a model in full size, the primary one first.
 *
 * Their addresses are public. Old ones (`dl2.…/object-assets/…`, names in `.JPG`) are reported to be refused to
 * programs now and then; they are listed all the same, so that the refusal is seen and not guessed.
 */
export function readImages(values: readonly unknown[]): Images {
  const images = new Map<string, AssetFile>();
  const quarantined: Quarantined[] = [];
  const primary: string[] = [];
  const small = new Map<string, string | null>();
  values.forEach((value, index) => {
    const image = read(Image, value);
    const raw = read(Sized, image?.original)?.url ?? image?.url ?? null;
    const number = image?.id ?? null;
    const item = number === null ? `image ${index + 1}` : `image-${number}`;
    if (raw === null) {
      quarantined.push({ item, reason: "This picture has no address" });
      return;
    }
    const url = siteUrl(raw);
    if (url === null) {
      quarantined.push({
        item,
        reason: `This picture is not kept by MyMiniFactory: ${clip(raw, 500)}`,
      });
      return;
    }
    const key = stableId("image", number, url.href);
    if (images.has(key)) return;
    const thumbnail = read(Sized, image?.thumbnail)?.url ?? null;
    small.set(key, thumbnail === null ? null : siteUrl(thumbnail)?.href ?? null);
    if (image?.is_primary === true) primary.push(key);
    images.set(key, {
      id: key,
      kind: "image",
      name: clip(nameOf(url) ?? key, 1000),
      size: null,
      revision: `${key}@${hashText(url.href)}`,
      sha256: null,
      ref: url.href,
    });
  });
  const ordered = [...images.values()].sort((a, b) =>
    Number(primary.includes(b.id)) - Number(primary.includes(a.id))
  );
  return { images: ordered, quarantined, thumbUrl: small.get(ordered[0]?.id ?? "") ?? null };
}

function nameOf(url: URL): string | null {
  const last = url.pathname.split("/").at(-1) ?? "";
  if (last === "") return null;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
